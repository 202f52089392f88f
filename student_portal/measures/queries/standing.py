"""Where the form of one session stands. Says how many questions are answered, never what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlmodel import col, func, select

from questionnaires import load
from student_portal.episodes import queries as episodes
from student_portal.episodes.queries import SessionFacts
from student_portal.foundation import clock, db
from student_portal.measures.models import (
    Answer,
    DeclineReason,
    QuestionnaireResponse,
    ResponseEvent,
    ResponseState,
    Score,
)
from student_portal.measures.queries.manner import Manner, manner
from student_portal.measures.window import Window, has_moved_far, opening, window
from student_portal.settings import queries as settings

DESTROYED = "destroyed"  # the step of a form whose unsent answers were destroyed


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


def form_state(session_id: str, *, at: datetime | None = None) -> FormState | None:
    """Where the form stands at that moment (now, unless said); None for a session without a form.

    Raises NotFound for a session that does not exist. The caller has settled who may know.
    """
    facts = episodes.session(session_id)
    if facts.definition_id is None:
        return None
    return state_of(facts, attempts(session_id), at or clock.now())


def form_not_sent(session_id: str, *, at: datetime | None = None) -> bool:
    """Whether the student has, or will have, something to fill in and send, so that a text may say so."""
    state = form_state(session_id, at=at)
    return state is not None and state.stage not in (Stage.SENT, Stage.DECLINED, Stage.CLOSED)


def attempts(session_id: str) -> list[QuestionnaireResponse]:
    """Every filling-in for this session, newest first."""
    with db.read() as unit:
        theirs = select(QuestionnaireResponse).where(QuestionnaireResponse.session_id == session_id)
        newest = theirs.order_by(
            col(QuestionnaireResponse.attempt).desc(), col(QuestionnaireResponse.version).desc()
        )
        return list(unit.exec(newest).all())


def counting(facts: SessionFacts, tried: Sequence[QuestionnaireResponse]) -> QuestionnaireResponse | None:
    """The filling-in that counts: the latest sent one that is not stale, else the newest.

    A change of a sent form counts from its own Send; until then it is not here at all.
    """
    known = [row for row in tried if row.version == 1 or row.state == ResponseState.SENT]
    fresh = (row for row in known if row.state == ResponseState.SENT and not is_stale(row, facts.starts_at))
    return next(fresh, known[0] if known else None)


def amend_until(facts: SessionFacts, row: QuestionnaireResponse | None, at: datetime) -> datetime | None:
    """Until when a student may change this sent form: the session's start. None: too late, or never."""
    if row is None or row.state != ResponseState.SENT or row.entered_by or facts.starts_at is None:
        return None
    if at > facts.starts_at or is_stale(row, facts.starts_at) or facts.has_ended:
        return None
    return facts.starts_at


def is_stale(row: QuestionnaireResponse, starts_at: datetime | None) -> bool:
    """Whether the session now stands far from where it stood at Send; a session without a date does not."""
    if row.starts_at_send is None or starts_at is None:
        return False
    return has_moved_far(row.starts_at_send, starts_at, settings.current())


def state_of(
    facts: SessionFacts,
    tried: Sequence[QuestionnaireResponse],
    at: datetime,
    given: Sequence[Answer] | None = None,
) -> FormState:
    """The same as `form_state`, for callers that hold the rows already, perhaps the answers too."""
    row = counting(facts, tried)
    unsent = row if row and row.state != ResponseState.SENT else None
    reached, answered, last_saved_at = _progress(unsent, given)
    times = window_of(facts, unsent, last_saved_at)
    is_open = times is not None and times.is_open(at) and not facts.has_ended
    stage = _stage(facts, row, times, at, is_open=is_open, reached=reached)
    sent = row if row and row.state == ResponseState.SENT else None
    definition = load(str(facts.definition_id), row.definition_version if row else None)
    return FormState(
        session_id=facts.id,
        definition_id=definition.id,
        stage=stage,
        items=len(definition.items),
        answered=_answered(sent) if sent else answered,
        window=times,
        response_id=row.id if row else None,
        sent_at=sent.sent_at if sent else None,
        is_late=bool(sent and sent.is_late),
        can_fill=is_open and stage is not Stage.SENT,
        version=row.version if row else 1,
        amend_until=amend_until(facts, sent, at),
        declined_because=_reason(row) if row and stage is Stage.DECLINED else None,
        manner=manner(sent) if sent else None,
    )


def _progress(
    row: QuestionnaireResponse | None, given: Sequence[Answer] | None
) -> tuple[int, int, datetime | None]:
    """How many questions of an unsent form were reached and answered, and when the last one was saved."""
    if row is None:
        return 0, 0, None
    if given is not None:
        answered = sum(answer.position_sealed is not None for answer in given)
        return len(given), answered, max((answer.answered_at for answer in given), default=None)
    with db.read() as unit:
        count = select(func.count(), func.count(col(Answer.position_sealed)), func.max(Answer.answered_at))
        reached, answered, last = unit.exec(count.where(Answer.response_id == row.id)).one()
        return reached, answered, last


def window_of(
    facts: SessionFacts, unsent: QuestionnaireResponse | None, last_saved_at: datetime | None
) -> Window | None:
    """The form's times; None while the session has no date."""
    if facts.starts_at is None:
        return None
    rules = settings.current()
    following = episodes.following(facts.id)
    next_starts_at = following.starts_at if following else None
    return window(
        starts_at=facts.starts_at,
        next_opens_at=opening(next_starts_at, rules) if next_starts_at else None,
        begun_at=unsent.opened_at if unsent else None,
        last_saved_at=last_saved_at,
        rules=rules,
    )


def _stage(
    facts: SessionFacts,
    row: QuestionnaireResponse | None,
    times: Window | None,
    at: datetime,
    *,
    is_open: bool,
    reached: int,
) -> Stage:
    if row and row.state == ResponseState.SENT:
        return Stage.STALE if is_stale(row, facts.starts_at) else Stage.SENT
    if row and row.state == ResponseState.DECLINED:
        return Stage.DECLINED
    if not facts.has_ended and (times is None or at < times.opens_at):
        return Stage.NOT_OPEN
    if not is_open:
        return Stage.CLOSED
    return Stage.STARTED if reached else Stage.NOT_STARTED


def _answered(row: QuestionnaireResponse) -> int:
    """How many questions of a sent form were answered."""
    with db.read() as unit:
        whole = select(Score.answered).where(
            Score.response_id == row.id, Score.definition_id == row.definition_id, Score.scale == "all"
        )
        return unit.exec(whole).one()


def _reason(row: QuestionnaireResponse) -> DeclineReason | None:
    """What the student said when they declined it last."""
    steps = select(ResponseEvent.reason).where(
        ResponseEvent.response_id == row.id,
        ResponseEvent.state == ResponseState.DECLINED,
        ResponseEvent.reason != DESTROYED,
    )
    with db.read() as unit:
        said = unit.exec(steps.order_by(col(ResponseEvent.id).desc())).first()
        return DeclineReason(said) if said else None
