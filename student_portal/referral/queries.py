"""What a student has written so far and what became of it; and the team's board of requests that wait."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import col, select

from student_portal.access.queries import Role, Viewer, require_sight, visible_people
from student_portal.accounts import queries as accounts
from student_portal.duty import queries as duty
from student_portal.duty.queries import TaskKind
from student_portal.foundation import clock, crypto, db
from student_portal.foundation.errors import NotFound
from student_portal.institutions import queries as institutions
from student_portal.referral.draft import Answer, Draft, advise_on
from student_portal.referral.eligibility import Reason, age
from student_portal.referral.models import Advice, Referral, ReferralDraft, ReferralEvent, ReferralState
from student_portal.signposting.queries import PageKey

__all__ = [
    "Advice",
    "Answer",
    "Draft",
    "Mine",
    "Outcome",
    "Reason",
    "ReferralFacts",
    "ReferralState",
    "Sent",
]


@dataclass(frozen=True)
class Sent:
    """What the student sees after Send; `reminders` is whether they chose to get messages."""

    reference: str
    reply_by: date
    channel: str
    reminders: bool
    institution: str  # an organisation's id, or "another"
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Outcome:
    """Another route was agreed: when, which written page goes with it, and the team's own words."""

    decided_at: datetime
    page: PageKey
    words: str


@dataclass(frozen=True)
class Mine:
    """A student's own request on their home page."""

    referral_id: str
    state: ReferralState
    reply_by: date


@dataclass(frozen=True)
class ReferralFacts:
    """One sent request, as the team reads it.

    `answers` stand as they were sent. `days_left` counts working days and is negative when the promise to
    the student is broken. The owner is whoever took it; nobody yet: the team.
    """

    id: str
    person_id: str
    name: str
    institution: str
    reference: str
    submitted_at: datetime
    reply_by: date
    days_left: int
    state: ReferralState
    version: int
    advice: Advice
    reasons: tuple[Reason, ...]
    age: int
    answers: Mapping[str, Answer]
    task_id: str | None
    owner_id: str | None
    owner: str | None


def draft(viewer: Viewer) -> Draft:
    """The request this browser is writing. Raises NotFound."""
    with db.read() as session:
        row = session.get(ReferralDraft, viewer.about) if _is_writing(viewer) else None
        if row is None:
            raise NotFound("draft")
        return _read(row)


def can_be_opened(viewer: Viewer) -> bool:
    """Whether date of birth was given in it and opens it again; without that, a later visit starts afresh."""
    try:
        return "born" in draft(viewer).answers
    except NotFound:
        return False


def draft_behind(secret: str | None) -> Draft | None:
    """The draft whose cookie this is. Show nothing of it before date of birth is given."""
    if not secret:
        return None
    with db.read() as session:
        mine = select(ReferralDraft).where(ReferralDraft.secret_hash == crypto.digest(secret))
        row = session.exec(mine).first()
        return _read(row) if row else None


def sent(viewer: Viewer) -> Sent:
    """What came of the request this browser wrote, once it was sent. Raises NotFound."""
    with db.read() as session:
        mine = select(Referral).where(Referral.draft_id == viewer.about)
        row = session.exec(mine).first() if _is_writing(viewer) else None
        if row is None:
            raise NotFound("referral")
        _, reasons = advise_on(row.answers, on=clock.london(row.submitted_at).date())
        return Sent(
            reference=_spaced(row.reference),
            reply_by=row.reply_by,
            channel=row.answers["contact"]["channel"],
            reminders=row.answers["messages"]["value"] == "yes",
            institution=row.answers["institution"]["value"],
            reasons=reasons,
        )


def latest(viewer: Viewer, person_id: str) -> Mine | None:
    """A student's newest request. Raises NotFound for a viewer without access."""
    require_sight(viewer, person_id)
    with db.read() as session:
        newest = select(Referral).where(Referral.person_id == person_id).order_by(col(Referral.id).desc())
        row = session.exec(newest).first()
        return Mine(row.id, row.state, row.reply_by) if row else None


