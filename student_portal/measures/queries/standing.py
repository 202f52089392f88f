"""Where the form of one session stands. Says how many questions are answered, never what."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col, func, select

from student_portal.episodes import queries as episodes
from student_portal.episodes.queries import SessionFacts
from student_portal.foundation import clock, db
from student_portal.foundation.prepared import Columns, columns, prepared
from student_portal.measures.models import (
    Answer,
    DeclineReason,
    QuestionnaireResponse,
    ResponseEvent,
    ResponseState,
    Score,
)
from student_portal.measures.queries.manner import manner
from student_portal.measures.queries.scores import WHOLE
from student_portal.measures.queries.states import (
    Around,
    FormState,
    Stage,
    amend_until,
    counting,
    is_stale,
    state_from,
    window_around,
)
from student_portal.measures.window import Window
from student_portal.settings import queries as settings

__all__ = ["FormState", "Stage", "amend_until", "counting", "is_stale"]

DESTROYED = "destroyed"  # the step of a form whose unsent answers were destroyed


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


def state_of(
    facts: SessionFacts,
    tried: Sequence[QuestionnaireResponse],
    at: datetime,
    given: Sequence[Answer] | None = None,
) -> FormState:
    """The same as `form_state`, for callers that hold the rows already, perhaps the answers too."""
    rules = settings.current()
    row = counting(facts, tried, rules)
    is_sent = row is not None and row.state == ResponseState.SENT
    reached, answered, last_saved_at = _progress(None if is_sent else row, given)
    following = episodes.following(facts.id) if facts.starts_at else None
    return state_from(
        facts,
        row,
        Around(
            reached=reached,
            answered=_answered(row) if row and is_sent else answered,
            last_saved_at=last_saved_at,
            next_starts_at=following.starts_at if following else None,
            reason=_reason(row) if row and row.state == ResponseState.DECLINED else None,
            manner=manner(row) if row and is_sent else None,
        ),
        at,
        rules,
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
    [(reached, answered, last)] = _counts(response_id=row.id)
    return reached, answered, last


@prepared
def _counts(response_id: str) -> Columns:
    """Questions reached, questions answered, and when the last one was saved."""
    given, last = func.count(col(Answer.position_sealed)), func.max(Answer.answered_at)
    return columns(func.count(), given, last).where(col(Answer.response_id) == response_id)


def window_of(
    facts: SessionFacts, unsent: QuestionnaireResponse | None, last_saved_at: datetime | None
) -> Window | None:
    """The form's times; None while the session has no date."""
    following = episodes.following(facts.id) if facts.starts_at else None
    around = Around(last_saved_at=last_saved_at, next_starts_at=following.starts_at if following else None)
    return window_around(facts, unsent, around, settings.current())


def _answered(row: QuestionnaireResponse) -> int:
    """How many questions of a sent form were answered."""
    [(answered,)] = _whole_scores(response_id=row.id, definition_id=row.definition_id)
    return int(answered)


@prepared
def _whole_scores(response_id: str, definition_id: str) -> Columns:
    return columns(Score.answered).where(
        col(Score.response_id) == response_id,
        col(Score.definition_id) == definition_id,
        col(Score.scale) == WHOLE,
    )


def _reason(row: QuestionnaireResponse) -> DeclineReason | None:
    """What the student said when they declined it last."""
    said = next((reason for (reason,) in _reasons(response_id=row.id)), None)
    return DeclineReason(said) if said else None


@prepared
def _reasons(response_id: str) -> Columns:
    """Newest first."""
    steps = columns(ResponseEvent.reason).where(
        col(ResponseEvent.response_id) == response_id,
        col(ResponseEvent.state) == ResponseState.DECLINED,
        col(ResponseEvent.reason) != DESTROYED,
    )
    return steps.order_by(col(ResponseEvent.id).desc()).limit(1)
