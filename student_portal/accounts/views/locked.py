"""Words that were posted from a screen that had locked: kept, and shown again to whoever wrote them.

Between the two stands a proof: nothing here is reached before the browser session stands.
"""

from contextlib import suppress
from dataclasses import dataclass

from flask import Response as Reply
from flask import current_app, redirect, render_template, request, session
from markupsafe import escape
from werkzeug.wrappers import Response

from student_portal.access import queries as access
from student_portal.access.queries import STAFF, Role, Viewer
from student_portal.accounts import queries, service
from student_portal.accounts.views.base import code
from student_portal.accounts.views.staff import blueprint
from student_portal.foundation import clock, db, locking, web
from student_portal.foundation.errors import Refused
from student_portal.foundation.locking import Waiting

_WORDS = ("code.words", "accounts.staff_words")


@dataclass(frozen=True)
class Notice:
    """What the present page says of them: "back" in its form, "waits" to be read, "hidden" behind a link, or
    only "pressed", where there are no words to read.
    """

    state: str
    page: str


def whose_screen() -> Viewer | None:
    """Whose locked screen the present request was posted from, if it is nobody's who is let in."""
    secret = session.get("secret")
    return service.behind_lock(secret=secret) if isinstance(secret, str) else None


def keep(writer: Viewer) -> bool:
    """Keep what the present request posts for whoever's screen this is; False where it is lost."""
    posted = locking.posted(writer.role)
    if posted is None or not locking.is_genuine():
        return False
    try:
        service.keep_words(posted=posted, by=writer, at=clock.now())
    except Refused:
        return False
    return True


def bring_back() -> None:
    """On the page that the words were written on, let its form show them."""
    found = _waiting()
    if found and found.is_shown and request.method == "GET" and request.path == found.posted.page:
        locking.give_back(found.id, found.posted.fields)


def _waiting() -> Waiting | None:
    """What this browser was promised, if it still stands."""
    if locking.promised() is None:
        return None
    found = queries.locked_words(access.current())
    return found if found and found.id == locking.promised() else None


def notice(page: str) -> Notice | None:
    """What the page that was just made says of them. Its form holds them only if every word stands there.

    A page for everybody says nothing, nor does help: that comes first, and an onlooker learns nothing.
    """
    if request.method != "GET" or request.endpoint in _WORDS or _is_for_everybody():
        return None
    found, given = _waiting(), locking.given_back()
    if found is None:
        return None
    if given and given.taken and all(str(escape(one)) in page for one in found.posted.written):
        return Notice("back", found.posted.page)
    if found.posted.written:
        return Notice("waits", found.posted.page)
    if locking.say_once():
        return None
    return Notice("pressed" if found.is_shown else "hidden", found.posted.page)


def _is_for_everybody() -> bool:
    allowed = current_app.extensions["policies"].get(request.endpoint, {web.ANYONE})
    return web.ANYONE in allowed or request.path.startswith("/help")


def forget_used(response: Reply) -> Reply:
    """Destroy them once their form, or its address, has taken what was posted now."""
    if locking.promised() and locking.are_taken(response):
        with suppress(db.Unreachable):  # what was posted is saved all the same
            _forget_if_used()
    return response


def _forget_if_used() -> None:
    viewer = access.present()
    found = queries.locked_words(viewer) if viewer else None
    if viewer and found and (request.form.get(locking.MARK) == found.id or request.path == found.posted.path):
        _drop(viewer, found.id)


def _drop(viewer: Viewer, words_id: str) -> None:
    service.drop_words(owner=queries.owner_of(viewer), words_id=words_id, by=viewer, at=clock.now())
    locking.settle()


@code.get("/code/words")
@web.allow(Role.STUDENT, Role.DRAFT)
def words() -> str:
    """The words themselves, where no form shows them any more."""
    return _page()


@code.post("/code/words")
@web.allow(Role.STUDENT, Role.DRAFT, Role.LINK)
def throw_away() -> Response:
    """Destroy them, and go on where they were written."""
    return _thrown_away()


@blueprint.get("/staff/accounts/words")
@web.allow(*STAFF)
def staff_words() -> str:
    """The same for staff."""
    return _page()


@blueprint.post("/staff/accounts/words")
@web.allow(*STAFF)
def staff_throw_away() -> Response:
    """The same for staff."""
    return _thrown_away()


def _page() -> str:
    found = _waiting()
    words = found.posted.words if found and found.posted.written else ()
    return render_template("accounts/words.html", words=words)


def _thrown_away() -> Response:
    viewer, found = access.current(), _waiting()
    if found:
        _drop(viewer, found.id)
    home = "/staff" if viewer.is_staff else "/"
    return redirect((found.posted.page if found else "") or home, 303)
