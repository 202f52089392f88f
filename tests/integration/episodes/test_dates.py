"""Booking, moving and cancelling dates."""

from datetime import timedelta

import pytest
from sqlmodel import select

from student_portal.access.queries import Viewer
from student_portal.episodes import queries, service
from student_portal.episodes.service import Slot
from student_portal.foundation import clock, db
from student_portal.foundation.clock import FrozenClock
from student_portal.foundation.errors import Conflict, Refused
from student_portal.messaging.models import MessageState, OutboundMessage
from tests.support import care
from tests.support.care import at


def messages(person_id: str) -> list[tuple[str, str]]:
    """The kind and state of everything asked for this student, oldest first."""
    with db.read() as session:
        rows = session.exec(
            select(OutboundMessage)
            .where(OutboundMessage.recipient_id == person_id)
            .order_by(OutboundMessage.id)
        )
        return [(row.kind, row.state) for row in rows]


def person_of(therapist: Viewer, episode_id: str) -> str:
    return queries.episode(therapist, episode_id).person_id


@pytest.fixture
def booked(therapist: Viewer, episode_id: str) -> str:
    """The episode with all six dates, the first on Monday 7 December at 2pm."""
    service.book(bookings=care.weekly(therapist, episode_id, at(12, 7)), by=therapist, at=clock.now())
    return episode_id


def move(therapist: Viewer, facts: queries.SessionFacts, starts_at, *, seen: int | None = None) -> None:
    service.move(
        slot=Slot(facts.id, starts_at, 50, queries.Mode.CAMPUS, "Room 2.14"),
        seen_version=facts.version if seen is None else seen,
        by=therapist,
        at=clock.now(),
    )


def test_six_dates_are_one_act_and_one_message(therapist: Viewer, booked: str) -> None:
    dates = [facts.starts_at for facts in care.sessions(therapist, booked)]
    assert dates == [at(12, 7), at(12, 14), at(12, 21), at(12, 28), at(1, 4), at(1, 25)]
    assert messages(person_of(therapist, booked)) == [("booked", MessageState.QUEUED)]


@pytest.mark.hazard("H16")
def test_a_course_across_the_spring_change_keeps_its_hour_on_the_wall(
    therapist: Viewer, episode_id: str
) -> None:
    service.book(bookings=care.weekly(therapist, episode_id, at(3, 8)), by=therapist, at=clock.now())
    starts = [facts.starts_at for facts in care.sessions(therapist, episode_id) if facts.starts_at]
    assert {clock.london(start).strftime("%H:%M") for start in starts} == {"14:00"}
    assert {start.hour for start in starts} == {13, 14}  # stored in UTC, so the hour differs there


def test_pressing_book_twice_changes_nothing_the_second_time(therapist: Viewer, episode_id: str) -> None:
    slots = care.weekly(therapist, episode_id, at(12, 7))
    assert service.book(bookings=slots, by=therapist, at=clock.now()) == 6
    assert service.book(bookings=slots, by=therapist, at=clock.now()) == 0
    assert len(messages(person_of(therapist, episode_id))) == 1


@pytest.mark.hazard("H04")
def test_without_permission_nothing_is_queued(therapist: Viewer) -> None:
    episode_id = care.in_therapy(therapist, permits=())
    service.book(bookings=care.weekly(therapist, episode_id, at(12, 7)), by=therapist, at=clock.now())
    assert messages(person_of(therapist, episode_id)) == []


def test_a_date_in_the_past_is_refused(therapist: Viewer, episode_id: str) -> None:
    with pytest.raises(Refused, match="past"):
        service.book(bookings=care.weekly(therapist, episode_id, at(11, 30, 9)), by=therapist, at=clock.now())
    assert {facts.state for facts in care.sessions(therapist, episode_id)} == {"planned"}


def test_a_later_number_cannot_come_before_an_earlier_one(therapist: Viewer, episode_id: str) -> None:
    first, second = care.weekly(therapist, episode_id, at(12, 7), numbers=2)
    swapped = [first._replace(starts_at=second.starts_at), second._replace(starts_at=first.starts_at)]
    with pytest.raises(Refused, match="order"):
        service.book(bookings=swapped, by=therapist, at=clock.now())


