"""One short note a session: a draft that is kept while somebody types, and versions that stay."""

from contextlib import suppress

from flask import jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from student_portal.access import queries as access
from student_portal.access.queries import Role
from student_portal.caseload import forms, queries, service
from student_portal.caseload.views.base import blueprint, opened
from student_portal.episodes import queries as episodes
from student_portal.foundation import clock, db, web
from student_portal.foundation.errors import Conflict, Refused
from student_portal.foundation.i18n import gettext as _
from student_portal.foundation.i18n import hour


@blueprint.get("/staff/caseload/notes/<session_id>")
@web.allow(Role.THERAPIST)
def note(session_id: str) -> str:
    """The note of one session: what was typed and not saved, else as it stands; and every version."""
    return _note_page(session_id)


@blueprint.post("/staff/caseload/notes/<session_id>")
@web.allow(Role.THERAPIST)
def save_note(session_id: str) -> Response | tuple[str, int]:
    """Save it as the newest version. If somebody else saved one meanwhile, keep these words and show both."""
    viewer, form = access.current(), forms.NoteForm()
    if not form.validate_on_submit():
        return _note_page(session_id, form), 400
    try:
        service.save_note(
            session_id=session_id,
            **form.words,
            seen_version=form.seen,
            seen_draft=form.seen_draft,
            by=viewer,
            at=clock.now(),
        )
    except Refused:
        form.formulation.errors = [_("Write something in one of the two boxes, or go back.")]
        return _note_page(session_id, form), 400
    except Conflict:
        _keep_aside(session_id, form)
        return _note_page(session_id, form, conflict="note"), 409
    facts = episodes.one_session(viewer, session_id)
    return redirect(
        url_for("caseload.all_notes", person_id=facts.person_id, _anchor=f"note-{session_id}"), 303
    )


def _keep_aside(session_id: str, form: forms.NoteForm) -> None:
    """Keep words that somebody else was faster than as a draft, so that closing the page loses nothing."""
    viewer = access.current()
    if not 0 <= form.seen < queries.note(viewer, session_id).version:
        return
    with suppress(Conflict):
        kept = service.save_draft(
            session_id=session_id,
            **form.words,
            based_on=form.seen,
            seen_draft=form.seen_draft,
            by=viewer,
            at=clock.now(),
        )
        form.draft.data = str(kept)


@blueprint.post("/staff/caseload/notes/<session_id>/draft")
@web.allow(Role.THERAPIST)
def save_draft(session_id: str) -> Response | tuple[str | Response, int]:
    """Keep what was typed, for its author alone. The page's script asks for the same, in few bytes."""
    form, by_script = forms.NoteForm(), request.headers.get("Accept") == "application/json"
    if not form.validate_on_submit():
        return (jsonify(words=_not_kept()) if by_script else _note_page(session_id, form)), 400
    try:
        kept = service.save_draft(
            session_id=session_id,
            **form.words,
            based_on=max(form.seen, 0),
            seen_draft=form.seen_draft,
            by=access.current(),
            at=clock.now(),
        )
    except Conflict:
        page = jsonify(words=_elsewhere()) if by_script else _note_page(session_id, form, conflict="draft")
        return page, 409
    if by_script:
        return jsonify(draft=kept, words=_kept())
    return redirect(url_for("caseload.note", session_id=session_id), 303)


def _kept() -> str:
    return str(_("Draft kept at %(hour)s. Only you can read it.", hour=hour(clock.now())))


def _not_kept() -> str:
    return str(_("Not kept: use at most 2,000 characters in each box."))


def _elsewhere() -> str:
    return str(_("Not kept: other words were typed in another window. Press Save draft to see both."))


@blueprint.post("/staff/caseload/notes/<session_id>/drop")
@web.allow(Role.THERAPIST)
def drop_draft(session_id: str) -> Response | tuple[str, int]:
    """Throw away what was typed and not saved."""
    form = forms.NoteForm()
    try:
        service.drop_draft(
            session_id=session_id, seen_draft=form.seen_draft, by=access.current(), at=clock.now()
        )
    except Conflict:
        return _note_page(session_id, conflict="drop"), 409
    return redirect(url_for("caseload.note", session_id=session_id), 303)


def _note_page(session_id: str, form: forms.NoteForm | None = None, *, conflict: str = "") -> str:
    """The page. `conflict`: a newer "note" or "draft" stands beside the boxes; "drop": it was not dropped."""
    viewer = access.current()
    with db.write():
        note = queries.note(viewer, session_id)
        name = opened(viewer, note.facts.person_id)
    is_behind = form is None and note.draft is not None and note.draft.based_on < note.version
    form = form or forms.note_form(note)
    if conflict == "note":
        form.version.data = str(note.version)
    if conflict == "draft":
        form.draft.data = str(note.draft.version if note.draft else 0)
    return render_template(
        "caseload/note.html",
        form=form,
        name=name,
        note=note,
        now=clock.now(),
        conflict=conflict,
        is_behind=is_behind,
        error=bool(conflict or form.errors),
    )
