"""What the doors share: the students' blueprint, and starting and ending the session of this browser."""

from flask import Blueprint, session

from student_portal.access import queries as access
from student_portal.access.queries import Role, Viewer
from student_portal.accounts import queries, service
from student_portal.foundation import clock, cookies, locking

code = Blueprint("code", "student_portal.accounts")


def become(*, role: Role, person_id: str, about: str | None, proved_by: str) -> None:
    """Let this browser in, with a new secret and nothing left over from before."""
    secret = service.start_session(
        role=role,
        person_id=person_id,
        about=about,
        proved_by=proved_by,
        by=access.current(),
        at=clock.now(),
    )
    session.clear()
    session["secret"] = secret


def way_back(role: Role, person_id: str, otherwise: str) -> str:
    """Where to go on after the proof: to what was posted while the screen was locked, if anything was."""
    writer = Viewer(access.current().service_id, person_id, role)
    return locking.promise(queries.locked_words(writer), otherwise)


def leave() -> None:
    """Sign this browser out on this side."""
    viewer = access.current()
    if viewer.session_id:
        service.end_session(session_id=viewer.session_id, by=viewer, at=clock.now())
    cookies.forget()
