"""The first page: why it is asked, who reads it and when, how long it takes; all of it true just then."""

from datetime import datetime, timedelta

import pytest

from student_portal.access.queries import Viewer
from student_portal.audit.queries import machine
from student_portal.duty import service as duty
from student_portal.duty.queries import Span
from student_portal.episodes import queries as episode_facts
from student_portal.episodes import service as episodes
from student_portal.episodes.queries import SessionFacts
from student_portal.episodes.service import Slot
from student_portal.foundation import clock, db
from student_portal.foundation.clock import FrozenClock
from student_portal.measures import queries
from student_portal.measures.models import QuestionnaireResponse, ResponseMode, ResponseState
from tests.integration.measures import story
from tests.integration.measures.conftest import Browser
from tests.integration.measures.hand import Phone
from tests.integration.measures.story import SOMETIMES
from tests.support import care

FRIDAY_EVENING = care.at(12, 4, 18)


def rename(person_id: str, name: str) -> None:
    from student_portal.accounts.models import Person

    with db.write() as unit:
        unit.get_one(Person, person_id).name = name


def move(therapist: Viewer, session: SessionFacts, starts_at: datetime) -> None:
    facts = episode_facts.session(session.id)
    slot = Slot(facts.id, starts_at, 50, episode_facts.Mode.CAMPUS, "Room 2.14")
    episodes.move(slot=slot, seen_version=facts.version, by=therapist, at=clock.now())


@pytest.mark.hazard("H07")
def test_it_names_the_reader_by_first_name_and_the_day(
    hand: Phone, therapist: Viewer, session: SessionFacts, portal: FrozenClock
) -> None:
    rename(str(therapist.person_id), "Dr Robin Okafor")
    first = hand.open()
    assert "Your therapist looks at them with you" in first
    assert "Robin reads this today until 5pm, or on Tuesday." in first
    assert "Nobody is watching while you fill this in." in first
    portal.move_to(care.at(11, 30, 20))
    assert "Robin reads this on Tuesday from 9am." in hand.open()


@pytest.mark.hazard("H07")
def test_it_knows_who_is_on_leave_and_who_stands_in(
    hand: Phone, therapist: Viewer, session: SessionFacts, portal: FrozenClock
) -> None:
    me, manager = str(therapist.person_id), machine(therapist.service_id)
    rename(me, "Robin Okafor")
    cover = care.person(therapist.service_id, "Jo Lindqvist", is_staff=True)
    duty.set_cover(person_id=cover, owner_id=me, span=Span(clock.now()), by=manager, at=clock.now())
    assert "Robin or someone in the team reads this today until 5pm, or on Tuesday." in hand.open()
    duty.set_absence(person_id=me, span=Span(clock.now()), by=therapist, at=clock.now())
    said = hand.open()
    assert "Someone in the team reads this today until 5pm, or on Tuesday." in said
    assert "Jo" not in said
    duty.set_absence(person_id=cover, span=Span(clock.now()), by=manager, at=clock.now())
    assert "You meet on Wednesday 2 December at 2pm. There may be no time to read this" in hand.open()


@pytest.mark.hazard("H07")
def test_on_friday_evening_it_says_monday_and_ten_minutes_before_it_promises_nothing(
    hand: Phone, therapist: Viewer, session: SessionFacts, portal: FrozenClock
) -> None:
    move(therapist, session, care.at(12, 7))
    portal.move_to(FRIDAY_EVENING)
    assert "reads this on Monday from 9am." in hand.open()
    portal.move_to(care.at(12, 7, 13, 50))
    said = hand.open()
    assert "You meet today at 2pm. There may be no time to read this before then" in said


def test_coming_back_to_it_says_how_far_one_is(hand: Phone) -> None:
    hand.post()
    for item in range(1, 13):
        hand.tap(item, 0)
    assert "12 of 34 questions are answered, and saved." in hand.open("?first=1")


