"""People in care, for tests of the rooms that begin where a request ends: rows, not journeys."""

from datetime import date, datetime, time, timedelta
from itertools import count

from student_portal.access import service as access
from student_portal.access.queries import Role, Viewer
from student_portal.access.service import CareKind
from student_portal.accounts.models import ContactPoint, Person
from student_portal.consent.models import ConsentDecision, Decision, Scope
from student_portal.episodes import queries as episodes
from student_portal.episodes import service
from student_portal.episodes.queries import Mode, SessionFacts
from student_portal.episodes.service import Slot
from student_portal.foundation import clock, crypto, db, ids
from student_portal.messaging.models import Channel
from student_portal.referral.models import Advice, Referral, ReferralState

_numbers = count(900001)


def person(service_id: str, name: str, *, is_staff: bool = False) -> str:
    """Somebody we know by name only."""
    with db.write() as session:
        row = Person(service_id=service_id, is_staff=is_staff, created_at=clock.now())
        row.name, row.born = name, None if is_staff else "2004-05-17"
        session.add(row)
        session.flush()
        return row.id


def therapist(service_id: str, name: str = "R. Okafor") -> Viewer:
    return Viewer(service_id, person(service_id, name, is_staff=True), Role.THERAPIST)


def as_student(service_id: str, person_id: str) -> Viewer:
    return Viewer(service_id, person_id, Role.STUDENT)


def asked(service_id: str, name: str = "Sam Ashby", *, permits: tuple[Scope, ...] = (Scope.SMS,)) -> str:
    """A student with a phone whose request waits for a decision; gives the referral's id."""
    person_id = person(service_id, name)
    at = clock.now()
    with db.write() as session:
        number = f"+447700{next(_numbers)}"
        contact = ContactPoint(
            service_id=service_id,
            person_id=person_id,
            channel=Channel.SMS,
            address_index=crypto.blind(number, purpose="address"),
            since=at,
            proved_at=at,
        )
        contact.address = number
        session.add(contact)
        for scope in (Scope.SERVICE, Scope.DIGITAL_FORMS, *permits):
            session.add(
                ConsentDecision(
                    service_id=service_id,
                    person_id=person_id,
                    scope=scope,
                    recipient="",
                    decision=Decision.GIVEN,
                    text_version="1",
                    language="en-GB",
                    at=at,
                    channel="portal",
                )
            )
        referral = Referral(
            service_id=service_id,
            person_id=person_id,
            draft_id=ids.new(),
            submitted_at=at,
            reply_by=clock.london(at).date() + timedelta(days=14),
            state=ReferralState.SUBMITTED,
            advice=Advice.TALK_TO_US,
            reference_index=crypto.blind(ids.new(), purpose="reference"),
        )
        referral.reference, referral.answers = ids.reference(), {}
        session.add(referral)
        student = as_student(service_id, person_id)
        access.begin_care(person_id=person_id, kind=CareKind.TRIAGE, staff_id=None, by=student, at=at)
        return referral.id


def in_therapy(by: Viewer, name: str = "Sam Ashby", *, permits: tuple[Scope, ...] = (Scope.SMS,)) -> str:
    """A student this therapist accepted, with six sessions that have no date; gives the episode's id.

    Needs a programme.
    """
    return service.open_from_referral(
        referral_id=asked(by.service_id, name, permits=permits),
        therapist_id=str(by.person_id),
        seen_version=1,
        by=by,
        at=clock.now(),
    )


def sessions(by: Viewer, episode_id: str) -> tuple[SessionFacts, ...]:
    return episodes.episode(by, episode_id).sessions


def at(month: int, day: int, hour: int = 14, minute: int = 0) -> datetime:
    """A moment of 2026, or of 2027 from January to September, on London's clocks."""
    return clock.in_london(date(2027 if month < 10 else 2026, month, day), time(hour, minute))


def weekly(by: Viewer, episode_id: str, first: datetime, *, numbers: int = 6) -> list[Slot]:
    """Slots for the first sessions, a week apart at the same time on the wall, three weeks before the sixth."""
    wall = clock.london(first)
    days = [0, 7, 14, 21, 28, 49]
    return [
        Slot(facts.id, clock.in_london(wall.date() + timedelta(days=gap), wall.time()), 50, Mode.CAMPUS, "Room 2.14")
        for facts, gap in zip(sessions(by, episode_id)[:numbers], days, strict=False)
    ]
