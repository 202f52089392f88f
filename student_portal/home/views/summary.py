"""The student's own copy: what they filled in and when, in plain words, as a PDF. Made only when they ask."""

from flask import Response, render_template

from student_portal.access.queries import Role
from student_portal.episodes.queries import SessionState
from student_portal.foundation import clock, pdf, web
from student_portal.foundation.errors import NotFound
from student_portal.home import queries
from student_portal.home.views.base import blueprint, student
from student_portal.home.views.line import drawn, rights


@blueprint.get("/home/line/copy")
@web.allow(Role.STUDENT)
def copy() -> Response:
    """The file. Its name, title and page say nothing of what it is about or whose it is."""
    if not pdf.is_available():
        raise NotFound("copy")
    mine = queries.own_line(*student())
    page = render_template(
        "home/summary.html",
        held=[facts for facts in mine.sessions if facts.state == SessionState.ATTENDED],
        line=drawn(mine),
        is_hidden=mine.is_hidden,
        rights=rights(),
        foot="",
        now=clock.now(),
    )
    return web.download(pdf.make(page), "summary.pdf")
