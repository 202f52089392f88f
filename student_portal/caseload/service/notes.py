"""One short note a session: drafts that are kept while somebody types, versions that are never changed."""

from datetime import datetime

from sqlmodel import select

from student_portal.access.queries import Viewer
from student_portal.audit import service as audit
from student_portal.caseload.models import LONGEST_NOTE, NoteDraft, SessionNote
from student_portal.caseload.queries.notes import note
from student_portal.episodes import queries as episodes
from student_portal.episodes.queries import SessionFacts
from student_portal.foundation import db
from student_portal.foundation.errors import Refused


def save_draft(
    *,
    session_id: str,
    formulation: str,
    plan: str,
    based_on: int,
    seen_draft: int,
    by: Viewer,
    at: datetime,
) -> int:
    """Keep what this person has typed so far, for them alone; gives the draft's new version.

    `based_on` is the version of the note on the page, `seen_draft` that of the draft, both 0 for none. Only
    the first keeping is a line of the activity log. Raises NotFound, Conflict when another tab of theirs has
    kept other words since, Refused("long").
    """
    _must_fit(formulation, plan)
    with db.write() as unit:
        facts = episodes.one_session(by, session_id)
        draft = _draft(facts, based_on, by, at)
        if (draft.formulation, draft.plan) == (formulation, plan) and draft.version:
            return draft.version
        db.expect(seen_draft, draft.version)
        draft.formulation, draft.plan = formulation or None, plan or None
        draft.based_on, draft.saved_at, draft.version = based_on, at, draft.version + 1
        unit.add(draft)
        if draft.version == 1:
            _record("begin_note", facts, by=by, at=at)
        return draft.version


def drop_draft(*, session_id: str, seen_draft: int, by: Viewer, at: datetime) -> None:
    """Throw away what was typed and not saved. Twice is harmless; raises NotFound, and Conflict as above."""
    with db.write() as unit:
        facts = episodes.one_session(by, session_id)
        if note(by, session_id).draft is None:
            return
        draft = _draft(facts, 0, by, at)
        db.expect(seen_draft, draft.version)
        unit.delete(draft)
        _record("drop_draft", facts, by=by, at=at)


def save_note(
    *,
    session_id: str,
    formulation: str,
    plan: str,
    seen_version: int,
    seen_draft: int,
    by: Viewer,
    at: datetime,
) -> None:
    """Save these words as the newest version of the note, and clear the draft they came from.

    A draft that another tab has kept meanwhile stays. The same words again change nothing. Raises NotFound,
    Conflict when somebody saved another version meanwhile, Refused("empty") and Refused("long").
    """
    if not (formulation or plan):
        raise Refused("empty")
    _must_fit(formulation, plan)
    with db.write() as unit:
        db.hold(f"note {session_id}")
        facts = episodes.one_session(by, session_id)
        stands = note(by, session_id)
        if not stands.newest or (stands.newest.formulation, stands.newest.plan) != (formulation, plan):
            db.expect(seen_version, stands.version)
            unit.add(_next(facts, formulation, plan, stands.version + 1, by=by, at=at))
            _record("save_note", facts, by=by, at=at, version=stands.version + 1)
        if stands.draft and (
            stands.draft.version == seen_draft
            or (stands.draft.formulation, stands.draft.plan) == (formulation, plan)
        ):
            unit.delete(_draft(facts, 0, by, at))


def _must_fit(formulation: str, plan: str) -> None:
    if max(len(formulation), len(plan)) > LONGEST_NOTE:
        raise Refused("long")


def _draft(facts: SessionFacts, based_on: int, by: Viewer, at: datetime) -> NoteDraft:
    """This person's one draft for the session, held; at version 0 before the first words."""
    mine = select(NoteDraft).where(NoteDraft.session_id == facts.id, NoteDraft.author_id == by.person_id)
    made = NoteDraft(
        service_id=by.service_id,
        person_id=facts.person_id,
        session_id=facts.id,
        author_id=str(by.person_id),
        based_on=based_on,
        version=0,
        saved_at=at,
    )
    return db.locked(NoteDraft, db.add_unless(mine, made).id)


def _next(
    facts: SessionFacts, formulation: str, plan: str, version: int, *, by: Viewer, at: datetime
) -> SessionNote:
    row = SessionNote(
        service_id=by.service_id,
        person_id=facts.person_id,
        session_id=facts.id,
        version=version,
        saved_at=at,
        saved_by=str(by.person_id),
    )
    row.formulation, row.plan = formulation or None, plan or None
    return row


def _record(verb: str, facts: SessionFacts, *, by: Viewer, at: datetime, version: int | None = None) -> None:
    audit.record(
        verb=f"caseload.{verb}",
        subject=("session", facts.id),
        person_id=facts.person_id,
        by=by,
        at=at,
        detail={"version": version} if version else None,
    )