def reference_of(viewer: Viewer, person_id: str) -> str:
    """The reference of a student's newest request, as people quote it; empty if they never sent one.

    Raises NotFound for a viewer without access.
    """
    require_sight(viewer, person_id)
    with db.read() as session:
        newest = select(Referral).where(Referral.person_id == person_id).order_by(col(Referral.id).desc())
        row = session.exec(newest).first()
        return _spaced(row.reference) if row else ""


def by_reference(viewer: Viewer, text: str) -> str | None:
    """The student whose request has this reference, written with or without its space; None: nobody's the
    viewer may open.
    """
    bare = "".join(text.split()).upper()
    with db.read() as session:
        theirs = select(Referral.person_id).where(
            Referral.reference_index == crypto.blind(bare, purpose="reference"),
            col(Referral.person_id).in_(visible_people(viewer)),
        )
        return session.exec(theirs).first()


def taken_on_with(key: str) -> str | None:
    """The student whom a therapist added with this key of theirs already, whoever looks after them now."""
    with db.read() as session:
        return session.exec(select(Referral.person_id).where(Referral.draft_id == key)).first()


def outcome(viewer: Viewer, person_id: str) -> Outcome | None:
    """What was agreed on a student's newest request, if it was another route. Raises NotFound for a viewer
    without access.
    """
    mine = latest(viewer, person_id)
    if mine is None or mine.state is not ReferralState.SIGNPOSTED:
        return None
    with db.read() as session:
        row = session.exec(
            select(ReferralEvent).where(
                ReferralEvent.referral_id == mine.referral_id, ReferralEvent.state == ReferralState.SIGNPOSTED
            )
        ).first()
        if row is None:
            return None
        page = PageKey(row.page) if row.page in set(PageKey) else PageKey.ANOTHER
        return Outcome(row.at, page, row.reason or "")


def board(viewer: Viewer, *, at: datetime) -> list[ReferralFacts]:
    """The requests that wait for a decision, the oldest promise first, whatever anybody answered."""
    with db.read() as session:
        waiting = (
            select(Referral)
            .where(
                Referral.state == ReferralState.SUBMITTED,
                col(Referral.person_id).in_(visible_people(viewer)),
            )
            .order_by(col(Referral.reply_by), col(Referral.submitted_at), col(Referral.id))
        )
        return [_request(viewer, row, at=at) for row in session.exec(waiting)]


def one(viewer: Viewer, referral_id: str, *, at: datetime) -> ReferralFacts:
    """One request. Raises NotFound, also for a viewer who may not open it; the caller records the reading."""
    with db.read() as session:
        row = session.get(Referral, referral_id)
        if row is None or not row.answers:  # staff took the student on: nothing was asked
            raise NotFound("referral")
        require_sight(viewer, row.person_id)
        return _request(viewer, row, at=at)


def _request(viewer: Viewer, row: Referral, *, at: datetime) -> ReferralFacts:
    sent_on = clock.london(row.submitted_at).date()
    answers = row.answers
    _, reasons = advise_on(answers, on=sent_on)
    studies = institutions.enrolment(viewer, row.person_id)
    task = duty.task_for(TaskKind.NEW_REFERRAL, row.id)
    owner_id = task.owner_id if task else None
    return ReferralFacts(
        id=row.id,
        person_id=row.person_id,
        name=accounts.name_of(viewer, row.person_id),
        institution=studies.name if studies else "",
        reference=_spaced(row.reference),
        submitted_at=row.submitted_at,
        reply_by=row.reply_by,
        days_left=duty.calendar(at).days_left(clock.london(at).date(), row.reply_by),
        state=row.state,
        version=row.version,
        advice=row.advice,
        reasons=reasons,
        age=age(date.fromisoformat(answers["born"]["value"]), on=clock.london(at).date()),
        answers=answers,
        task_id=task.id if task else None,
        owner_id=owner_id,
        owner=accounts.staff_name(owner_id) if owner_id else None,
    )


def _spaced(reference: str) -> str:
    return f"{reference[:3]} {reference[3:]}"


def _is_writing(viewer: Viewer) -> bool:
    return viewer.role == Role.DRAFT and viewer.about is not None


def _read(row: ReferralDraft) -> Draft:
    return Draft(row.id, row.answers, row.contact_proved_at is not None)