def sent_forms(session: SessionFacts, count: int, minutes: float, **how: object) -> None:
    """Forms that were sent before, one a minute: rows as Send leaves them."""
    with db.read() as unit:
        like = unit.get_one(QuestionnaireResponse, story.forms(session)[0].id).model_dump()
    with db.write() as unit:
        attempts = len(story.forms(session))
        for number in range(count):
            sent_at = clock.now() - timedelta(minutes=number)
            row = like | {
                "attempt": attempts + number + 1, "state": ResponseState.SENT, "sent_at": sent_at,
                "opened_at": sent_at - timedelta(minutes=minutes), "devices": 1, "document_sealed": b"-",
                **how,
            }  # fmt: skip
            del row["id"]
            unit.add(QuestionnaireResponse(**row))
            unit.flush()


@pytest.fixture
def begun(student: Viewer, session: SessionFacts) -> SessionFacts:
    story.save(student, session, 1, SOMETIMES)
    return session


def test_until_twenty_forms_were_sent_the_time_is_our_estimate(begun: SessionFacts) -> None:
    sent_forms(begun, 19, 5)
    assert queries.pace("core_om") == queries.Pace(8, is_measured=False)
    assert queries.pace("core_10") == queries.Pace(2, is_measured=False)


def test_from_twenty_on_it_is_measured_and_the_words_say_so(
    begun: SessionFacts, browser: Browser, portal: FrozenClock
) -> None:
    sent_forms(begun, 11, 5)
    sent_forms(begun, 10, 20)
    assert queries.pace("core_om") == queries.Pace(5, is_measured=True)
    assert queries.pace("core_10") == queries.Pace(2, is_measured=False), "another form is measured by itself"


def test_the_first_page_and_home_say_what_most_people_take(
    browser: Browser, begun: SessionFacts, therapist: Viewer, portal: FrozenClock
) -> None:
    phone = browser(begun.person_id)
    hand = Phone(phone, begun, portal)
    assert "34 short questions, about 8 minutes." in hand.open("?first=1")
    assert "34 questions, about 8 minutes." in phone.get("/home").text
    somebody = care.sessions(therapist, care.in_therapy(therapist, "Lou Hale"))[0]
    sent_forms(begun, 20, 5, session_id=somebody.id, person_id=somebody.person_id)
    assert "34 short questions. Most people take about 5 minutes." in hand.open("?first=1")
    assert "34 questions. Most people take about 5 minutes." in phone.get("/home").text


@pytest.mark.parametrize(
    "how",
    [
        {"devices": 2},
        {"devices": None},
        {"mode": ResponseMode.PAPER},
        {"mode": ResponseMode.HERE},
        {"version": 2},
        {"definition_version": 99},
    ],
)
def test_only_whole_sittings_on_the_students_own_device_are_measured(
    begun: SessionFacts, how: dict[str, object]
) -> None:
    sent_forms(begun, 25, 5, **how)
    assert not queries.pace("core_om").is_measured


def test_a_form_left_open_for_a_day_does_not_count_as_slow(begun: SessionFacts) -> None:
    sent_forms(begun, 20, 6)
    sent_forms(begun, 30, 24 * 60)
    assert queries.pace("core_om") == queries.Pace(6, is_measured=True)


def test_the_newest_count_and_the_reading_is_bounded(begun: SessionFacts, portal: FrozenClock) -> None:
    sent_forms(begun, 220, 20)
    portal.forward(days=30)
    sent_forms(begun, 200, 4)
    assert queries.pace("core_om").minutes == 4


def test_sending_keeps_in_how_many_browser_sessions_it_was_answered(
    student: Viewer, session: SessionFacts
) -> None:
    story.save(student, session, 1, SOMETIMES, proof="a")
    story.save(student, session, 2, SOMETIMES, proof="b")
    story.save(student, session, 3, SOMETIMES, proof="b")
    story.send(student, session)
    assert [form.devices for form in story.forms(session)] == [2]
