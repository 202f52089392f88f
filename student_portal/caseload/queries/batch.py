"""How far a batch of reports is."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from student_portal.access.queries import Viewer, visible_people
from student_portal.accounts import queries as accounts
from student_portal.caseload.models import BatchReport, ReportBatch, ReportState
from student_portal.foundation import db
from student_portal.foundation.errors import NotFound


@dataclass(frozen=True)
class BatchLine:
    """One student's report. `name` is empty when their record is not open to the viewer any more."""

    id: str
    name: str
    state: ReportState


@dataclass(frozen=True)
class Batch:
    """The reports a therapist asked for at once, in the order they are made."""

    id: str
    expires_at: datetime
    lines: tuple[BatchLine, ...]

    @property
    def done(self) -> int:
        return sum(line.state != ReportState.WAITING for line in self.lines)


def batch(viewer: Viewer, batch_id: str, *, at: datetime) -> Batch:
    """One batch. Raises NotFound for anybody but whoever asked for it, and when its day is over."""
    with db.read() as unit:
        row = unit.get(ReportBatch, batch_id)
        if row is None or row.asked_by != viewer.person_id or row.expires_at <= at:
            raise NotFound("batch")
        reports = unit.exec(
            select(BatchReport.id, BatchReport.person_id, BatchReport.state)
            .where(BatchReport.batch_id == batch_id)
            .order_by(col(BatchReport.id))
        ).all()
        seen = set(unit.exec(visible_people(viewer)))
    names = accounts.names_of(viewer, [person for _, person, _ in reports if person in seen])
    lines = (BatchLine(key, names.get(person, ""), ReportState(state)) for key, person, state in reports)
    return Batch(row.id, row.expires_at, tuple(lines))
