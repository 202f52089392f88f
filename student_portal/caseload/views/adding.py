"""Students who were in therapy before the portal: one by one, or as rows of a spreadsheet with a dry run."""

import hashlib
from collections.abc import Sequence

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from student_portal.access import queries as access
from student_portal.access.queries import Role
from student_portal.accounts.queries import Found
from student_portal.caseload import queries, rows, service
from student_portal.caseload.forms import AddForm, PasteForm
from student_portal.caseload.rows import Read, Wrong
from student_portal.caseload.service import NewStudent
from student_portal.caseload.views.base import blueprint
from student_portal.caseload.views.slips import slip_words
from student_portal.foundation import clock, ids, locking, web
from student_portal.institutions import queries as institutions
from student_portal.institutions.queries import Pathway


@blueprint.route("/staff/caseload/add", methods=["GET", "POST"])
@web.allow(Role.THERAPIST)
def add() -> Response | tuple[str, int]:
    """One student: what is known of them, their sessions so far, what they permit as they said it."""
    form = AddForm()
    if not form.is_submitted():
        form.key.data = ids.new()
        return _add_page(form), 200
    found = rows.student(form.row, _universities(), clock.today(), key=_key(form)) if form.validate() else []
    if isinstance(found, NewStudent):
        viewer = access.current()
        is_meant = form.another.data or queries.added_with(viewer, found.key)
        same = [] if is_meant else queries.same_person(viewer, found.name, found.born)
        if not same:
            person_id = service.add_student(new=found, by=viewer, at=clock.now())
            return redirect(url_for("caseload.student", person_id=person_id), 303)
        return _add_page(form, same=same), 409
    _put_beside(form, found)
    return _add_page(form), 400


def _key(form: AddForm) -> str:
    """The page's own; a page that lost it counts as a new one."""
    return form.key.data if ids.is_id(form.key.data or "") else ids.new()


def _put_beside(form: AddForm, slips: Sequence[Wrong]) -> None:
    for slip in slips:
        field = form[slip.column.replace(" ", "_")]
        field.errors = [*field.errors, slip_words(slip)]


def _add_page(form: AddForm, *, same: Sequence[Found] = ()) -> str:
    listed = [one.name for one in institutions.listed(Pathway.THERAPY)]
    error = bool(form.errors) or bool(same)
    return render_template("caseload/add.html", form=form, same=same, listed=listed, error=error)


@blueprint.route("/staff/caseload/paste", methods=["GET", "POST"])
@web.allow(Role.THERAPIST)
@locking.never_kept()  # its rows hold dates of birth
def paste() -> Response | tuple[str, int]:
    """Many at once: first every row is read back, then the very same rows are added, all or none."""
    form = PasteForm()
    if not form.validate_on_submit():
        return _paste_page(form, None), 200
    found = rows.read(form.rows.data or "", _universities(), clock.today())
    if found.wrong:
        return _paste_page(form, found), 400
    if form.shown.data != _mark(form.rows.data):
        form.shown.data = _mark(form.rows.data)
        return _paste_page(form, found), 200
    service.add_students(rows=found.students, by=access.current(), at=clock.now())
    return redirect(url_for("caseload.students", order="since"), 303)


def _mark(pasted: str) -> str:
    return hashlib.sha256(pasted.encode()).hexdigest()[:32]


def _paste_page(form: PasteForm, found: Read | None) -> str:
    viewer = access.current()
    known = {
        one.key: queries.same_person(viewer, one.name, one.born) for one in (found.students if found else ())
    }
    return render_template(
        "caseload/paste.html",
        form=form,
        found=found,
        known=known,
        slips=[(slip.row, slip_words(slip)) for slip in (found.wrong if found else ())],
        columns=rows.ALLOWED,
        most=rows.MOST,
        error=bool(found and found.wrong),
    )


def _universities() -> dict[str, str]:
    """The id behind each listed name, in small letters; the short name counts too."""
    listed = institutions.listed(Pathway.THERAPY)
    return {name.lower(): one.id for one in listed for name in (one.name, one.short_name)}
