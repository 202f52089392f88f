"""Changing a contact: one person writes, another publishes, and two routes can never be lost."""

import re
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from student_portal.audit import service as audit
from student_portal.audit.queries import Actor
from student_portal.foundation import clock, db
from student_portal.foundation.errors import NotFound, Refused
from student_portal.signposting.models import Signpost, SignpostVersion, VersionState, Way
from student_portal.signposting.queries import Content
from student_portal.signposting.starting import BY_UNIVERSITY, EVERYBODY

REVIEW_DAYS = 90
_NUMBER = re.compile(r"\+?[0-9][0-9 ]{1,18}[0-9]")
_WAITING = (VersionState.DRAFT, VersionState.PROPOSED)


def add(*, organisation_id: str | None, content: Content, by: Actor, at: datetime) -> str:
    """Begin a contact with a first draft; gives the contact's id. Raises Refused as `draft` does."""
    with db.write() as session:
        last = session.exec(select(Signpost.position).order_by(col(Signpost.position).desc())).first()
        made = Signpost(
            service_id=by.service_id,
            organisation_id=organisation_id,
            position=(last or 0) + 1,
            created_at=at,
        )
        session.add(made)
        session.flush()
        draft(signpost_id=made.id, content=content, seen=0, by=by, at=at)
        return made.id


def draft(*, signpost_id: str, content: Content, seen: int, by: Actor, at: datetime) -> None:
    """Save a draft; students go on seeing the published version.

    `seen` is the save count the editor was shown (0: there was no draft). Raises Conflict if someone saved
    in between; Refused("number" | "https" | "review") for a target or date that cannot be right.
    """
    _judge(content, at)
    with db.write() as session:
        db.locked(Signpost, signpost_id)
        row = _waiting(session, signpost_id)
        db.expect(seen, row.version if row else 0)
        if row is None:
            row = SignpostVersion(
                signpost_id=signpost_id,
                number=_next_number(session, signpost_id),
                state=VersionState.DRAFT,
                version=0,
                drafted_at=at,
                **_columns(content, at),
            )
        for name, value in _columns(content, at).items():
            setattr(row, name, value)
        row.state, row.drafted_by, row.drafted_at = VersionState.DRAFT, by.person_id, at
        row.version += 1
        session.add(row)
        session.flush()
        _audit("draft", row, by, at)


def propose(*, signpost_id: str, by: Actor, at: datetime) -> None:
    """Ask a second person to publish the draft. Raises NotFound if there is none."""
    with db.write() as session:
        row = _the_waiting(session, signpost_id)
        row.state = VersionState.PROPOSED
        _audit("propose", row, by, at)


def approve(*, signpost_id: str, seen: int, by: Actor, at: datetime) -> None:
    """Publish what was proposed, as shown to the approver.

    Raises Refused("second_person") for its author, Refused("floor") if afterwards no call or no text route
    would be open day and night, and Conflict if it was changed since it was shown.
    """
    with db.write() as session:
        db.locked(Signpost, signpost_id)
        row = _the_waiting(session, signpost_id)
        db.expect(seen, row.version)
        if row.state is not VersionState.PROPOSED:
            raise Refused("not_proposed")
        if row.drafted_by == by.person_id:
            raise Refused("second_person")
        for old in session.exec(_published(signpost_id)):
            old.state = VersionState.REPLACED
        session.flush()  # the database allows one published version; the old one steps back first
        row.state, row.approved_by, row.approved_at = VersionState.PUBLISHED, by.person_id, at
        session.flush()
        _keep_floor(session)
        _audit("approve", row, by, at)


def send_back(*, signpost_id: str, seen: int, by: Actor, at: datetime) -> None:
    """Say no to what was proposed. It stays readable as a returned version."""
    with db.write() as session:
        row = _the_waiting(session, signpost_id)
        db.expect(seen, row.version)
        row.state = VersionState.RETURNED
        _audit("send_back", row, by, at)


def publish_starting(*, organisations: dict[str, str], by: Actor, at: datetime) -> None:
    """Put the contacts that come with the software on the page, each marked as never checked by a person.

    `organisations` maps a university's name to its id.
    """
    with db.write():
        for position, content in enumerate(EVERYBODY, start=1):
            _publish_unchecked(None, content, position, by=by, at=at)
        for name, content in BY_UNIVERSITY.items():
            if name in organisations:
                _publish_unchecked(organisations[name], content, 1, by=by, at=at)


def _publish_unchecked(
    organisation_id: str | None, content: Content, position: int, *, by: Actor, at: datetime
) -> None:
    with db.write() as session:
        made = Signpost(
            service_id=by.service_id, organisation_id=organisation_id, position=position, created_at=at
        )
        session.add(made)
        session.flush()
        row = SignpostVersion(
            signpost_id=made.id,
            number=1,
            state=VersionState.PUBLISHED,
            drafted_at=at,
            approved_at=at,
            **{**_columns(content, at), "verified_on": None},
        )
        session.add(row)
        session.flush()
        _audit("publish_starting", row, by, at)


def _judge(content: Content, at: datetime) -> None:
    if content.way is Way.WEB:
        parts = urlsplit(content.target)
        if parts.scheme != "https" or not parts.hostname or "." not in parts.hostname or parts.username:
            raise Refused("https")
    elif not _NUMBER.fullmatch(content.target):
        raise Refused("number")
    today = clock.london(at).date()
    if content.review_by is None or not today < content.review_by <= today + timedelta(days=REVIEW_DAYS):
        raise Refused("review")


def _columns(content: Content, at: datetime) -> dict[str, Any]:
    return {
        "way": content.way,
        "name": content.name,
        "target": content.target,
        "always_open": content.hours is None,
        "hours": content.hours,
        "cost": content.cost,
        "what_happens": content.what_happens,
        "checked_how": content.checked_how,
        "verified_on": clock.london(at).date(),
        "review_by": content.review_by,
    }


def _waiting(session: Session, signpost_id: str) -> SignpostVersion | None:
    return session.exec(
        select(SignpostVersion).where(
            SignpostVersion.signpost_id == signpost_id, col(SignpostVersion.state).in_(_WAITING)
        )
    ).first()


def _the_waiting(session: Session, signpost_id: str) -> SignpostVersion:
    row = _waiting(session, signpost_id)
    if row is None:
        raise NotFound("draft")
    return row


def _next_number(session: Session, signpost_id: str) -> int:
    numbers = session.exec(
        select(SignpostVersion.number).where(SignpostVersion.signpost_id == signpost_id)
    ).all()
    return max(numbers, default=0) + 1


def _published(signpost_id: str) -> SelectOfScalar[SignpostVersion]:
    return select(SignpostVersion).where(
        SignpostVersion.signpost_id == signpost_id, SignpostVersion.state == VersionState.PUBLISHED
    )


def _keep_floor(session: Session) -> None:
    """At least one call and one text route for everybody stay open day and night (SAFE-07)."""
    ways = session.exec(
        select(SignpostVersion.way)
        .join(Signpost, col(Signpost.id) == SignpostVersion.signpost_id)
        .where(
            SignpostVersion.state == VersionState.PUBLISHED,
            col(SignpostVersion.always_open).is_(True),
            col(Signpost.organisation_id).is_(None),
        )
    ).all()
    if not {Way.TEXT, Way.CALL} <= set(ways):
        raise Refused("floor")


def _audit(verb: str, row: SignpostVersion, by: Actor, at: datetime) -> None:
    audit.record(
        verb=f"signposting.{verb}",
        subject=("signpost_version", row.id),
        by=by,
        at=at,
        detail={"number": row.number, "state": row.state},
    )
