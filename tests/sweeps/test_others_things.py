"""What belongs to somebody else is nowhere, on every route that has a place for an id, and stays as it is."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask.testing import FlaskClient
from sqlmodel import col, select

from student_portal.access.queries import STAFF, Role
from student_portal.accounts import service as accounts
from student_portal.alerts.models import AnswerAlert
from student_portal.audit.queries import machine
from student_portal.foundation import clock, db, web
from student_portal.referral.models import Referral
from student_portal.settings import queries as settings
from tests.support.rewind import Rewind
from tests.support.routes import DOORS, addresses
from tests.support.world import World

TEO, JORDAN, SAM, MINA = "Teo Testcase", "Jordan Imaginary", "Sam Sample", "Mina Madeup"  # all are Robin's
STRANGE = "z" * 26
FILLED = {
    "answer": "1", "version": "1", "seen": "1", "note": "x", "reason": "x", "day": "2026-12-14",
    "page": "waiting", "time": "10:00", "minutes": "50", "mode": "campus", "place": "",
}  # fmt: skip
"""Enough for any form here to be read as filled in."""

SAME_FOR_ALL = {"/staff/referral/<referral_id>/signpost": 409}
"""Keeps what was typed, in the same words whether a colleague decided first or nothing was there."""


@dataclass(frozen=True)
class Reach:
    """Somebody, a place in addresses, and what they put there that is not theirs, each with its name."""

    who: str
    role: Role
    browser: FlaskClient
    place: str
    theirs: dict[str, str]


def reaches(world: World) -> Iterator[Reach]:
    student, link = world.browser(Role.STUDENT, TEO), world.browser(Role.LINK, TEO)
    not_teos = {"another student's": world.session(JORDAN, 1), "a person": world.person(TEO), "none": STRANGE}
    yield Reach("a student", Role.STUDENT, student, "session_id", not_teos)
    own_other = {"their own other session": world.session(TEO, 2)}
    yield Reach("a link", Role.LINK, link, "session_id", {**not_teos, **own_other})
    jo = therapist(world, "Jo Lindqvist")
    values = world.values(MINA)
    not_jos = {
        "session_id": world.session(SAM, 6),
        "person_id": world.person(SAM),
        "episode_id": str(values["episode_id"]),
        "alert_id": first(
            AnswerAlert.id,
            AnswerAlert.person_id == world.person(SAM),
            col(AnswerAlert.response_id).is_not(None),
        ),
        "referral_id": first(Referral.id, Referral.person_id == world.person(MINA)),
    }
    for place, robins in not_jos.items():
        yield Reach("Jo", Role.THERAPIST, jo, place, {"Robin's": robins, "none": STRANGE})
    yield Reach("Jo", Role.THERAPIST, jo, "person_id", {"a colleague": world.person("Robin Okafor")})
    for role in (Role.ADMIN, Role.MANAGER, Role.THERAPIST):
        for place in ("contact_id", "page_id"):
            yield Reach(role, role, world.browser(role), place, {"none": STRANGE})


def therapist(world: World, name: str) -> FlaskClient:
    """The browser of a therapist other than the world's first."""
    browser = world.app.test_client()
    with browser.session_transaction("/staff/") as cookie:
        cookie["secret"] = secret(world, Role.THERAPIST, world.person(name))
    return browser


def secret(world: World, role: Role, person_id: str | None) -> str:
    by = machine(settings.service_id())
    return accounts.start_session(
        role=role, person_id=person_id, about=None, proved_by="code", by=by, at=clock.now()
    )


def first(column: object, *where: object) -> str:
    with db.read() as session:
        return session.exec(select(column).where(*where)).first()  # type: ignore[call-overload,no-any-return]


