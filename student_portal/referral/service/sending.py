"""Sending a request: everything that it brings about happens in one transaction, once."""

from datetime import date, datetime, time, timedelta

from sqlmodel import select

from student_portal.access import service as access
from student_portal.access.queries import Role
from student_portal.access.service import CareKind
from student_portal.accounts import service as accounts
from student_portal.audit.queries import Actor
from student_portal.consent import service as consent
from student_portal.consent.queries import SCOPE, Decision, Scope
from student_portal.duty import queries as calendar
from student_portal.duty import service as duty
from student_portal.duty.queries import TaskKind
from student_portal.foundation import clock, crypto, db, ids
from student_portal.foundation.errors import Conflict, NotFound, Refused
from student_portal.institutions import service as institutions
from student_portal.institutions.queries import GpAnswer
from student_portal.messaging import service as messaging
from student_portal.messaging.queries import Channel
from student_portal.referral.draft import Draft, advise_on
from student_portal.referral.models import Referral, ReferralDraft, ReferralState
from student_portal.referral.questions import ANOTHER, YES
from student_portal.referral.service.history import remember
from student_portal.settings import queries as settings


def submit(*, draft_id: str, digest: str, by: Actor, at: datetime) -> str:
    """Send the request as it was shown; gives the referral's id, the same one however often it is pressed.

    The person, their contact, university and GP, their permissions, the team's access, the task with its
    date and the confirmation come about in one transaction, and the draft is gone. Raises Conflict when the
    answers are not those that were shown, Refused("incomplete") when something is missing or the student
    does not want to be contacted, and NotFound when there is neither a draft nor a request.
    """
    with db.write() as session:
        try:
            row = db.locked(ReferralDraft, draft_id)
        except NotFound:
            return _already_sent(draft_id)
        draft = Draft(row.id, row.answers, row.contact_proved_at is not None)
        if draft.digest != digest:
            raise Conflict
        if not draft.may_be_sent:
            raise Refused("incomplete")
        student = _create_student(draft, by=by, at=at)
        referral = _create_referral(draft, by=student, at=at)
        _record_permissions(draft, student, at=at)
        _tell_the_team(referral, by=student, at=at)
        _confirm(draft, referral, by=student, at=at)
        session.delete(row)
        accounts.drop_words(owner=row.id, by=by, at=at)
        return referral.id


def _already_sent(draft_id: str) -> str:
    with db.read() as session:
        found = session.exec(select(Referral.id).where(Referral.draft_id == draft_id)).first()
        if found is None:
            raise NotFound("draft")
        return found


def _create_student(draft: Draft, *, by: Actor, at: datetime) -> Actor:
    safe = draft.answers["safe"]
    person_id = accounts.create_student(
        name=draft.value("name"),
        born=date.fromisoformat(draft.value("born")),
        channel=Channel(draft.channel),
        address=draft.value("contact"),
        safety=": ".join(filter(None, (safe["value"], safe.get("words", "")))),
        language="en-GB",
        by=by,
        at=at,
    )
    student = Actor(by.service_id, person_id, Role.STUDENT)
    place = draft.answers["institution"]
    institutions.record_enrolment(
        person_id=person_id,
        organisation_id=None if place["value"] == ANOTHER else place["value"],
        other=place.get("words", "") if place["value"] == ANOTHER else "",
        source="student",
        by=student,
        at=at,
    )
    institutions.record_gp(
        person_id=person_id, answer=GpAnswer(draft.value("gp")), source="student", by=student, at=at
    )
    return student


def _create_referral(draft: Draft, *, by: Actor, at: datetime) -> Referral:
    with db.write() as session:
        advice, _ = advise_on(draft.answers, on=clock.london(at).date())
        reference = ids.reference()
        made = Referral(
            service_id=by.service_id,
            person_id=str(by.person_id),
            draft_id=draft.id,
            submitted_at=at,
            reply_by=reply_by(at),
            state=ReferralState.SUBMITTED,
            advice=advice,
            reference_index=crypto.blind(reference, purpose="reference"),
        )
        made.reference = reference
        made.answers = dict(draft.answers)
        session.add(made)
        session.flush()
        remember(made, verb="referral.submit", reason=None, by=by, at=at)
        return made


def reply_by(received: datetime) -> date:
    """The date by which the student will hear: two weeks, moved back to the last working day (rules.md)."""
    fortnight = clock.london(received).date() + timedelta(days=settings.current().reply_days)
    return calendar.calendar(received).last_working_day(fortnight)


def _record_permissions(draft: Draft, student: Actor, *, at: datetime) -> None:
    messages = SCOPE[Channel(draft.channel)]
    for key, scope in (("service", Scope.SERVICE), ("forms", Scope.DIGITAL_FORMS), ("messages", messages)):
        consent.record(
            person_id=str(student.person_id),
            scope=scope,
            decision=Decision.GIVEN if draft.value(key) == YES else Decision.NOT_GIVEN,
            text_version=f"ask-{draft.answers[key]['version']}",  # the words of questions.py, not of /choices
            language="en-GB",
            channel="portal",
            by=student,
            at=at,
        )


def _tell_the_team(referral: Referral, *, by: Actor, at: datetime) -> None:
    access.begin_care(person_id=referral.person_id, kind=CareKind.TRIAGE, staff_id=None, by=by, at=at)
    duty.raise_task(
        kind=TaskKind.NEW_REFERRAL,
        subject=("referral", referral.id),
        person_id=referral.person_id,
        owner_id=None,
        due_at=clock.in_london(referral.reply_by, time(17)),
        by=by,
        at=at,
    )


def _confirm(draft: Draft, referral: Referral, *, by: Actor, at: datetime) -> None:
    if draft.value("messages") != YES:
        return
    messaging.queue(
        kind="received",
        channel=Channel(draft.channel),
        recipient_id=referral.person_id,
        facts={"reply_by": referral.reply_by.isoformat()},
        about=referral.id,
        due_at=at,
        expires_at=at + timedelta(days=2),
        by=by,
        at=at,
    )
