"""A student is reminded of each session at the right moments, and never of one that no longer stands."""

from datetime import timedelta

import pytest

from student_portal.audit.queries import machine
from student_portal.consent.queries import Decision, Scope
from student_portal.episodes import service as episodes
from student_portal.episodes.queries import Mode
from student_portal.episodes.service import Slot
from student_portal.foundation import clock
from student_portal.foundation.clock import FrozenClock
from student_portal.measures import service as measures
from student_portal.messaging import queries as messaging
from student_portal.reminders import queries, service
from tests.support import booked
from tests.support.booked import Phone, Student
from tests.support.care import at


@pytest.fixture
def sam(service_id: str) -> Student:
    return booked.student(service_id)


@pytest.fixture
def phone(portal: FrozenClock) -> Phone:
    return Phone(portal)


def plan(sam: Student) -> int:
    return service.plan(at=clock.now(), by=machine(sam.therapist.service_id))


def waiting(sam: Student) -> list[tuple[str, str]]:
    lines = messaging.messages_to(sam.viewer, sam.person_id)
    return sorted(
        (clock.london(line.at).strftime("%d %b %H:%M"), line.kind) for line in lines if line.state == "queued"
    )


def move(sam: Student, number: int, starts_at) -> None:
    facts = sam.sessions[number - 1]
    slot = Slot(facts.id, starts_at, 50, Mode.CAMPUS, "Room 2.14")
    episodes.move(slot=slot, seen_version=facts.version, by=sam.therapist, at=clock.now())


@pytest.mark.hazard("H16")
def test_planning_again_adds_nothing(sam: Student) -> None:
    assert (plan(sam), plan(sam)) == (2, 0)
    assert waiting(sam) == [
        ("04 Dec 10:00", "form_link"), ("06 Dec 10:00", "day_before"), ("30 Nov 10:00", "booked"),
    ]  # fmt: skip


def test_a_week_ahead_is_planned_and_no_further(sam: Student, portal: FrozenClock) -> None:
    plan(sam)
    portal.forward(days=6)
    assert plan(sam) == 2  # those of session 2


def test_three_texts_for_the_first_session_and_two_for_each_other(sam: Student, phone: Phone) -> None:
    phone.live_until(at(1, 26))
    when = [clock.london(moment).strftime("%a %d %b %H:%M") for moment, _ in phone.texts]
    assert when == [
        "Mon 30 Nov 10:00",
        "Fri 04 Dec 10:00", "Sun 06 Dec 10:00",
        "Fri 11 Dec 10:00", "Sun 13 Dec 10:00",
        "Fri 18 Dec 10:00", "Sun 20 Dec 10:00",
        "Fri 25 Dec 10:00", "Sun 27 Dec 10:00",
        "Fri 01 Jan 10:00", "Sun 03 Jan 10:00",
        "Fri 22 Jan 10:00", "Sun 24 Jan 10:00",
    ]  # fmt: skip


def test_the_words_say_when_and_nothing_else(sam: Student, phone: Phone) -> None:
    phone.live_until(at(12, 6, 11))
    base = "http://127.0.0.1:8000"
    confirmation, link, before = phone.words
    assert confirmation == (
        f"Reminder: your next appointment is Monday 7 December at 2pm. More: {base}/dates"
    )
    assert link.startswith(f"Reminder: there is something to fill in before Monday 7 December: {base}/l/")
    assert before.startswith(f"Reminder: your appointment is tomorrow at 2pm. To fill in first: {base}/l/")


@pytest.mark.hazard("H10")
def test_a_moved_session_is_reminded_of_where_it_stands_now(sam: Student, phone: Phone) -> None:
    phone.live_until(at(12, 4, 11))
    move(sam, 1, at(12, 9, 9))
    phone.live_until(at(12, 10))
    after = [words.partition(": ")[2][:52] for words in phone.words[2:]]
    assert after[0] == "your appointment is now Wednesday 9 December at 9am."
    assert [words[:40] for words in after[1:3]] == [
        "there is something to fill in before Wed",
        "your appointment is tomorrow at 9am. To ",
    ]


def test_moved_away_and_back_it_is_reminded_of_once(sam: Student, phone: Phone) -> None:
    phone.round()
    move(sam, 1, at(12, 10, 14))
    phone.round()
    move(sam, 1, at(12, 7, 14))
    phone.live_until(at(12, 7, 8))
    assert [words for words in phone.words if "tomorrow at 2pm" in words] == [phone.words[-1]]
    assert len([words for words in phone.words if "something to fill in before Monday" in words]) == 1


def test_a_cancelled_session_is_not_reminded_of(sam: Student, phone: Phone) -> None:
    phone.round()
    facts = sam.sessions[0]
    episodes.cancel(
        session_id=facts.id, by_student=False, seen_version=facts.version, by=sam.therapist, at=clock.now()
    )
    phone.live_until(at(12, 10))
    assert phone.words[1] == "Reminder: your appointment has changed. More: http://127.0.0.1:8000/dates"
    assert len(phone.words) == 2


def test_when_there_is_nothing_to_fill_in_the_day_before_says_only_when(sam: Student, phone: Phone) -> None:
    phone.live_until(at(12, 4, 11))
    measures.decline(session_id=sam.sessions[0].id, by=sam.viewer, at=clock.now())
    phone.live_until(at(12, 7, 8))
    assert phone.words[-1] == (
        "Reminder: your appointment is tomorrow at 2pm. More: http://127.0.0.1:8000/dates"
    )


@pytest.mark.hazard("H04")
def test_without_permission_nothing_is_planned_and_given_again_it_is(sam: Student, phone: Phone) -> None:
    phone.round()
    sam.decide(Scope.SMS, Decision.WITHDRAWN)
    assert waiting(sam) == []
    phone.live_until(at(12, 3))
    assert len(phone.words) == 1
    assert queries.next_due(clock.now()) is None
    sam.decide(Scope.SMS, Decision.GIVEN)
    phone.live_until(at(12, 4, 11))
    assert len(phone.words) == 2


def test_booked_for_tomorrow_the_link_comes_with_the_reminder_of_the_day_before(
    service_id: str, phone: Phone
) -> None:
    sam = booked.student(service_id, first=clock.now() + timedelta(days=1, hours=4))
    phone.round()
    assert len(phone.words) == 2
    assert "tomorrow at 2pm. To fill in first" in phone.words[1]
    lines = messaging.messages_to(sam.viewer, sam.person_id)
    assert "failed" not in [line.state for line in lines]  # nothing was planned that was already over


def test_the_next_moment_is_the_first_at_which_something_goes(sam: Student, phone: Phone) -> None:
    phone.round()
    assert queries.next_due(clock.now()) == at(12, 4, 10)
    assert queries.next_due(at(12, 4, 10)) == at(12, 6, 10)
    assert queries.next_due(at(12, 6, 10)) == at(12, 11, 10)  # not planned yet, and still foreseen
