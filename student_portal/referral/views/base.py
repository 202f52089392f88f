"""What the students' pages share: the blueprint, the draft cookie, and the draft behind this browser."""

from flask import Blueprint, abort, current_app, redirect, request, session, url_for
from werkzeug.wrappers import Response

from student_portal.access import queries as access
from student_portal.access.queries import Role, Viewer
from student_portal.accounts import queries as people
from student_portal.accounts import service as accounts
from student_portal.foundation import clock, locking
from student_portal.foundation.errors import NotFound
from student_portal.referral import queries
from student_portal.referral.queries import Draft
from student_portal.settings import queries as settings

join = Blueprint("join", "student_portal.referral")


def here() -> Draft:
    """The draft this browser has open; once it was sent, every page leads to what came of it."""
    try:
        return queries.draft(access.current())
    except NotFound:
        abort(redirect(url_for("join.sent"), 303))


def next_page(draft: Draft, *, after: int = 0) -> str:
    """Where a student carries on: the next unanswered question, or the check page."""
    number = draft.next_open(after=after)
    return url_for("join.ask", number=number) if number else url_for("join.check")


def open_on_this_browser(draft_id: str, *, proved_by: str) -> None:
    """Let this browser write in the draft until it is idle, closed, or Exit is pressed."""
    secret = accounts.start_session(
        role=Role.DRAFT,
        person_id=None,
        about=draft_id,
        proved_by=proved_by,
        by=access.current(),
        at=clock.now(),
    )
    session.clear()
    session["secret"] = secret


def way_back(draft: Draft) -> str:
    """Where a student carries on who has just opened a locked draft: first with what they posted while it was
    locked.
    """
    viewer = access.current()
    writer = Viewer(viewer.service_id, None, Role.DRAFT, about=draft.id)
    return locking.promise(people.locked_words(writer), next_page(draft))


def close_on_this_browser() -> None:
    """Lock the draft: the next page asks for date of birth."""
    viewer = access.current()
    if viewer.session_id:
        accounts.end_session(session_id=viewer.session_id, by=viewer, at=clock.now())
    session.clear()


def cookie() -> str | None:
    """The secret by which an unsent draft is found again on this phone."""
    return request.cookies.get(_cookie_name())


def set_cookie(answer: Response, secret: str) -> None:
    """Keep it for as long as the draft itself is kept."""
    answer.set_cookie(
        _cookie_name(),
        secret,
        max_age=settings.current().draft_days * 24 * 3600,
        path="/",
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )


def forget_cookie(answer: Response) -> None:
    answer.delete_cookie(
        _cookie_name(),
        path="/",
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )


def _cookie_name() -> str:
    return "__Host-draft" if current_app.config["SESSION_COOKIE_SECURE"] else "draft"
