"""Changing a contact: one person writes, another publishes."""

import re
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from sqlmodel import col, select

from student_portal.audit.queries import Actor
from student_portal.duty import service as duty
from student_portal.duty.service import TaskKind
from student_portal.foundation import clock, db
from student_portal.foundation.errors import Refused
from student_portal.signposting.lint import stopping
from student_portal.signposting.models import Signpost, SignpostVersion, VersionState, Way
from student_portal.signposting.queries import Content
from student_portal.signposting.queries.versions import content_of
from student_portal.signposting.service import keeping
from student_portal.signposting.service.publishing import Life

REVIEW_DAYS = 90
LIFE = Life(Signpost, SignpostVersion, "signpost_id", room="signposting")
_ADDRESS = re.compile(r"https://[^\s\"'<>\\@]+")  # a browser takes a backslash for a slash
_NUMBER = re.compile(r"\+?[0-9][0-9 ]{1,18}[0-9]")


def add(*, content: Content, by: Actor, at: datetime) -> str:
    """Begin a contact with a first draft; gives the contact's id. Raises Refused as `draft` does."""
    with db.write() as session:
        last = session.exec(select(Signpost.position).order_by(col(Signpost.position).desc())).first()
        made = Signpost(service_id=by.service_id, position=(last or 0) + 1, created_at=at)
        session.add(made)
        session.flush()
        draft(signpost_id=made.id, content=content, seen=0, by=by, at=at)
        return made.id


def draft(*, signpost_id: str, content: Content, seen: int, by: Actor, at: datetime) -> None:
    """Save a draft of what its author has just checked; students go on seeing the published version.

    `seen` is the save count the editor was shown (0: there was no draft). Raises Conflict if someone saved
    in between; Refused("number" | "https" | "review") for a target or date that cannot be right.
    """
    judge_target(content)
    judge_review(content.review_by, at)
    checked = {"takes_off": False, "verified_on": clock.london(at).date(), "verified_by": by.person_id}
    LIFE.draft(owner_id=signpost_id, columns=columns(content) | checked, seen=seen, by=by, at=at)


def propose(*, signpost_id: str, by: Actor, at: datetime) -> None:
    """Ask a second person to publish the draft, or to take the contact off the page.

    Raises NotFound if there is none; Refused("unchecked") until somebody checked what it says;
    Refused("words") while it names a method or says "commit"; and Refused("floor") if it would leave
    somebody without a call or a text route open day and night.
    """
    with db.write() as session:
        row = LIFE.propose(owner_id=signpost_id, by=by, at=at)
        if row.verified_on is None and not row.takes_off:
            raise Refused("unchecked")
        if not row.takes_off and stopping(content_of(row).said):
            raise Refused("words")
        before = keeping.routes(session)
        keeping.keep(before, before - keeping.routes(session, signpost_id) | keeping.route(row))


def approve(*, signpost_id: str, seen: int, by: Actor, at: datetime) -> None:
    """Publish what was proposed, as shown to the approver; or take the contact off the page, if that was.

    The task to check it again is done with that. Raises Refused("second_person") for its author,
    Refused("floor") if somebody would be left without a call or a text route that is open day and night,
    and Conflict if it was changed meanwhile.
    """
    with db.write() as session:
        keeping.alone()
        before = keeping.routes(session)
        LIFE.approve(owner_id=signpost_id, seen=seen, by=by, at=at, becomes=_becomes)
        keeping.keep(before, keeping.routes(session))
        duty.finish_task(kind=TaskKind.CONTENT_REVIEW, subject_id=signpost_id, note="", by=by, at=at)


def send_back(*, signpost_id: str, seen: int, by: Actor, at: datetime) -> None:
    """Say no to what waits. It stays readable as a returned version."""
    LIFE.send_back(owner_id=signpost_id, seen=seen, by=by, at=at)


def judge_target(content: Content) -> None:
    """Raises Refused("https" | "number") for what no phone could dial or open."""
    if content.way is Way.WEB:
        if not _ADDRESS.fullmatch(content.target) or "." not in _host(content.target):
            raise Refused("https")
    elif not _NUMBER.fullmatch(content.target):
        raise Refused("number")


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:  # half an IPv6 address, or letters that turn into a slash
        return ""


def judge_review(review_by: date | None, at: datetime) -> None:
    """Raises Refused("review") unless the day is ahead, and at most REVIEW_DAYS away."""
    today = clock.london(at).date()
    if review_by is None or not today < review_by <= today + timedelta(days=REVIEW_DAYS):
        raise Refused("review")


def columns(content: Content) -> dict[str, Any]:
    """What a version's row keeps of what was written."""
    return {
        "organisation_id": content.organisation_id,
        "language": content.language,
        "way": content.way,
        "name": content.name,
        "target": content.target,
        "always_open": content.hours is None,
        "hours": content.hours,
        "cost": content.cost,
        "what_happens": content.what_happens,
        "who_answers": content.who_answers,
        "takes": content.takes,
        "for_whom": content.for_whom,
        "checked_how": content.checked_how,
        "review_by": content.review_by,
    }


def _becomes(row: SignpostVersion) -> VersionState:
    return VersionState.WITHDRAWN if row.takes_off else VersionState.PUBLISHED
