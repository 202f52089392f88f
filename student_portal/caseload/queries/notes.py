"""The note of one session: its versions, newest first, and what this reader has typed and not saved."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from student_portal.access.queries import Viewer, require_sight
from student_portal.accounts import queries as accounts
from student_portal.caseload.models import NoteDraft, SessionNote
from student_portal.caseload.queries.head import Head, head
from student_portal.episodes import queries as episodes
from student_portal.episodes.queries import SessionFacts
from student_portal.foundation import db
from student_portal.foundation.prepared import prepared_rows
from student_portal.measures import queries as measures
from student_portal.measures.queries import Talked


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


@dataclass(frozen=True)
class NoteLine:
    """One session's note on the page of all notes. `draft_at`: when the reader's own draft was kept.

    `talked`: the tick that they talked about it, which can be set where `has_it`: the session has begun, and
    the student sent or wrote something for it.
    """

    facts: SessionFacts
    has_begun: bool
    note: NoteVersion | None
    draft_at: datetime | None
    has_it: bool
    talked: Talked | None

    @property
    def is_shown(self) -> bool:
        return self.has_begun or any((self.note, self.draft_at, self.talked))


@dataclass(frozen=True)
class NotesPage:
    """The notes of one student's sessions, in their order."""

    head: Head
    lines: tuple[NoteLine, ...]


def notes_page(viewer: Viewer, person_id: str, *, at: datetime) -> NotesPage:
    """The page at this moment; the caller records the reading with it. Raises NotFound."""
    over = head(viewer, person_id, at=at)
    notes = notes_about(viewer, person_id)
    drafts = _drafts_about(viewer, person_id)
    talked = measures.talked_about(viewer, person_id)
    begun = {facts.id for facts in over.sessions if facts.starts_at is not None and facts.starts_at <= at}
    has_it = measures.to_talk_about(viewer, begun)
    lines = (
        NoteLine(
            facts=facts,
            has_begun=facts.id in begun,
            note=notes.get(facts.id),
            draft_at=drafts.get(facts.id),
            has_it=facts.id in has_it,
            talked=talked.get(facts.id),
        )
        for facts in over.sessions
    )
    return NotesPage(over, tuple(line for line in lines if line.is_shown))


def notes_about(viewer: Viewer, person_id: str) -> dict[str, NoteVersion]:
    """The newest note of each session that has one. Raises NotFound for a viewer without access."""
    require_sight(viewer, person_id)
    newest = {row.session_id: row for row in _saved_about(person_id=person_id)}
    names = accounts.staff_names({row.saved_by for row in newest.values()})
    return {session_id: _opened(row, names) for session_id, row in newest.items()}


@prepared_rows
def _saved_about(person_id: str) -> SelectOfScalar[SessionNote]:
    """Every version of each session's note, the newest last."""
    saved = select(SessionNote).where(col(SessionNote.person_id) == person_id)
    return saved.order_by(col(SessionNote.version))


def _drafts_about(viewer: Viewer, person_id: str) -> dict[str, datetime]:
    """When this reader last kept a draft for each session of this student. Raises NotFound."""
    require_sight(viewer, person_id)
    mine = select(NoteDraft.session_id, NoteDraft.saved_at).where(
        NoteDraft.person_id == person_id, NoteDraft.author_id == viewer.person_id, NoteDraft.version > 0
    )
    with db.read() as unit:
        return dict(unit.exec(mine).all())


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


def _opened(row: SessionNote, names: dict[str, str]) -> NoteVersion:
    return NoteVersion(row.version, row.formulation, row.plan, row.saved_at, names[row.saved_by])


def _kept(row: NoteDraft) -> Draft:
    return Draft(row.version, row.based_on, row.formulation, row.plan, row.saved_at)
