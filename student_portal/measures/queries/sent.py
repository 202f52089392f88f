"""Sent forms of an episode with their scores, exactly as they were stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from questionnaires import load
from student_portal.access.queries import Viewer, require_sight
from student_portal.accounts import queries as accounts
from student_portal.episodes import queries as episodes
from student_portal.episodes.queries import EpisodeFacts
from student_portal.foundation import clock
from student_portal.measures.models import QuestionnaireResponse, ResponseState
from student_portal.measures.queries.manner import Manner, manner
from student_portal.measures.queries.scores import WHOLE, StoredScore
from student_portal.measures.queries.standing import is_stale
from student_portal.measures.queries.standings import scored_in, tried_in
from student_portal.settings import queries as settings

LINE = "core_10"  # the one scale on which all six sessions can be compared: core.md, section 8


@dataclass(frozen=True)
class Version:
    """A form as it stood before the student changed it. It is kept to be read, and counts nowhere."""

    response_id: str
    sent_at: datetime


class SentForm(NamedTuple):
    """One sent form, as the student last changed it. `label` is what people call it, such as "CORE-34".

    `earlier` holds what it said before, newest first. `devices`: in how many browser sessions its answers
    were given, a change counted by itself; None where that is not known.
    """

    response_id: str
    session_id: str
    number: int
    attempt: int
    definition_id: str
    label: str
    sent_at: datetime
    starts_at_send: datetime | None
    is_late: bool
    is_stale: bool
    devices: int | None
    earlier: tuple[Version, ...]
    manner: Manner
    scores: tuple[StoredScore, ...]

    @property
    def is_changed(self) -> bool:
        return bool(self.earlier)

    @property
    def first_id(self) -> str:
        """The form as first sent, by which an alert knows it."""
        return self.earlier[-1].response_id if self.earlier else self.response_id

    @property
    def filled_on(self) -> date:
        """The day its answers were given, whenever they were entered."""
        return self.manner.filled_on or clock.london(self.sent_at).date()

    def score(self, scale: str = WHOLE, definition_id: str | None = None) -> StoredScore | None:
        """One scale of the form itself, or of the shorter form inside it; None where there is none."""
        wanted = (definition_id or self.definition_id, scale)
        return next((one for one in self.scores if (one.definition_id, one.scale) == wanted), None)

    @property
    def line(self) -> StoredScore | None:
        """The score on the scale that runs through all sessions."""
        return self.score(WHOLE, LINE)

    @property
    def is_embedded(self) -> bool:
        """Whether the line's score was taken from a longer form."""
        return self.definition_id != LINE


def scores_for_episode(viewer: Viewer, episode_id: str) -> list[SentForm]:
    """Every sent form of the episode by session number and attempt, stale ones marked. Raises NotFound.

    One for each filling-in, however often it was changed: the newest version.
    """
    return scores_in(viewer, episodes.episode(viewer, episode_id))


def scores_in(viewer: Viewer, episode: EpisodeFacts) -> list[SentForm]:
    """The same, for a caller that holds the episode. Raises NotFound."""
    require_sight(viewer, episode.person_id)
    sessions = {facts.id: facts for facts in episode.sessions}
    tried = (row for rows in tried_in(episode).values() for row in rows)
    sent = [row for row in tried if row.state == ResponseState.SENT]
    newest = [(row, earlier) for row, *earlier in _by_filling_in(sent).values()]
    scores = scored_in(episode)
    names = accounts.staff_names({row.entered_by for row, _earlier in newest if row.entered_by})
    rules = settings.current()
    forms = [
        _sent_form(
            row,
            sessions[row.session_id].number,
            is_stale=is_stale(row, sessions[row.session_id].starts_at, rules),
            earlier=tuple(Version(old.id, old.sent_at) for old in earlier if old.sent_at),
            manner=manner(row, names),
            scores=scores.get(row.id, ()),
        )
        for row, earlier in newest
    ]
    return sorted(forms, key=lambda form: (form.number, form.attempt))


def _by_filling_in(
    rows: Sequence[QuestionnaireResponse],
) -> dict[tuple[str, int], list[QuestionnaireResponse]]:
    """The versions of each session's each attempt, in the order given."""
    grouped: dict[tuple[str, int], list[QuestionnaireResponse]] = {}
    for row in rows:
        grouped.setdefault((row.session_id, row.attempt), []).append(row)
    return grouped


def _sent_form(row: QuestionnaireResponse, number: int, **found: Any) -> SentForm:
    """The form with what was found around it."""
    if row.sent_at is None:
        raise ValueError("a sent form has a time of sending")
    return SentForm(
        response_id=row.id,
        session_id=row.session_id,
        number=number,
        attempt=row.attempt,
        definition_id=row.definition_id,
        label=load(row.definition_id, row.definition_version).label,
        sent_at=row.sent_at,
        starts_at_send=row.starts_at_send,
        is_late=row.is_late,
        devices=row.devices,
        **found,
    )
