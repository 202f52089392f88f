"""People in care, for tests of the rooms that begin where a request ends: rows, not journeys."""

from datetime import date, datetime, time, timedelta
from itertools import count

from flask.testing import FlaskClient

from questionnaires import load
from student_portal.access import service as access
from student_portal.access.queries import Role, Viewer
from student_portal.access.service import CareKind
from student_portal.accounts import service as accounts
from student_portal.accounts.models import ContactPoint, NameWord, Person
from student_portal.accounts.queries import name_words, word_mark
from student_portal.consent.models import ConsentDecision, Decision, Scope
from student_portal.episodes import queries as episodes
from student_portal.episodes import service
from student_portal.episodes.queries import Mode, SessionFacts
from student_portal.episodes.service import Slot
from student_portal.foundation import clock, crypto, db, ids
from student_portal.measures import service as measures
from student_portal.messaging.models import Channel
from student_portal.messaging.queries import address_mark
from student_portal.referral.models import Advice, Referral, ReferralState
from tests.support.staff import signed_in

_numbers = count(900001)


def person(service_id: str, name: str, *, is_staff: bool = False) -> str:
    """Somebody we know by name only."""
    with db.write() as session:
        row = Person(service_id=service_id, is_staff=is_staff, created_at=clock.now())
        row.name, row.born = name, None if is_staff else "2004-05-17"
        session.add(row)
        session.flush()
        for word in () if is_staff else name_words(name):
            session.add(NameWord(person_id=row.id, word_index=word_mark(word)))
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
            address_index=address_mark(Channel.SMS, number),
            since=at,
            proved_at=at,
        )
        contact.address = number
        session.add(contact)
        session.flush()
        _permit(service_id, person_id, (Scope.SERVICE, Scope.DIGITAL_FORMS, *permits))
        reference = ids.reference()
        referral = Referral(
            service_id=service_id,
            person_id=person_id,
            draft_id=ids.new(),
            submitted_at=at,
            reply_by=clock.london(at).date() + timedelta(days=14),
            state=ReferralState.SUBMITTED,
            advice=Advice.TALK_TO_US,
            reference_index=crypto.blind(reference, purpose="reference"),
        )
        referral.reference, referral.answers = reference, {}
        session.add(referral)
        student = as_student(service_id, person_id)
        access.begin_care(person_id=person_id, kind=CareKind.TRIAGE, staff_id=None, by=student, at=at)
        return referral.id


def _permit(service_id: str, person_id: str, scopes: tuple[Scope, ...]) -> None:
    with db.write() as session:
        for scope in scopes:
            session.add(
                ConsentDecision(
                    service_id=service_id,
                    person_id=person_id,
                    scope=scope,
                    recipient="",
                    decision=Decision.GIVEN,
                    text_version="1",
                    language="en-GB",
                    at=clock.now(),
                    by=person_id,
                    channel="portal",
                )
            )


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
    """Slots a week apart at the same time on the wall, with three weeks before the sixth."""
    wall = clock.london(first)
    days = [0, 7, 14, 21, 28, 49]
    return [
        Slot(
            facts.id,
            clock.in_london(wall.date() + timedelta(days=gap), wall.time()),
            50,
            Mode.CAMPUS,
            "Room 2.14",
        )
        for facts, gap in zip(sessions(by, episode_id)[:numbers], days, strict=False)
    ]


def at_desk(browser: FlaskClient, name: str = "R. Okafor") -> Viewer:
    """A therapist who is signed in in this browser."""
    with signed_in(browser, Role.THERAPIST, name=name).session_transaction("/staff/") as cookie:
        viewer = accounts.viewer_from(secret=cookie["secret"], seen_real=None)
    assert viewer
    return viewer


def on_phone(browser: FlaskClient, service_id: str, person_id: str) -> Viewer:
    """A student who is signed in in this browser."""
    viewer = as_student(service_id, person_id)
    secret = accounts.start_session(
        role=Role.STUDENT, person_id=person_id, about=None, proved_by="code", by=viewer, at=clock.now()
    )
    with browser.session_transaction("/") as cookie:
        cookie["secret"] = secret
        cookie["seen"] = int(clock.real().timestamp())
    return viewer


def send_form(session_id: str, *ticked: int | None) -> str:
    """The student fills in and sends the form of one session; gives the response's id.

    `ticked`: the position for each item in order; items beyond the last one given get a 1, safety items a 0.
    """
    facts = episodes.session(session_id)
    student = as_student(_service_of(facts.person_id), facts.person_id)
    definition = load(str(facts.definition_id))
    for item in definition.items:
        usual = 0 if item.safety else 1
        position = ticked[item.number - 1] if item.number <= len(ticked) else usual
        measures.save_answer(
            session_id=session_id,
            item=item.number,
            position=position,
            proof_id=None,
            by=student,
            at=clock.now(),
        )
    return measures.send(session_id=session_id, by=student, at=clock.now())


def _service_of(person_id: str) -> str:
    with db.read() as session:
        return session.get_one(Person, person_id).service_id
