"""What no finger types, in every field of the team's side: refused in a sentence, or kept as mere words."""

from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from student_portal.access.queries import LENT, STAFF, Role
from student_portal.institutions import queries as institutions
from student_portal.institutions.queries import Pathway
from tests.support.asking import Asking
from tests.support.pages import Page
from tests.support.rewind import Rewind
from tests.support.world import World
from tests.sweeps.staff_forms import STAFF_FORMS, StaffForm
from tests.sweeps.test_bad_input import (
    BAD,
    BREAKOUT,
    COUNTERS,
    MARKUP,
    NO_TEXT,
    SUM,
    URLENCODED,
    Stand,
    cookies,
    runs,
)

WRITTEN = {"reason", "note", "place", "name", "target", "cost", "what", "how", "who", "takes"} | {
    "pronouns", "access_needs", "safe_contact", "formulation", "plan", "title", "body", "why",
}  # fmt: skip
"""Fields for words of one's own; the others are dates, choices and hidden ones."""
CHOICES = {("/cancel", "who"), ("/stand-in", "who")}
"""Fields of such a name that are none: whose wish it was, who stands in."""

DATES = {
    "the last day there is": "31/12/9999",
    "the first": "1/1/0001",
    "no such day": "31/4/2027",
    "no leap year": "29/2/2027",
    "a year of five numbers": "1/1/20270",
    "an hour that spring skips": "28/3/2027",
}

WORST = ("nothing", "ten thousand letters", "a NUL", "markup", "a number out of range")
WOULD_RUN = (
    "markup",
    "an attribute's end",
    "a picture with script",
    "a link with script",
    "a template's sum",
)
DAYS = {"day", "day_1", "review_by"}
WITH_A_DATE = [form for form in STAFF_FORMS if DAYS & form.fields.keys()]
WITH_FIELDS = [form for form in STAFF_FORMS if form.fields]


@dataclass
class Desk(Stand):
    """The browser of a member of staff before one form."""

    form: StaffForm

    def must_be_kind(self, answer, what: str) -> None:  # type: ignore[no-untyped-def]
        """More than for everybody: a refusal says why, or where help is; what is shown next is safe too."""
        told = f"{self.form}, {what}: {answer.status_code}"
        changed = self.now.changed()
        if answer.status_code == 303 and what.startswith(WOULD_RUN):
            assert list(runs(self.ask("GET", path=answer.location))) == [], told
        elif answer.status_code != 303:
            says_why = 'class="err"' in answer.text or "tel:999" in answer.text
            assert says_why or answer.status_code == 200, f"{told}, no sentence"
            assert changed <= COUNTERS, f"{told}, kept in {sorted(changed)}"
        super().must_be_kind(answer, what)


@pytest.fixture(scope="module")
def desks(world: World) -> dict[str, Desk]:
    """For each form a browser that has come before it, each in a demo of its own, as it was seeded."""
    seeded, made = Rewind(world), {}
    for number, form in enumerate(STAFF_FORMS):
        seeded.back()
        browser = form.stand(world)
        found = form.found(world, browser)
        path = found.path(world)  # brings about what it is about, where that does not stand yet
        now = Rewind(world, f"desk-{number}")
        made[str(form)] = Desk(world, found, now, cookies(browser), path)
    return made


@pytest.fixture(params=STAFF_FORMS, ids=str)
def desk(request: pytest.FixtureRequest, desks: dict[str, Desk]) -> Desk:
    found = desks[str(request.param)]
    found.now.back()
    return found


def test_every_form_of_the_team_is_listed(world: World) -> None:
    policies = world.app.extensions["policies"]
    posts = {
        rule.rule
        for rule in world.app.url_map.iter_rules()
        if "POST" in (rule.methods or ()) and policies[rule.endpoint] <= STAFF | {LENT}
    }
    assert {form.rule for form in STAFF_FORMS} == posts


def test_every_form_lets_in_what_is_right(desk: Desk) -> None:
    """So that nothing below passes because a browser never came to its form."""
    answer = desk.ask(data=desk.form.fields)
    assert answer.status_code == desk.form.right, answer.text
    if desk.form.right == 303:
        assert answer.location != "/staff/accounts/sign-in"
        changed = desk.now.changed() - COUNTERS
        assert changed or (desk.form.leads and answer.location.startswith(desk.form.leads)), (
            "nothing came of it"
        )


