"""Forms with more than one box: all of it comes back, as it was typed, and older words never cover newer."""

import re
from datetime import timedelta

import pytest
from sqlmodel import select

from student_portal.access.queries import Role, Viewer
from student_portal.audit.queries import machine
from student_portal.caseload.models import NoteDraft
from student_portal.episodes.queries import SessionFacts
from student_portal.foundation import clock, db
from student_portal.measures.models import Answer
from student_portal.signposting import service as signposting
from tests.integration.locked.conftest import Screen, kept, staff
from tests.integration.signposting import desk
from tests.support import care
from tests.support.asking import hidden, text

SAID = "nothing of this was saved yet"


def typed_dates(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="(?:date|time)" id="\w+" name="(\w+)" value="([^"]*)"', page))


@pytest.mark.hazard("H09")
def test_a_help_contact_with_the_number_written_twice_comes_back(screen: Screen, service_id: str) -> None:
    signposting.publish_starting(organisations={}, by=machine(service_id), at=clock.now())
    staff(service_id, "Okafor", Role.ADMIN)
    screen.browser.get("/staff/accounts/sign-in")
    screen.sign_in_staff("Okafor")
    page = f"/staff/signposting/{desk.named('Shout')}/edit"
    locked = screen.leave_alone(page, name="Shout", target="85258", again="85258", what="Zq send a word.")
    assert locked.location == "/staff/accounts/sign-in?pressed=1&kept=1"
    screen.clock.forward(minutes=1)
    assert screen.sign_in_staff("Okafor").location == page
    shown = screen.open(page)
    assert SAID in text(shown)
    assert "Zq send a word." in shown.get_data(as_text=True)


@pytest.mark.hazard("H09")
def test_six_typed_dates_come_back_and_no_suggestion_among_them(screen: Screen, therapist: Viewer) -> None:
    page = f"/staff/episodes/{care.in_therapy(therapist)}/book"
    screen.browser.get("/staff/accounts/sign-in")
    screen.sign_in_staff("Robin")
    day = clock.today() + timedelta(days=9)
    dates = {f"day_{number}": str(day + timedelta(days=3 * number)) for number in range(1, 7)}
    times = {f"time_{number}": f"1{number}:30" for number in range(1, 7)}
    screen.leave_alone(page, **dates | times, place="Zq room")
    screen.clock.forward(minutes=1)
    assert screen.sign_in_staff("Robin").location == page
    shown = screen.open(page)
    assert SAID in text(shown)
    assert "Suggested:" not in text(shown)
    assert typed_dates(shown.get_data(as_text=True)) == dates | times


def note(screen: Screen, session: SessionFacts) -> str:
    """A note that was being written when the screen locked, open again."""
    screen.clock.move_to(session.starts_at or screen.clock.now())
    screen.sign_in_staff("Robin")
    page = f"/staff/caseload/notes/{session.id}"
    screen.leave_alone(page, formulation="Zq old", plan="")
    screen.clock.forward(minutes=1)
    screen.sign_in_staff("Robin")
    return page


def test_a_draft_that_is_kept_while_typing_takes_the_place_of_the_older_words(
    screen: Screen, session: SessionFacts
) -> None:
    page = note(screen, session)
    fields = hidden(screen.open(page)) | {"formulation": "Zq newer", "plan": ""}
    saved = screen.browser.post(f"{page}/draft", data=fields, headers={"Accept": "application/json"})
    assert saved.status_code == 200
    with db.read() as unit:
        assert [row.formulation for row in unit.exec(select(NoteDraft))] == ["Zq newer"]
    assert kept() == []
    assert "Zq old" not in screen.open(page).get_data(as_text=True)


def test_after_a_mistake_the_form_still_knows_which_words_it_holds(
    screen: Screen, session: SessionFacts
) -> None:
    page = note(screen, session)
    assert hidden(screen.open(page))["from_lock"] == kept()[0].id
    refused = screen.post(page, formulation="z" * 2001, plan="")
    assert refused.status_code == 400
    assert hidden(refused)["from_lock"] == kept()[0].id


def test_a_redirect_that_saved_nothing_leaves_the_words_where_they_are(
    screen: Screen, session: SessionFacts
) -> None:
    screen.sign_in(session.person_id)
    screen.post(f"/form/{session.id}")
    page = f"/form/{session.id}/1"
    screen.leave_alone(page, answer="3")
    screen.sign_in(session.person_id)
    asked = screen.post(page, skip="ask")
    assert asked.location == f"{page}?ask=skip"
    assert len(kept()) == 1
    with db.read() as unit:
        assert unit.exec(select(Answer)).all() == []
    screen.post(page, skip="sure")
    assert kept() == []