@pytest.mark.hazard("H02")
@pytest.mark.hazard("H21")
def test_no_id_of_somebody_elses_opens_or_changes_anything(world: World) -> None:
    all_reaches = list(reaches(world))
    before, wrong, asked = Rewind(world, "reaches"), [], 0
    for reach in all_reaches:
        for method, rule in routes(world, reach):
            for whose, value in reach.theirs.items():
                path = rule.replace(f"<{reach.place}>", value).replace("<int:number>", "1")
                filled = FILLED if method == "POST" else None
                answer = reach.browser.open(path, method=method, data=filled)
                changed, asked = before.changed(), asked + 1
                if answer.status_code != SAME_FOR_ALL.get(rule, 404) or changed:
                    wrong.append(f"{reach.who} {method} {rule} ({whose}): {answer.status_code} {changed}")
                if changed:
                    before.back()
    assert wrong == []
    assert asked > 80


def routes(world: World, reach: Reach) -> Iterator[tuple[str, str]]:
    """The routes that are open to this role and have the place."""
    policies = world.app.extensions["policies"]
    for rule in world.app.url_map.iter_rules():
        if reach.role in policies[rule.endpoint] and f"<{reach.place}>" in rule.rule:
            for method in sorted({"GET", "POST"} & (rule.methods or set())):
                yield method, rule.rule


@pytest.mark.hazard("H02")
def test_a_request_that_a_colleague_took_cannot_be_accepted(world: World) -> None:
    jo = therapist(world, "Jo Lindqvist")
    taken = first(Referral.id, Referral.person_id == world.person(MINA))
    before = Rewind(world, "taken")
    assert jo.post("/staff/episodes/open", data={"referral_id": taken, "version": "1"}).status_code == 404
    assert not before.changed()


@pytest.mark.parametrize("role", [Role.STUDENT, Role.THERAPIST])
def test_a_cookie_carried_over_to_the_other_side_opens_nothing(world: World, role: Role) -> None:
    """Both cookies are signed with one key, so one can be sent under the other's name."""
    side, elsewhere = ("portal", "staff") if role == Role.STUDENT else ("staff", "portal")
    kept = world.browser(role).get_cookie(side)
    assert kept is not None
    thief = world.app.test_client()
    thief.set_cookie(elsewhere, kept.value)
    policies = world.app.extensions["policies"]
    for rule in world.app.url_map.iter_rules():
        other_side = web.is_staff_side(rule.rule) == (role not in STAFF)
        if other_side and "GET" in (rule.methods or ()) and web.ANYONE not in policies[rule.endpoint]:
            path = rule.rule.replace("<int:number>", "1").replace("<", "").replace(">", "")
            answer = thief.get(path)
            to_a_door = answer.status_code == 303 and answer.location.partition("?")[0] in DOORS
            assert answer.status_code == 404 or to_a_door, f"{path}: {answer.status_code}"


@pytest.mark.parametrize("path", ["/exit", "/code/locked"])
def test_the_two_addresses_that_lock_end_one_browser_and_do_nothing_else(world: World, path: str) -> None:
    browser, another = world.browser(Role.STUDENT), world.browser(Role.STUDENT)
    before = Rewind(world, "locks")
    browser.get(path)
    assert before.changed() == {"browser_session", "audit_event"}
    assert browser.get("/home").status_code == 303
    assert another.get("/home").status_code == 200


@pytest.mark.parametrize("role", list(Role))
def test_a_form_without_its_token_or_with_another_browsers_changes_nothing(
    world: World, role: Role, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(world.app.config, "WTF_CSRF_ENABLED", True)
    browser, stranger = world.browser(role), world.app.test_client()
    page = stranger.get("/code").text
    another_browsers = page.partition('name="csrf_token" value="')[2].partition('"')[0]
    assert another_browsers
    before = Rewind(world, "tokens")
    for path in addresses(world, "POST"):
        for data in (FILLED, {**FILLED, "csrf_token": another_browsers}):
            assert browser.post(path, data=data).status_code in (303, 400, 404), path
    assert not before.changed()


def test_looking_where_a_button_is_due_changes_nothing_and_shows_help(world: World) -> None:
    before = Rewind(world, "looks")
    student = world.browser(Role.STUDENT)
    before.mark()
    only_pressed = set(addresses(world, "POST")) - set(addresses(world))
    for path in sorted(only_pressed):
        if not web.is_staff_side(path):
            answer = student.get(path)
            assert answer.status_code in (404, 405), path
            assert "tel:999" in answer.text, path
    assert not before.changed()
    assert len(only_pressed) > 10
