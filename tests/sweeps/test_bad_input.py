"""What no finger types, in every field that somebody outside the team can reach: a sentence, never a trace.

assurance.md lists fifty bad inputs; here are those that fit any form. What a form's own rules say about
numbers, dates and answers is proved in the room that has the form.
"""

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import Headers
from werkzeug.test import TestResponse

from student_portal.access.queries import LENT, STAFF
from tests.support.rewind import Rewind
from tests.support.world import World
from tests.sweeps.forms import FORMS, Form

URLENCODED = "application/x-www-form-urlencoded"
COUNTERS = {"attempt", "one_time_code", "browser_session", "audit_event"}
"""What a refusal may leave behind: that somebody tried."""

MARKUP = "<script>alert(1)</script>"
PICTURE = "<svg/onload=alert(1)>"
BREAKOUT = "\" autofocus onfocus='alert(1)' x=\""
SUM, ITS_RESULT = "{{1234*1111}}${1234*1111}<%=1234*1111%>", "1370974"

BAD = {
    "nothing": "",
    "only spaces": " \t \n ",
    "ten thousand letters": "x" * 10_000,
    "a NUL": "Sam\x00Ashby",
    "control bytes": "\x01\x02\x07\x1b[31m\x7f",
    "bidi overrides": "\u202egnp.exe\u202c \u2066Sam\u2069",
    "invisible letters": "\u200b\ufeff\u00ad\u2060",
    "combining marks": "Z\u0351\u036b\u0343\u036a" * 40,
    "only emoji": "\U0001f642\U0001f642",
    "a surrogate's escape": "\\ud800 \ufffd",
    "markup": MARKUP,
    "an attribute's end": BREAKOUT,
    "a link with script": "javascript:alert(1)",
    "a picture with script": PICTURE,
    "a template's sum": SUM,
    "SQL": "' OR 1=1--",
    "a spreadsheet's formula": '=HYPERLINK("http://evil.example","x")',
    "a header's line": "x\r\nSet-Cookie: portal=stolen\r\nLocation: http://evil.example",
    "a path": "../../../../etc/passwd",
    "a format": "%s%s%n %(name)s {0} {name}",
    "a number out of range": "99999999999999999999999",
    "a negative number": "-1",
    "not a number": "NaN",
    "digits of another script": "٠٧٧٠٠٩٠٠١٤٢",
    "deep brackets": "[" * 5_000,
}


NO_TEXT = {
    "a lone surrogate": b"%ED%A0%80",
    "a byte that begins nothing": b"%FF%FE",
    "an overlong slash": b"%C0%AF",
    "raw bytes": b"\xff\xfe\x00",
    "a cut-off percent": b"%E2%82%",
    "a NUL": b"x%00y",
}

SHUT = {
    "/code/enter": {"/code"},
    "/code/proof": {"/code"},
    "/code/pin": {"/code/locked?pressed=1"},
    "/code/pin/remove": {"/code/locked?pressed=1"},
    "/join/again": {"/join"},
    "/help/numbers": {"/code/locked?pressed=1"},
    "/choices": {"/code/locked?pressed=1"},
}
"""Where a browser is sent that has not come before the form."""

WITH_FIELDS = [form for form in FORMS if form.fields]


@dataclass
class Stand:
    """Browsers that have all come before the same form and done nothing since."""

    world: World
    form: Form
    now: Rewind
    cookies: dict[str, str]
    path: str

    def ask(self, method: str = "POST", **request: object) -> TestResponse:
        browser = self.world.app.test_client()
        for name, value in self.cookies.items():
            browser.set_cookie(name, value)
        return browser.open(request.pop("path", self.path), method=method, **request)  # type: ignore[arg-type]

    def must_be_kind(self, answer: TestResponse, what: str) -> None:
        """A page or a way on, help beside it, nothing run; and after a refusal nothing is kept."""
        status, told = answer.status_code, f"{self.form}, {what}: {answer.status_code}"
        assert status in (200, 303, 400, 404, 405, 409, 410, 413, 429), told
        assert "Traceback" not in answer.text, told
        assert list(runs(answer)) == [], told
        if status != 303 and not self.path.startswith("/staff"):
            assert "tel:999" in answer.text, f"{told}, no help"
        changed = self.now.changed()
        if changed:
            self.now.back()
        if status >= 400:
            assert changed <= COUNTERS, f"{told}, kept in {sorted(changed)}"


def runs(answer: TestResponse) -> Iterator[str]:
    """What of the bad input would be run or followed if this answer were shown."""
    page = answer.text
    yield from (mark for mark in (MARKUP, PICTURE, ITS_RESULT) if mark in page)
    outside_values = re.sub(r'="[^"]*"', "", page)
    yield from re.findall(r"<[^>]*\sonfocus=", outside_values)
    yield from re.findall(r'(?:href|src|action)="javascript:[^"]*', page)
    if "stolen" in str(answer.headers.getlist("Set-Cookie")) or (answer.location or "/").startswith(
        ("http", "//", "\\")
    ):
        yield str(answer.headers)


@pytest.fixture(scope="module")
def stands(world: World) -> dict[Form, Stand]:
    """For each form a browser that has come before it, in the demo as it was seeded."""
    seeded = Rewind(world)
    paths = {form: form.path(world) for form in FORMS}
    came = {}
    for stand in {form.stand for form in FORMS}:
        seeded.back()
        kept = cookies(stand(world))
        came[stand] = (Rewind(world, stand.__name__), kept)
    return {form: Stand(world, form, *came[form.stand], paths[form]) for form in FORMS}


def cookies(browser: FlaskClient) -> dict[str, str]:
    found = {name: browser.get_cookie(name) for name in ("portal", "draft", "staff")}
    return {name: cookie.value for name, cookie in found.items() if cookie}


