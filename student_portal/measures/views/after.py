"""What a signed-in student can still do once the form is sent: change an answer, say what to talk about."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from student_portal.access import queries as access
from student_portal.access.queries import Role
from student_portal.foundation import clock, web
from student_portal.foundation.errors import Conflict, Refused
from student_portal.measures import queries, service
from student_portal.measures.forms import TalkForm
from student_portal.measures.queries import Talk
from student_portal.measures.views.base import blueprint, to


@blueprint.post("/form/<session_id>/amend")
@web.allow(Role.STUDENT)
def amend(session_id: str) -> Response:
    """Begin to change what was sent, or carry on with it."""
    try:
        service.begin_change(session_id=session_id, by=access.current(), at=clock.now())
    except Refused:
        return to("measures.sent", session_id)
    return to("measures.check", session_id)


@blueprint.get("/form/<session_id>/talk")
@web.allow(Role.STUDENT)
def talk(session_id: str) -> str:
    """What I want to talk about."""
    standing = _standing(session_id)
    return _talk_page(session_id, TalkForm(words=standing.words, seen=standing.version), standing)


@blueprint.post("/form/<session_id>/talk")
@web.allow(Role.STUDENT)
def save_talk(session_id: str) -> Response | tuple[str, int]:
    """Keep it, or take it back. Words from another tab are shown beside these, and none are lost."""
    given = TalkForm(formdata=request.form)
    standing = _standing(session_id)
    takes_back = "back" in request.form
    if not takes_back and not given.validate():
        return _talk_page(session_id, given, standing), 400
    try:
        _save(session_id, given, takes_back=takes_back)
    except Conflict:
        standing = _standing(session_id)
        given.over(standing)
        return _talk_page(session_id, given, standing, elsewhere=True), 409
    except Refused:
        return _talk_page(session_id, given, _standing(session_id), came_late=True), 409
    return redirect(url_for("home.show"), 303)


def _save(session_id: str, given: TalkForm, *, takes_back: bool) -> None:
    viewer, now, seen = access.current(), clock.now(), given.seen_version
    if takes_back:
        service.take_back_talking_point(session_id=session_id, seen_version=seen, by=viewer, at=now)
    else:
        service.save_talking_point(
            session_id=session_id, words=given.words.data, seen_version=seen, by=viewer, at=now
        )


def _standing(session_id: str) -> Talk:
    viewer = access.current()
    return queries.talking_point(viewer, queries.own_session(viewer, session_id))


def _talk_page(
    session_id: str, given: TalkForm, standing: Talk, *, elsewhere: bool = False, came_late: bool = False
) -> str:
    now = clock.now()
    facts = queries.own_session(access.current(), session_id)
    return render_template(
        "measures/talk.html",
        session_id=session_id,
        given=given,
        standing=standing,
        elsewhere=elsewhere,
        error=elsewhere or bool(given.errors),
        until=queries.writable_until(facts, now),
        who_reads=queries.who_reads(session_id, now),
        came_late=came_late,
    )
