"""One person's rows never open for another; looking changes nothing; a form without its token is refused."""

import hashlib
import re
from collections.abc import Callable

import pytest
from sqlalchemy import text

from student_portal import migrations
from student_portal.access import queries as access
from student_portal.access import service
from student_portal.access.queries import Role
from student_portal.audit.queries import machine
from student_portal.foundation import clock, db
from student_portal.settings import queries as settings
from tests.support.routes import DOORS, addresses
from tests.support.world import World

OWN, OTHERS = "Teo Testcase", "Lou Invented"  # Robin looks after Teo, Jo after Lou


@pytest.mark.hazard("H02")
@pytest.mark.parametrize("role", [Role.STUDENT, Role.LINK])
def test_a_student_never_opens_another_students_form(world: World, role: Role) -> None:
    browser, theirs = world.browser(role, OWN), world.session(OTHERS, 4)
    nowhere = browser.get(f"/form/{'0' * 26}")
    for path in (f"/form/{theirs}", f"/form/{theirs}/1", f"/form/{theirs}/check", f"/form/{theirs}/sent"):
        answer = browser.get(path)
        assert answer.status_code == 404, path
        assert _plain(answer.text) == _plain(nowhere.text), "the page tells that the form exists"
    assert browser.post(f"/form/{theirs}/1", data={"answer": "1"}).status_code == 404
    assert browser.post(f"/form/{theirs}/send").status_code == 404


@pytest.mark.hazard("H02")
def test_a_link_opens_its_own_form_and_nothing_else(world: World) -> None:
    browser = world.browser(Role.LINK, OWN)
    assert browser.get(f"/form/{world.session(OWN, 1)}", follow_redirects=True).status_code == 200
    assert browser.get(f"/form/{world.session(OWN, 2)}").status_code == 404
    for path in ("/home", "/dates", "/choices", "/home/texts"):
        assert browser.get(path).location == "/code", path


@pytest.mark.hazard("H21")
def test_a_therapist_opens_their_own_students_and_no_others(world: World) -> None:
    browser = world.browser(Role.THERAPIST)
    for one in access.stand_ins():  # an answer of the demo's waited so long that the cover was told
        service.stop_standing_in(
            person_id=one.person_id, staff_id=one.staff_id, by=machine(settings.service_id()), at=clock.now()
        )
    assert browser.get(f"/staff/caseload/{world.person(OWN)}").status_code == 200
    assert browser.get(f"/staff/caseload/{world.person(OTHERS)}").status_code == 404
    values = world.values(OTHERS)
    for path in ("/staff/episodes/{episode_id}/book", "/staff/episodes/sessions/{session_id}"):
        assert browser.get(path.format(**values)).status_code == 404, path
    assert browser.get("/staff/referral/{referral_id}".format(**values)).status_code == 404


@pytest.mark.hazard("H21")
@pytest.mark.parametrize("role", [Role.ADMIN, Role.MANAGER, Role.LIAISON])
def test_staff_who_are_not_therapists_open_no_record(world: World, role: Role) -> None:
    browser, values = world.browser(role), world.values(OWN)
    for path in ("/staff/caseload", "/staff/caseload/{person_id}", "/staff/referral/{referral_id}"):
        assert browser.get(path.format(**values)).status_code == 404, path


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_looking_changes_nothing(world: World, role: Role, method: str) -> None:
    browser = world.browser(role)
    before = _everything()
    for path in addresses(world):
        browser.open(path, method=method).close()
    assert _everything() == before


def test_a_form_without_its_token_is_refused_kindly(world: World) -> None:
    world.app.config["WTF_CSRF_ENABLED"] = True
    try:
        for role in Role:
            _refused_everywhere(world.browser(role).post, world, role)
    finally:
        world.app.config["WTF_CSRF_ENABLED"] = False


def _refused_everywhere(post: Callable[..., object], world: World, role: Role) -> None:
    for path in addresses(world, "POST"):
        answer = post(path, data={"csrf_token": "forged"})
        assert answer.status_code in (303, 400, 404), f"{role} {path}: {answer.status_code}"
        if answer.status_code == 303:
            assert answer.location.partition("?")[0] in DOORS, path
        elif not path.startswith("/staff"):
            assert "tel:999" in answer.text, path


def _everything() -> dict[str, str]:
    """A mark of every table's rows, but for the log of who looked and when a browser was last seen."""
    marks = {}
    with db.read() as session:
        for table in migrations.metadata().sorted_tables:
            if table.name not in ("audit_event", "browser_session"):
                rows = session.connection().execute(text(f'SELECT * FROM "{table.name}"')).all()
                marks[table.name] = hashlib.sha256(repr(sorted(map(repr, rows))).encode()).hexdigest()
    return marks


def _plain(page: str) -> str:
    """The page without what differs in every answer."""
    return re.sub(r'(nonce|value)="[^"]*"|<bdi>\w+</bdi>|[0-9a-z]{8}(?=</)', "", page)
