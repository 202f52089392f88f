"""My students: a page at a time, in one of two orders, all or some; and finding one."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from student_portal.access import queries as access
from student_portal.access.queries import Role
from student_portal.caseload import queries
from student_portal.caseload.forms import FindForm
from student_portal.caseload.views.base import blueprint, record_list
from student_portal.foundation import clock, db, locking, web
from student_portal.foundation.i18n import gettext as _
from student_portal.foundation.listing import leaf, one_of

Options = list[tuple[str, str, str]]


@blueprint.get("/staff/caseload/students")
@web.allow(Role.THERAPIST)
def students() -> str:
    """My students. The address holds the page, the order and the filter, and nothing of anybody."""
    now = clock.now()
    order = one_of(request.args.get("order"), queries.ORDERS)
    shown = one_of(request.args.get("show"), queries.FILTERS)
    with db.write():
        rows = queries.students(
            access.current(), at=now, order=order, shown=shown, page=request.args.get("page")
        )
        record_list("caseload.students", [row.episode.person_id for row in rows.items])
    return render_template(
        "caseload/students.html",
        rows=rows,
        now=now,
        form=FindForm(formdata=None),
        order=order,
        orders=_orders(shown),
        shown=shown,
        filters=_filters(order),
        turn=[_address(order, shown, rows.number + step) for step in (-1, 1)],
    )


def _orders(shown: str) -> Options:
    words = {"next": _("next date"), "since": _("longest with you")}
    return [(code, words[code], _address(code, shown)) for code in queries.ORDERS]


def _filters(order: str) -> Options:
    words = {"all": _("all"), "read": _("with answers to read"), "undated": _("without a date to come")}
    return [(code, words[code], _address(order, code)) for code in queries.FILTERS]


def _address(order: str, shown: str, page: int | None = None) -> str:
    return url_for("caseload.students", order=order, show=shown, page=page)


@blueprint.post("/staff/caseload/find")
@web.allow(Role.THERAPIST)
@locking.never_kept()  # words to look for are no work
def find() -> Response | tuple[str, int]:
    """Whom the words mean: straight to the page if that is one student, else a list to choose from."""
    form = FindForm()
    if not form.validate_on_submit():
        return render_template("caseload/found.html", form=form, found=None, error=True), 400
    with db.write():
        listed = leaf(queries.find(access.current(), form.words.data), None)
        record_list("caseload.find", [one.id for one in listed.items])
    if listed.total == 1:
        return redirect(url_for("caseload.student", person_id=listed.items[0].id), 303)
    page = render_template(
        "caseload/found.html", form=form, found=listed.items, total=listed.total, now=clock.now(), error=False
    )
    return page, 200