@pytest.mark.parametrize("desk", WITH_FIELDS, ids=str, indirect=True)
def test_bad_words_in_every_field_at_once(desk: Desk) -> None:
    for what, value in BAD.items():
        desk.must_be_kind(desk.ask(data=dict.fromkeys(desk.form.fields, value)), what)


def test_the_worst_words_in_any_one_field(desk: Desk) -> None:
    """Beside fields that are right, so that they come further than the first refusal."""
    for name in desk.form.fields:
        for what in WORST:
            answer = desk.ask(data={**desk.form.fields, name: BAD[what]})
            desk.must_be_kind(answer, f"{what} in {name}")


@pytest.mark.parametrize("desk", WITH_FIELDS, ids=str, indirect=True)
def test_what_was_typed_stands_in_its_field_again(desk: Desk) -> None:
    long = MARKUP + "x" * 5_000
    for name in WRITTEN & desk.form.fields.keys():
        answer = desk.ask(data={**desk.form.fields, name: long})
        assert answer.status_code == 400, name
        if any(desk.form.rule.endswith(end) and name == choice for end, choice in CHOICES):
            continue
        assert escape(long) in answer.text or escape(long).replace("&quot;", "&#34;") in answer.text, name


@pytest.mark.parametrize("desk", WITH_A_DATE, ids=str, indirect=True)
def test_dates_that_no_calendar_has_and_dates_at_its_ends(desk: Desk) -> None:
    for name in DAYS & desk.form.fields.keys():
        for what, day in DATES.items():
            for other in ({}, {"fill": "1"}, {"time": "01:30", "time_1": "01:30"}):
                answer = desk.ask(data={**desk.form.fields, **other, name: day})
                desk.must_be_kind(answer, f"{what} in {name} {other}")


@pytest.mark.parametrize("desk", WITH_FIELDS, ids=str, indirect=True)
def test_bytes_that_are_no_text_and_bodies_that_are_no_form(desk: Desk) -> None:
    name = next(reversed(desk.form.fields), "anything")
    for what, raw in NO_TEXT.items():
        body = urlencode(desk.form.fields | {name: ""}).encode() + raw
        desk.must_be_kind(desk.ask(data=body, content_type=URLENCODED), f"{what} in {name}")
    desk.must_be_kind(desk.ask(json={**desk.form.fields, "deep": [[[[]]]]}), "JSON")


def test_a_field_given_twice_or_under_an_arrays_name(desk: Desk) -> None:
    for name, value in desk.form.fields.items():
        others = {key: kept for key, kept in desk.form.fields.items() if key != name}
        desk.must_be_kind(desk.ask(data={**others, name: [value, MARKUP]}), f"{name} twice")
        desk.must_be_kind(desk.ask(data={**others, f"{name}[]": value}), f"{name}[]")


@pytest.mark.parametrize("desk", WITH_FIELDS, ids=str, indirect=True)
@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=st.text(st.characters(exclude_categories=["Cs"]), max_size=400), data=st.data())
def test_any_text_at_all(desk: Desk, value: str, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(desk.form.fields)))
    desk.must_be_kind(desk.ask(data={**desk.form.fields, name: value}), f"{name}={value!r}")


def test_a_request_made_of_markup_is_read_by_the_team_as_words(world: World) -> None:
    """What a stranger writes is opened by somebody who is signed in and may do a lot."""
    words = f"{MARKUP}{BREAKOUT}{SUM}"[:99]
    student = Asking(world.browser(Role.ANYONE), institutions.listed(Pathway.THERAPY)[0].id)
    student.answer_all(name={"answer": words}, therapy={"answer": "yes", "more": words})
    assert student.send().status_code == 303
    team = world.browser(Role.THERAPIST)
    board = team.get("/staff/referral")
    request = next(link for link in Page.of(board).links if link in _about(board.text, words))
    for page in (board, team.get(request)):
        assert list(runs(page)) == []
        assert "&lt;script&gt;alert(1)" in page.text


def _about(html: str, words: str) -> str:
    """What the board says near somebody's name."""
    at = html.index("&lt;script&gt;")
    return html[max(0, at - 400) : at]
