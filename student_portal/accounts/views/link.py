"""A link in a text. Opening it changes nothing and says nothing; Continue leads to the proof."""

from flask import redirect, render_template, session, url_for
from werkzeug.wrappers import Response

from student_portal.access import queries as access
from student_portal.access.queries import Role
from student_portal.accounts import queries
from student_portal.accounts.queries import LinkFacts
from student_portal.accounts.views.base import code
from student_portal.foundation import clock, web


@code.get("/l/<token>")
@web.allow(web.ANYONE)
def land(token: str) -> str:
    """The same page for every token: not even the database is asked."""
    return render_template("accounts/land.html", token=token)


@code.post("/l/<token>")
@web.allow(web.ANYONE)
def follow(token: str) -> Response | tuple[str, int]:
    """Take the link along in the cookie, so that no later address holds its token."""
    link = queries.find_link(token, clock.now())
    if link is None:
        return render_template("accounts/closed.html"), 410
    if _is_proved(link):
        return redirect(link.target, 303)
    session["proof"] = {"link": link.id}
    return redirect(url_for("code.proof"), 303)


def _is_proved(link: LinkFacts) -> bool:
    viewer = access.current()
    if viewer.person_id != link.person_id:
        return False
    return viewer.role == Role.STUDENT or (viewer.role == Role.LINK and viewer.about == link.about)
