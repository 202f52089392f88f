"""Sessions, their dates and the episode around them, as others read them."""

from student_portal.episodes.models import EpisodeState, Mode, SessionState
from student_portal.episodes.queries.programme import Step, programme
from student_portal.episodes.queries.sessions import (
    UNDATED,
    EpisodeFacts,
    SessionFacts,
    after,
    coming,
    each_session,
    episode,
    following,
    is_over,
    newest_episode,
    next_session,
    of_person,
    of_therapist,
    one_session,
    opened_from,
    placed,
    session,
    sessions_of,
    therapist_busy,
    upcoming,
)

__all__ = [
    "UNDATED", "EpisodeFacts", "EpisodeState", "Mode", "SessionFacts", "SessionState", "Step", "after",
    "coming", "each_session", "episode", "following", "is_over", "newest_episode", "next_session",
    "of_person", "of_therapist", "one_session", "opened_from", "placed", "programme", "session",
    "sessions_of", "therapist_busy", "upcoming",
]  # fmt: skip
