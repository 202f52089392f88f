"""That a member of staff has opened a sent form, so that its student may know."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import col, select

from student_portal.audit.queries import Actor
from student_portal.foundation import db
from student_portal.foundation.prepared import Columns, columns, prepared
from student_portal.measures.models import FormReading


def record_readings(*, response_ids: Collection[str], by: Actor, at: datetime) -> None:
    """Keep when this person first opened each of these forms; a version counts by itself.

    Joins the caller's transaction, which also writes the activity log's line. Nothing is written for what is
    known already.
    """
    if by.person_id is None:
        raise ValueError("only a person reads")
    mine = select(FormReading).where(FormReading.by == by.person_id)
    with db.write():
        known = {key for (key,) in _known(responses=response_ids, by=by.person_id)} if response_ids else set()
        for key in sorted(set(response_ids) - known):
            reading = FormReading(response_id=key, by=by.person_id, at=at)
            db.add_unless(mine.where(FormReading.response_id == key), reading)


@prepared
def _known(responses: Collection[str], by: str) -> Columns:
    opened = columns(FormReading.response_id).where(col(FormReading.by) == by)
    return opened.where(col(FormReading.response_id).in_(responses))
