"""Writing a request: every answer is kept at once, and is nobody's but the writer's."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hmac import compare_digest

from sqlmodel import col, select

from student_portal.accounts.queries import BORN, rests
from student_portal.accounts.service import count_try, drop_words
from student_portal.audit.queries import Actor
from student_portal.foundation import crypto, db
from student_portal.foundation.errors import Conflict, NotFound, Refused
from student_portal.institutions import queries as institutions
from student_portal.institutions.queries import Pathway
from student_portal.referral.draft import Answer
from student_portal.referral.models import ReferralDraft
from student_portal.referral.question import Kind, Question
from student_portal.referral.questions import question
from student_portal.settings import queries as settings

ABOUT_THE_CONTACT = ("safe", "messages")
"""Answers about one number or address; they lapse when another is given."""


@dataclass(frozen=True)
class Started:
    """A new draft, and the secret for the one cookie by which it is found again."""

    draft_id: str
    secret: str


def start(*, instead_of: str | None, by: Actor, at: datetime) -> Started:
    """Begin a request; what this browser wrote before (by the secret in its cookie) is destroyed."""
    secret = crypto.token()
    with db.write() as session:
        if instead_of:
            mine = select(ReferralDraft).where(ReferralDraft.secret_hash == crypto.digest(instead_of))
            for earlier in session.exec(mine):
                _destroy(earlier, by=by, at=at)
        made = ReferralDraft(
            service_id=by.service_id, secret_hash=crypto.digest(secret), started_at=at, touched_at=at
        )
        made.answers = {}
        session.add(made)
        session.flush()
        return Started(made.id, secret)


def save_answer(*, draft_id: str, key: str, answer: Answer, by: Actor, at: datetime) -> None:
    """Keep one answer, durably, until Send or for 14 days. The student's own writing is not audited.

    Raises NotFound when the draft is gone and Refused("choice") for a choice the question does not offer.
    A different contact must be proved again, and what was said about the old one lapses.
    """
    asked = question(key)
    if not _is_offered(asked, answer["value"]):
        raise Refused("choice")
    with db.write():
        draft = db.locked(ReferralDraft, draft_id)
        answers = dict(draft.answers)
        if asked.kind is Kind.CONTACT and answer["value"] != answers.get(key, {}).get("value"):
            draft.contact_proved_at = None
            for lapsed in ABOUT_THE_CONTACT:
                answers.pop(lapsed, None)
        answers[key] = {**answer, "version": asked.version}
        draft.answers = answers
        draft.touched_at = at


def _is_offered(asked: Question, code: str) -> bool:
    offered = {choice.code for choice in asked.choices}
    if asked.kind is Kind.PLACE:
        offered |= {place.id for place in institutions.listed(Pathway.THERAPY)}
    return not offered or code in offered


def contact_proved(*, draft_id: str, contact: str, by: Actor, at: datetime) -> None:
    """The code sent to this number or address came back. Raises Conflict if it is no longer the contact."""
    with db.write():
        draft = db.locked(ReferralDraft, draft_id)
        if draft.answers.get("contact", {}).get("value") != contact:
            raise Conflict
        draft.contact_proved_at = at
        draft.touched_at = at


def opens_with(*, draft_id: str, born: date, by: Actor, at: datetime) -> bool:
    """Whether this is the date of birth that was given in the draft.

    Raises NotFound when there is no draft that can be opened this way, and Refused("resting") for an hour
    after five wrong tries and Refused("shut") after fifteen in seven days.
    """
    with db.write():
        draft = db.locked(ReferralDraft, draft_id)
        if "born" not in draft.answers:
            raise NotFound("draft")
        if closed := rests(draft_id):
            raise Refused(closed)
        right = compare_digest(draft.answers["born"]["value"], born.isoformat())
        if not right:
            count_try(BORN, draft_id)
        return right


def discard(*, draft_id: str, by: Actor, at: datetime) -> None:
    """Destroy what was written; there is nothing to undo. A draft that is gone already is no error."""
    with db.write() as session:
        draft = session.get(ReferralDraft, draft_id)
        if draft is not None:
            _destroy(draft, by=by, at=at)


def _destroy(draft: ReferralDraft, *, by: Actor, at: datetime) -> None:
    """With what its writer may have posted while it was locked."""
    with db.write() as session:
        session.delete(draft)
        drop_words(owner=draft.id, by=by, at=at)


def destroy_old_drafts(*, by: Actor, at: datetime) -> int:
    """Destroy what nobody touched for the days that settings allow; gives how many."""
    limit = at - timedelta(days=settings.current().draft_days)
    with db.write() as session:
        old = session.exec(select(ReferralDraft).where(col(ReferralDraft.touched_at) <= limit)).all()
        for draft in old:
            _destroy(draft, by=by, at=at)
        return len(old)
