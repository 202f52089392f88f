"""Changing a contact: one person writes, another publishes; and its place among the others."""

import re
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from sqlmodel import col, select

from student_portal.audit import service as audit
from student_portal.audit.queries import Actor
from student_portal.foundation import db
from student_portal.foundation.errors import Refused
from student_portal.signposting.models import Signpost, SignpostVersion, Way
from student_portal.signposting.queries import Content, contacts, neighbour
from student_portal.signposting.queries.contacts import content_of
from student_portal.signposting.service import keeping
from student_portal.signposting.service.publishing import Life

_ADDRESS = re.compile(r"https://[^\s\"'<>\\@]+")  # a browser takes a backslash for a slash
_NUMBER = re.compile(r"\+?[0-9][0-9 ]{1,18}[0-9]")
_LIFE = Life(
    Signpost,
    SignpostVersion,
    "signpost_id",
    said=lambda row: columns(content_of(row)),
    text=lambda row: content_of(row).said,
)


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

    Raises Refused("number" | "https") for a target that cannot be right; and Conflict and Refused("review")
    as `Life.draft` does.
    """
    judge_target(content)
    _LIFE.draft(owner_id=signpost_id, columns=columns(content), seen=seen, by=by, at=at)


def propose(*, signpost_id: str, by: Actor, at: datetime) -> None:
    """Ask a second person to publish the draft, or to take the contact off the page.

    Raises as `Life.propose` does; and Refused("floor") if it would leave somebody without a call or a text
    route open day and night.
    """
    with db.write() as session:
        row = _LIFE.propose(owner_id=signpost_id, by=by, at=at)
        before = keeping.routes(session)
        keeping.keep(before, before - keeping.routes(session, signpost_id) | keeping.route(row))


def approve(*, signpost_id: str, seen: int, by: Actor, at: datetime) -> None:
    """Publish what was proposed, as shown to the approver; or take the contact off the page, if that was.

    Raises as `Life.approve` does; and Refused("floor") if somebody would be left without a call or a text
    route that is open day and night.
    """
    with db.write() as session:
        keeping.alone()
        before = keeping.routes(session)
        _LIFE.approve(owner_id=signpost_id, seen=seen, by=by, at=at)
        keeping.keep(before, keeping.routes(session))


def send_back(*, signpost_id: str, seen: int, by: Actor, at: datetime) -> None:
    """Say no to what waits. It stays readable as a returned version."""
    _LIFE.send_back(owner_id=signpost_id, seen=seen, by=by, at=at)


def withdraw(*, signpost_id: str, why: str, by: Actor, at: datetime) -> None:
    """Ask a second person to take the contact off the page. Raises as `Life.withdraw` and `propose` do."""
    with db.write():
        _LIFE.withdraw(owner_id=signpost_id, why=why, by=by, at=at)
        propose(signpost_id=signpost_id, by=by, at=at)


def bring_back(*, signpost_id: str, number: int, seen: int, by: Actor, at: datetime) -> None:
    """Make a draft of what version `number` said, checked like any. Raises as `Life.bring_back` does."""
    _LIFE.bring_back(owner_id=signpost_id, number=number, seen=seen, by=by, at=at)


def verify(*, signpost_id: str, number: int, how: str, review_by: date, by: Actor, at: datetime) -> None:
    """Write down that somebody checked what students see. Raises as `Life.verify` does."""
    _LIFE.verify(owner_id=signpost_id, number=number, how=how, review_by=review_by, by=by, at=at)


def move(*, signpost_id: str, up: bool, by: Actor, at: datetime) -> None:
    """One place up or down among the contacts of its way that the same students see; at the end it stays.

    Raises NotFound.
    """
    with db.write():
        db.hold("signposting order")
        everything = contacts()
        beside = neighbour(everything, signpost_id, up=up)
        if beside is None:
            return
        order = [contact.id for contact in everything]
        here, there = order.index(signpost_id), order.index(beside)
        order[here], order[there] = order[there], order[here]
        for position, key in enumerate(order, start=1):
            db.locked(Signpost, key).position = position
        audit.record(
            verb="signposting.move",
            subject=("signpost", signpost_id),
            by=by,
            at=at,
            detail={"up": up},
        )


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
