"""The note of one session: its versions, newest first, and what this reader has typed and not saved."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from student_portal.access.queries import Viewer, require_sight
from student_portal.accounts import queries as accounts
from student_portal.caseload.models import NoteDraft, SessionNote
from student_portal.episodes import queries as episodes
from student_portal.episodes.queries import SessionFacts
from student_portal.foundation import db


@dataclass(frozen=True)
class NoteVersion:
    """One version as it was saved. `saved_by` is a name."""

    version: int
    formulation: str
    plan: str
    saved_at: datetime
    saved_by: str


@dataclass(frozen=True)
class Draft:
    """Words that were kept and not saved, begun from version `based_on` of the note."""

    version: int
    based_on: int
    formulation: str
    plan: str
    saved_at: datetime


@dataclass(frozen=True)
class Note:
    """A session's note. `draft` is the reader's own; nobody reads another's."""

    facts: SessionFacts
    versions: tuple[NoteVersion, ...]
    draft: Draft | None

    @property
    def newest(self) -> NoteVersion | None:
        return self.versions[0] if self.versions else None

    @property
    def version(self) -> int:
        """Of the newest one; 0 before the first."""
        return self.newest.version if self.newest else 0


def note(viewer: Viewer, session_id: str) -> Note:
    """The note as it stands for this reader. Raises NotFound for a viewer without access."""
    facts = episodes.one_session(viewer, session_id)
    with db.read() as unit:
        saved = select(SessionNote).where(SessionNote.session_id == session_id)
        rows = unit.exec(saved.order_by(col(SessionNote.version).desc())).all()
        mine = select(NoteDraft).where(
            NoteDraft.session_id == session_id, NoteDraft.author_id == viewer.person_id
        )
        draft = unit.exec(mine).first()
    names = accounts.staff_names({row.saved_by for row in rows})
    return Note(
        facts=facts,
        versions=tuple(_opened(row, names) for row in rows),
        draft=_kept(draft) if draft and draft.version else None,
    )


def notes_about(viewer: Viewer, person_id: str) -> dict[str, NoteVersion]:
    """The newest note of each session that has one. Raises NotFound for a viewer without access."""
    require_sight(viewer, person_id)
    newest: dict[str, SessionNote] = {}
    with db.read() as unit:
        theirs = select(SessionNote).where(SessionNote.person_id == person_id)
        for row in unit.exec(theirs.order_by(col(SessionNote.version))):
            newest[row.session_id] = row
    names = accounts.staff_names({row.saved_by for row in newest.values()})
    return {session_id: _opened(row, names) for session_id, row in newest.items()}


def drafts_about(viewer: Viewer, person_id: str) -> dict[str, datetime]:
    """When this reader last kept a draft for each session of this student. Raises NotFound."""
    require_sight(viewer, person_id)
    mine = select(NoteDraft.session_id, NoteDraft.saved_at).where(
        NoteDraft.person_id == person_id, NoteDraft.author_id == viewer.person_id, NoteDraft.version > 0
    )
    with db.read() as unit:
        return dict(unit.exec(mine).all())


def _opened(row: SessionNote, names: dict[str, str]) -> NoteVersion:
    return NoteVersion(row.version, row.formulation, row.plan, row.saved_at, names[row.saved_by])


def _kept(row: NoteDraft) -> Draft:
    return Draft(row.version, row.based_on, row.formulation, row.plan, row.saved_at)