def test_one_therapist_is_not_in_two_rooms_at_once(therapist: Viewer, booked: str) -> None:
    other = care.in_therapy(therapist, "Mina Kaur")
    with pytest.raises(Refused, match="clash"):
        service.book(bookings=care.weekly(therapist, other, at(12, 7, 14, 30)), by=therapist, at=clock.now())
    service.book(bookings=care.weekly(therapist, other, at(12, 7, 14, 50)), by=therapist, at=clock.now())


@pytest.mark.hazard("H23")
def test_a_moved_session_keeps_its_number_and_form_and_the_student_is_told_once(
    therapist: Viewer, booked: str
) -> None:
    third = care.sessions(therapist, booked)[2]
    move(therapist, third, at(12, 22, 11))
    stands = queries.session(third.id)
    assert (stands.number, stands.definition_id, stands.starts_at) == (3, "core_10", at(12, 22, 11))
    assert messages(person_of(therapist, booked)) == [
        ("booked", MessageState.QUEUED), ("changed", MessageState.QUEUED),
    ]  # fmt: skip


@pytest.mark.hazard("H16")
def test_moving_the_first_session_replaces_what_was_to_be_said_about_it(
    therapist: Viewer, booked: str
) -> None:
    move(therapist, care.sessions(therapist, booked)[0], at(12, 8))
    assert messages(person_of(therapist, booked)) == [
        ("booked", MessageState.DROPPED), ("changed", MessageState.QUEUED),
    ]  # fmt: skip


def test_two_people_moving_one_session_lose_nothing(therapist: Viewer, booked: str) -> None:
    third = care.sessions(therapist, booked)[2]
    move(therapist, third, at(12, 22, 11))
    with pytest.raises(Conflict):
        move(therapist, third, at(12, 23, 11))
    assert queries.session(third.id).starts_at == at(12, 22, 11)


def test_a_cancelled_session_waits_for_another_date_with_its_number(therapist: Viewer, booked: str) -> None:
    second = care.sessions(therapist, booked)[1]
    service.cancel(
        session_id=second.id, by_student=True, seen_version=second.version, by=therapist, at=clock.now()
    )
    stands = queries.session(second.id)
    assert (stands.number, stands.state, stands.starts_at) == (2, "planned", None)
    again = Slot(second.id, at(12, 15, 9), 50, queries.Mode.VIDEO, "")
    service.book(bookings=[again], by=therapist, at=clock.now())
    assert queries.session(second.id).mode == "video"


def test_how_it_went_can_be_said_from_its_start_on_and_corrected(
    therapist: Viewer, booked: str, portal: FrozenClock
) -> None:
    first = care.sessions(therapist, booked)[0]
    with pytest.raises(Refused, match="not_yet"):
        service.attended(session_id=first.id, seen_version=first.version, by=therapist, at=clock.now())
    portal.move_to(at(12, 7) + timedelta(minutes=50))
    service.missed(session_id=first.id, seen_version=first.version, by=therapist, at=clock.now())
    service.attended(session_id=first.id, seen_version=first.version + 1, by=therapist, at=clock.now())
    service.attended(session_id=first.id, seen_version=0, by=therapist, at=clock.now())  # again: harmless
    assert queries.session(first.id).state == "attended"


@pytest.mark.hazard("H23")
def test_a_missed_session_is_booked_again_under_the_same_number(
    therapist: Viewer, booked: str, portal: FrozenClock
) -> None:
    first = care.sessions(therapist, booked)[0]
    portal.move_to(at(12, 8))
    service.missed(session_id=first.id, seen_version=first.version, by=therapist, at=clock.now())
    again = Slot(first.id, at(12, 10, 9), 50, queries.Mode.PHONE, "")
    service.book(bookings=[again], by=therapist, at=clock.now())
    stands = queries.session(first.id)
    assert (stands.number, stands.definition_id, stands.starts_at) == (1, "core_om", at(12, 10, 9))


def test_the_worker_sees_sessions_to_come_soonest_first(
    therapist: Viewer, booked: str, portal: FrozenClock
) -> None:
    portal.move_to(at(12, 7, 14, 1))
    assert [facts.number for facts in queries.upcoming(clock.now())] == [2, 3, 4, 5, 6]
    following = queries.following(care.sessions(therapist, booked)[4].id)
    assert following
    assert following.number == 6
