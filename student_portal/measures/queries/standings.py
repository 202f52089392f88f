"""Where the forms of many sessions stand, in as many statements as for one."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from student_portal.accounts import queries as accounts
from student_portal.episodes import queries as episodes
from student_portal.episodes.queries import EpisodeFacts, SessionFacts
from student_portal.foundation import db
from student_portal.foundation.prepared import Columns, columns, prepared, prepared_rows
from student_portal.measures.models import (
    Answer,
    DeclineReason,
    QuestionnaireResponse,
    ResponseEvent,
    ResponseState,
)
from student_portal.measures.queries.manner import manner
from student_portal.measures.queries.scores import WHOLE, Scores, scores_of
from student_portal.measures.queries.standing import DESTROYED
from student_portal.measures.queries.states import Around, FormState, counting, state_from
from student_portal.settings import queries as settings

Rows = list[QuestionnaireResponse]


@dataclass(frozen=True)
class _Known:
    """What stands around several forms, each by the form's id; `names` by the member of staff's."""

    progress: Mapping[str, tuple[int, int, datetime | None]]
    answered: Mapping[str, int]
    reasons: Mapping[str, str]
    names: Mapping[str, str]

    def around(self, row: QuestionnaireResponse | None, next_starts_at: datetime | None) -> Around:
        if row is None:
            return Around(next_starts_at=next_starts_at)
        is_sent = row.state == ResponseState.SENT
        reached, answered, last = self.progress.get(row.id, (0, 0, None))
        reason = self.reasons.get(row.id)
        return Around(
            reached=reached,
            answered=self.answered[row.id] if is_sent else answered,
            last_saved_at=last,
            next_starts_at=next_starts_at,
            reason=DeclineReason(reason) if reason else None,
            manner=manner(row, self.names) if is_sent else None,
        )


def form_states(
    sessions: Collection[SessionFacts], *, of: Iterable[EpisodeFacts], at: datetime
) -> dict[str, FormState]:
    """`form_state` of each of these sessions that has a form, by session; `of` holds their whole episodes.

    The caller has settled who may know.
    """
    rules = settings.current()
    wanted = [facts for facts in sessions if facts.definition_id is not None]
    courses = {whole.id: whole for whole in of}
    tried = tried_in(*courses.values()) if len(courses) == 1 else _tried([facts.id for facts in wanted])
    rows = {facts.id: counting(facts, tried.get(facts.id, []), rules) for facts in wanted}
    scored = scored_in(*courses.values()) if len(courses) == 1 else None
    known = _known([row for row in rows.values() if row], scored)
    found = {}
    for facts in wanted:
        following = episodes.after(facts, courses[facts.episode_id].sessions)
        around = known.around(rows[facts.id], following.starts_at if following else None)
        found[facts.id] = state_from(facts, rows[facts.id], around, at, rules)
    return found


def tried_in(course: EpisodeFacts) -> dict[str, Rows]:
    """Every filling-in of each session of a course, newest first, to be looked at; asked once a reading."""
    sessions = [facts.id for facts in course.sessions]
    return db.once(f"forms of the course {course.id}", lambda: _tried(sessions))


def scored_in(course: EpisodeFacts) -> Scores:
    """The scores of every sent form of a course, earlier versions too; asked once a reading."""

    def find() -> Scores:
        tried = (row for rows in tried_in(course).values() for row in rows)
        return scores_of([row.id for row in tried if row.state == ResponseState.SENT])

    return db.once(f"scores of the course {course.id}", find)


def _tried(sessions: list[str]) -> dict[str, Rows]:
    grouped: dict[str, Rows] = {}
    for row in _of(sessions=sessions) if sessions else ():
        grouped.setdefault(row.session_id, []).append(row)
    return grouped


@prepared_rows
def _of(sessions: Collection[str]) -> SelectOfScalar[QuestionnaireResponse]:
    theirs = select(QuestionnaireResponse).where(col(QuestionnaireResponse.session_id).in_(sessions))
    return theirs.order_by(
        col(QuestionnaireResponse.attempt).desc(), col(QuestionnaireResponse.version).desc()
    )


def _known(rows: Rows, scored: Scores | None) -> _Known:
    """`scored`: the scores of these rows and others, for whom they are at hand."""
    sent = {row.id: row.definition_id for row in rows if row.state == ResponseState.SENT}
    unsent = [row.id for row in rows if row.state != ResponseState.SENT]
    return _Known(
        progress={
            key: (reached, answered, last)
            for key, reached, answered, last in (_progress(unsent=unsent) if unsent else ())
        },
        answered=_answered(sent, scores_of(sent) if scored is None else scored),
        reasons={row.response_id: row.reason for row in (_said(unsent=unsent) if unsent else ())},
        names=accounts.staff_names({row.entered_by for row in rows if row.entered_by}),
    )


@prepared
def _progress(unsent: Collection[str]) -> Columns:
    """How many questions were reached and answered, and when one last was."""
    given = func.count(col(Answer.position_sealed))
    count = columns(Answer.response_id, func.count(), given, func.max(Answer.answered_at))
    return count.where(col(Answer.response_id).in_(unsent)).group_by(col(Answer.response_id))


def _answered(sent: Mapping[str, str], scored: Scores) -> dict[str, int]:
    """How many of all questions of each form were answered; `sent`: which form each is."""
    return {
        key: score.answered
        for key, definition_id in sent.items()
        for score in scored[key]
        if (score.definition_id, score.scale) == (definition_id, WHOLE)
    }


@prepared
def _said(unsent: Collection[str]) -> Columns:
    """Why each was declined, the last time last."""
    why = columns(ResponseEvent.response_id, ResponseEvent.reason).where(
        col(ResponseEvent.response_id).in_(unsent),
        col(ResponseEvent.state) == ResponseState.DECLINED,
        col(ResponseEvent.reason) != DESTROYED,
    )
    return why.order_by(col(ResponseEvent.id))
