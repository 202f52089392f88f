"""What a student permits at a moment, and the ledger of how it came to be."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from student_portal.access.queries import Viewer, require_sight
from student_portal.consent.models import ConsentDecision, Decision, Scope
from student_portal.consent.texts import TEXTS, ConsentText
from student_portal.foundation import db
from student_portal.foundation.prepared import Columns, columns, prepared
from student_portal.messaging.queries import Channel

__all__ = ["SCOPE", "ConsentText", "Decision", "Entry", "Scope", "Standing"]

SCOPE = {Channel.SMS: Scope.SMS, Channel.EMAIL: Scope.EMAIL}
"""The permission that a message on each channel needs."""


@dataclass(frozen=True)
class Standing:
    """What stands for one scope. `since` None: never asked, so not given, and by nobody. `by_student`: as in
    `Entry`.
    """

    scope: Scope
    decision: Decision
    since: datetime | None
    text_version: str
    by_student: bool

    @property
    def given(self) -> bool:
        return self.decision is Decision.GIVEN


@dataclass(frozen=True)
class Entry:
    """One line of the ledger. `by_student`: the student decided it themselves in the portal; otherwise a
    person in the team entered it, as told.
    """

    at: datetime
    scope: Scope
    recipient: str
    decision: Decision
    text_version: str
    channel: str
    by_student: bool


def allows(scope: Scope, recipient: str, person_id: str, at: datetime) -> bool:
    """Whether the student permits this at that moment; never asked means no.

    Asked at the moment of sending or reading, never kept for later. `recipient` is empty for the team.
    """
    return person_id in who_allow(scope, recipient, [person_id], at)


def who_allow(scope: Scope, recipient: str, people: Collection[str], at: datetime) -> set[str]:
    """Which of these students permit it at that moment, as `allows` says for one."""
    decided = _decisions(people=list(people), scope=scope, recipient=recipient, at=at) if people else ()
    newest = {row.person_id: row.decision for row in decided}
    return {person_id for person_id, decision in newest.items() if decision is Decision.GIVEN}


@prepared
def _decisions(people: Collection[str], scope: Scope, recipient: str, at: datetime) -> Columns:
    """Whose and what, oldest first."""
    decided = columns(ConsentDecision.person_id, ConsentDecision.decision).where(
        col(ConsentDecision.person_id).in_(people),
        col(ConsentDecision.scope) == scope,
        col(ConsentDecision.recipient) == recipient,
        col(ConsentDecision.at) <= at,
    )
    return decided.order_by(col(ConsentDecision.at), col(ConsentDecision.id))


def standing(viewer: Viewer, person_id: str) -> list[Standing]:
    """What stands towards the team, scope by scope. Raises NotFound for a viewer without access."""
    require_sight(viewer, person_id)
    newest: dict[Scope, Standing] = {}
    for row in _towards_the_team(person_id=person_id):
        own = _is_own(row.by, person_id)
        newest.setdefault(row.scope, Standing(row.scope, row.decision, row.at, row.text_version, own))
    return [newest.get(scope, Standing(scope, Decision.NOT_GIVEN, None, "", False)) for scope in Scope]


def _is_own(by: str | None, person_id: str) -> bool:
    """Whether the student entered their decision themselves."""
    return by == person_id


@prepared
def _towards_the_team(person_id: str) -> Columns:
    """What was said and who entered it, newest first."""
    said = columns(
        ConsentDecision.scope,
        ConsentDecision.decision,
        ConsentDecision.at,
        ConsentDecision.text_version,
        ConsentDecision.by,
    )
    theirs = said.where(col(ConsentDecision.person_id) == person_id, col(ConsentDecision.recipient) == "")
    return theirs.order_by(col(ConsentDecision.at).desc(), col(ConsentDecision.id).desc())


def ledger(viewer: Viewer, person_id: str) -> list[Entry]:
    """Every decision, newest first. Raises NotFound for a viewer without access."""
    require_sight(viewer, person_id)
    with db.read() as session:
        return [
            Entry(
                at=row.at,
                scope=row.scope,
                recipient=row.recipient,
                decision=row.decision,
                text_version=row.text_version,
                channel=row.channel,
                by_student=_is_own(row.by, person_id),
            )
            for row in session.exec(_newest_first(person_id))
        ]


def text(scope: Scope) -> ConsentText:
    """The words in which this permission is asked for now."""
    return TEXTS[scope]


def _newest_first(person_id: str) -> SelectOfScalar[ConsentDecision]:
    return (
        select(ConsentDecision)
        .where(ConsentDecision.person_id == person_id)
        .order_by(col(ConsentDecision.at).desc(), col(ConsentDecision.id).desc())
    )
