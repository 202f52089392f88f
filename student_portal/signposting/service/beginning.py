"""The contacts that come with the software, put on the page as never checked by a person."""

from datetime import datetime

from student_portal.audit import service as audit
from student_portal.audit.queries import Actor
from student_portal.foundation import db
from student_portal.signposting.models import Signpost, SignpostVersion, VersionState
from student_portal.signposting.queries import Content
from student_portal.signposting.service.contacts import columns
from student_portal.signposting.starting import starting


def publish_starting(*, organisations: dict[str, str], by: Actor, at: datetime) -> None:
    """Put the starting contacts on the page. `organisations` maps a university's name to its id."""
    with db.write():
        for position, content in enumerate(starting(organisations), start=1):
            _publish_unchecked(content, position, by=by, at=at)


def _publish_unchecked(content: Content, position: int, *, by: Actor, at: datetime) -> None:
    with db.write() as session:
        made = Signpost(service_id=by.service_id, position=position, created_at=at)
        session.add(made)
        session.flush()
        row = SignpostVersion(
            signpost_id=made.id,
            number=1,
            state=VersionState.PUBLISHED,
            drafted_at=at,
            approved_at=at,
            **columns(content),
        )
        session.add(row)
        session.flush()
        audit.record(
            verb="signposting.publish_starting",
            subject=("signpost_version", row.id),
            by=by,
            at=at,
            detail={"number": row.number, "state": row.state},
        )