@pytest.fixture(params=FORMS, ids=str)
def stand(request: pytest.FixtureRequest, stands: dict[Form, Stand]) -> Stand:
    found = stands[request.param]
    found.now.back()
    return found


def test_every_form_outside_the_team_is_listed(world: World) -> None:
    policies = world.app.extensions["policies"]
    posts = {
        rule.rule
        for rule in world.app.url_map.iter_rules()
        if "POST" in (rule.methods or ()) and not policies[rule.endpoint] <= {*STAFF, LENT}
    }
    assert {form.rule for form in FORMS} == posts


def test_every_form_lets_in_what_is_right(stand: Stand) -> None:
    """So that nothing below passes because a browser never came to its form."""
    answer = stand.ask(data=stand.form.fields)
    assert answer.status_code in (200, 303, 400, 409, 410), answer.text
    assert answer.location not in SHUT.get(stand.form.rule, ()), answer.location


@pytest.mark.parametrize("stand", WITH_FIELDS, ids=str, indirect=True)
def test_bad_words_in_any_field(stand: Stand) -> None:
    for name in stand.form.fields:
        for what, value in BAD.items():
            data = {**stand.form.fields, name: value}
            stand.must_be_kind(stand.ask(data=data), f"{what} in {name}")


def test_bytes_that_are_no_text(stand: Stand) -> None:
    for name in stand.form.fields or {"anything": ""}:
        for what, raw in NO_TEXT.items():
            body = name.encode() + b"=" + raw
            answer = stand.ask(data=body, content_type="application/x-www-form-urlencoded")
            stand.must_be_kind(answer, f"{what} in {name}")


def test_a_field_given_twice_or_under_an_arrays_name(stand: Stand) -> None:
    for name, value in stand.form.fields.items():
        others = {key: kept for key, kept in stand.form.fields.items() if key != name}
        stand.must_be_kind(stand.ask(data={**others, name: [value, MARKUP]}), f"{name} twice")
        for array in (f"{name}[]", f"{name}[0]", f"{name}[$ne]", f"{name}-0"):
            stand.must_be_kind(stand.ask(data={**others, array: value}), array)


def test_too_much_of_it(stand: Stand, monkeypatch: pytest.MonkeyPatch) -> None:
    """Refused before it is read, on forms without fields as well: the form's token is looked for in it."""
    monkeypatch.setitem(stand.world.app.config, "WTF_CSRF_ENABLED", True)
    long = stand.ask(data={**stand.form.fields, "filler": "x" * 100_000})
    many = stand.ask(data="&".join(f"f{n}=1" for n in range(100_000)), content_type=URLENCODED)
    parts = stand.ask(data={f"f{n}": "1" for n in range(300)}, content_type="multipart/form-data")
    for what, answer in {"100 KB": long, "100,000 fields": many, "300 parts": parts}.items():
        assert answer.status_code == 413, what
        stand.must_be_kind(answer, what)


def test_a_body_that_is_not_a_form(stand: Stand) -> None:
    bodies = {
        "application/json": json.dumps(stand.form.fields).encode(),
        "application/xml": b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]><x>&y;</x>',
        "multipart/form-data": b"--x\r\nno end",
        "multipart/form-data; boundary=x": b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n',
        "nonsense": b"\x00\xff",
    }
    for kind, body in bodies.items():
        stand.must_be_kind(stand.ask(data=body, content_type=kind), kind)
    zipped = gzip.compress(b"answer=" + b"x" * 10_000_000)
    packed = stand.ask(data=zipped, content_type=URLENCODED, headers={"Content-Encoding": "gzip"})
    stand.must_be_kind(packed, "a body that unpacks to 10 MB")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "TRACE"])
def test_another_method(stand: Stand, method: str) -> None:
    answer = stand.ask(method, data=stand.form.fields)
    assert answer.status_code == 405
    stand.must_be_kind(answer, method)


def test_a_method_hidden_in_another(stand: Stand) -> None:
    """Neither header nor field turns a look into an act."""
    for header in ("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"):
        stand.ask("GET", headers={header: "POST"}, query_string={**stand.form.fields, "_method": "POST"})
        assert not stand.now.changed(), header


def test_a_host_that_is_not_ours(stand: Stand) -> None:
    """Nothing on a page or in an answer is built from what the client says our name is."""
    for name in ("Host", "X-Forwarded-Host", "X-Original-URL", "X-Rewrite-URL", "Forwarded"):
        answer = stand.ask(data=stand.form.fields, headers={name: "evil.example"})
        assert "evil.example" not in answer.text + str(answer.headers), name
        stand.must_be_kind(answer, name)


@pytest.mark.parametrize("stand", WITH_FIELDS, ids=str, indirect=True)
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=st.text(max_size=400), data=st.data())
def test_any_text_at_all(stand: Stand, value: str, data: st.DataObject) -> None:
    """Whatever the letters, in whichever field; lone surrogates arrive as the bytes they would be."""
    name = data.draw(st.sampled_from(sorted(stand.form.fields)))
    fields = {key: kept for key, kept in stand.form.fields.items() if key != name}
    body = urlencode({**fields, name: value.encode("utf-8", "surrogatepass")})
    stand.must_be_kind(stand.ask(data=body, content_type=URLENCODED), f"{name}={value!r}")


def test_the_sweep_would_notice_a_page_that_shows_what_was_typed_as_it_was_typed() -> None:
    careless = f'<input value="{BREAKOUT}">{MARKUP}<a href="javascript:x">'
    assert len(list(runs(TestResponse([careless.encode()], "200 OK", Headers(), None)))) == 3  # type: ignore[arg-type]
