"""One session as it goes into another record: its forms, the newest note, nothing about anybody else."""

from dataclasses import dataclass

from student_portal.access.queries import Viewer
from student_portal.accounts import queries as accounts
from student_portal.caseload.queries.notes import NoteVersion, note
from student_portal.caseload.queries.sent import Sent, sent_forms
from student_portal.episodes import queries as episodes
from student_portal.episodes.queries import SessionFacts


@dataclass(frozen=True)
class SessionRecord:
    """`sent` is newest first; stale forms are among them and say so."""

    facts: SessionFacts
    name: str
    sent: tuple[Sent, ...]
    note: NoteVersion | None


def session_record(viewer: Viewer, session_id: str) -> SessionRecord:
    """The session as it stands; the caller records the reading. Raises NotFound."""
    facts = episodes.one_session(viewer, session_id)
    forms = sent_forms(viewer, episodes.episode(viewer, facts.episode_id), only=session_id)
    return SessionRecord(
        facts=facts,
        name=accounts.name_of(viewer, facts.person_id),
        sent=tuple(reversed(forms)),
        note=note(viewer, session_id).newest,
    )
