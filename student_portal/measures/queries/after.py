"""What a student is told after Send: who has read it, and until when it can be changed."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from student_portal.access.queries import Viewer, require_sight
from student_portal.accounts import queries as accounts
from student_portal.episodes import queries as episodes
from student_portal.foundation import db
from student_portal.measures.models import FormPreference, FormReading, QuestionnaireResponse
from student_portal.measures.queries.amending import change_of, versions
from student_portal.measures.queries.standing import amend_until, attempts, counting


@dataclass(frozen=True)
class Reading:
    """The first time somebody opened the form. `name` is a first name, where one is known."""

    name: str
    at: datetime


@dataclass(frozen=True)
class AfterSend:
    """What became of a sent form. `read` is about it as it stands now, `read_before` about earlier versions.

    `amend_until`: None once it cannot be changed. `has_begun_change`: a change lies there, unsent.
    """

    read: tuple[Reading, ...]
    read_before: tuple[Reading, ...]
    amend_until: datetime | None
    is_changed: bool
    has_begun_change: bool


def after_send(viewer: Viewer, session_id: str, *, at: datetime) -> AfterSend | None:
    """For the student who sent it; None while nothing sent counts. Raises NotFound."""
    with db.read():
        facts = episodes.session(session_id)
        require_sight(viewer, facts.person_id)
        tried = attempts(session_id)
        sent = counting(facts, tried)
        if sent is None or sent.sent_at is None:
            return None
        before = [row for row in versions(sent, tried) if row.version < sent.version]
        return AfterSend(
            read=_readings([sent]),
            read_before=_readings(before),
            amend_until=amend_until(facts, sent, at),
            is_changed=sent.version > 1,
            has_begun_change=change_of(sent, tried) is not None,
        )


def _readings(rows: list[QuestionnaireResponse]) -> tuple[Reading, ...]:
    """Who opened these, in the order of their first times; each person once."""
    if not rows:
        return ()
    with db.read() as unit:
        of_these = select(FormReading).where(col(FormReading.response_id).in_([row.id for row in rows]))
        first = {row.by: row.at for row in reversed(unit.exec(of_these.order_by(col(FormReading.at))).all())}
    in_order = sorted(first.items(), key=lambda pair: pair[1])
    return tuple(Reading(accounts.staff_first_name(by), at) for by, at in in_order)


def hides_numbers(viewer: Viewer, person_id: str) -> bool:
    """Whether this student chose to see no score. Raises NotFound for a viewer without access."""
    require_sight(viewer, person_id)
    with db.read() as unit:
        theirs = select(FormPreference.hides_numbers).where(FormPreference.person_id == person_id)
        return bool(unit.exec(theirs).first())
