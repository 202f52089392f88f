"""The pages outside that did not open when they were last asked."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from student_portal.foundation import db
from student_portal.foundation.outside import Answer
from student_portal.signposting.models import LinkCheck


@dataclass(frozen=True)
class BrokenLink:
    """One address that students are led to and that did not open."""

    url: str
    asked_at: datetime


def broken_links() -> list[BrokenLink]:
    """By address; none while the service has links checked by nobody."""
    with db.read() as session:
        rows = session.exec(
            select(LinkCheck)
            .where(col(LinkCheck.answer).is_not(None), LinkCheck.answer != Answer.OPENS)
            .order_by(LinkCheck.url)
        )
        return [BrokenLink(row.url, row.asked_at) for row in rows]
