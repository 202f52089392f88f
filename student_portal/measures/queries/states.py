"""What the state of a form follows from. Asks the database for nothing but settings nobody handed over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from questionnaires import load
from student_portal.episodes.queries import SessionFacts
from student_portal.measures.models import DeclineReason, QuestionnaireResponse, ResponseState
from student_portal.measures.queries.manner import Manner
from student_portal.measures.window import Window, has_moved_far, opening, window
from student_portal.settings import queries as settings
from student_portal.settings.queries import ServiceSettings


class Stage(StrEnum):
    """Where a form stands; each is a state that staff and student read in words."""

    NOT_OPEN = "not_open"  # its time has not come, or the session has no date
    NOT_STARTED = "not_started"
    STARTED = "started"
    SENT = "sent"
    DECLINED = "declined"
    CLOSED = "closed"  # not sent, and too late now, or the sessions were ended
    STALE = "stale"  # sent, but the session moved far since: a fresh one can be sent


@dataclass(frozen=True)
class FormState:
    """One session's form. `answered` of `items`; `window` is None while the session has no date.

    `response_id` is the filling-in that counts: the one sent, or the open or declined one; None before the
    first. `sent_at`, `is_late` and `manner` belong to a sent one, a stale one included. `version` is above 1
    once the student changed what they had sent, which they may until `amend_until`; None: not, or not any
    more. `declined_because`: why a declined one was, if the student said.
    """

    session_id: str
    definition_id: str
    stage: Stage
    items: int
    answered: int
    window: Window | None
    response_id: str | None
    sent_at: datetime | None
    is_late: bool
    can_fill: bool
    version: int
    amend_until: datetime | None
    declined_because: DeclineReason | None
    manner: Manner | None

    @property
    def is_changed(self) -> bool:
        return self.version > 1

    @property
    def state(self) -> str:
        """The stage as a plain word: "started"."""
        return self.stage.value

    @property
    def opens_at(self) -> datetime | None:
        return self.window.opens_at if self.window else None

    @property
    def closes_at(self) -> datetime | None:
        return self.window.closes_at if self.window else None


@dataclass(frozen=True)
class Around:
    """What a form's state depends on besides its session and its row: how far an unsent one is, when the next
    form's session starts, why it was declined, how a sent one came in.
    """

    reached: int = 0
    answered: int = 0
    last_saved_at: datetime | None = None
    next_starts_at: datetime | None = None
    reason: DeclineReason | None = None
    manner: Manner | None = None


def counting(
    facts: SessionFacts, tried: Sequence[QuestionnaireResponse], rules: ServiceSettings | None = None
) -> QuestionnaireResponse | None:
    """The filling-in that counts: the latest sent one that is not stale, else the newest.

    A change of a sent form counts from its own Send; until then it is not here at all.
    """
    known = [row for row in tried if row.version == 1 or row.state == ResponseState.SENT]
    sent = (row for row in known if row.state == ResponseState.SENT)
    fresh = (row for row in sent if not is_stale(row, facts.starts_at, rules))
    return next(fresh, known[0] if known else None)


def amend_until(
    facts: SessionFacts,
    row: QuestionnaireResponse | None,
    at: datetime,
    rules: ServiceSettings | None = None,
) -> datetime | None:
    """Until when a student may change this sent form: the session's start. None: too late, or never."""
    if row is None or row.state != ResponseState.SENT or row.entered_by or facts.starts_at is None:
        return None
    if at > facts.starts_at or is_stale(row, facts.starts_at, rules) or facts.has_ended:
        return None
    return facts.starts_at


def is_stale(
    row: QuestionnaireResponse, starts_at: datetime | None, rules: ServiceSettings | None = None
) -> bool:
    """Whether the session now stands far from where it stood at Send; a session without a date does not.

    `rules` are the service's settings, where the caller holds them.
    """
    if row.starts_at_send is None or starts_at is None:
        return False
    return has_moved_far(row.starts_at_send, starts_at, rules or settings.current())


def state_from(
    facts: SessionFacts,
    row: QuestionnaireResponse | None,
    around: Around,
    at: datetime,
    rules: ServiceSettings,
) -> FormState:
    """A form's state from all that it depends on; asks the database nothing."""
    unsent = row if row and row.state != ResponseState.SENT else None
    sent = row if row and row.state == ResponseState.SENT else None
    times = window_around(facts, unsent, around, rules)
    is_open = times is not None and times.is_open(at) and not facts.has_ended
    stage = _stage(facts, row, times, at, rules, is_open=is_open, reached=around.reached)
    definition = load(str(facts.definition_id), row.definition_version if row else None)
    return FormState(
        session_id=facts.id,
        definition_id=definition.id,
        stage=stage,
        items=len(definition.items),
        answered=around.answered,
        window=times,
        response_id=row.id if row else None,
        sent_at=sent.sent_at if sent else None,
        is_late=bool(sent and sent.is_late),
        can_fill=is_open and stage is not Stage.SENT,
        version=row.version if row else 1,
        amend_until=amend_until(facts, sent, at, rules),
        declined_because=around.reason if stage is Stage.DECLINED else None,
        manner=around.manner,
    )


def window_around(
    facts: SessionFacts, unsent: QuestionnaireResponse | None, around: Around, rules: ServiceSettings
) -> Window | None:
    """The form's times; None while the session has no date."""
    if facts.starts_at is None:
        return None
    return window(
        starts_at=facts.starts_at,
        next_opens_at=opening(around.next_starts_at, rules) if around.next_starts_at else None,
        begun_at=unsent.opened_at if unsent else None,
        last_saved_at=around.last_saved_at,
        rules=rules,
    )


def _stage(
    facts: SessionFacts,
    row: QuestionnaireResponse | None,
    times: Window | None,
    at: datetime,
    rules: ServiceSettings,
    *,
    is_open: bool,
    reached: int,
) -> Stage:
    if row and row.state == ResponseState.SENT:
        return Stage.STALE if is_stale(row, facts.starts_at, rules) else Stage.SENT
    if row and row.state == ResponseState.DECLINED:
        return Stage.DECLINED
    if not facts.has_ended and (times is None or at < times.opens_at):
        return Stage.NOT_OPEN
    if not is_open:
        return Stage.CLOSED
    return Stage.STARTED if reached else Stage.NOT_STARTED
