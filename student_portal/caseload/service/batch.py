"""Reports that are asked for together: made one by one beside the pages, kept for a day, then destroyed."""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta

from sqlmodel import col, delete, select

from student_portal.access import queries as access
from student_portal.access.queries import Role, Viewer
from student_portal.audit import service as audit
from student_portal.audit.queries import Actor
from student_portal.caseload.models import BatchReport, ReportBatch, ReportState
from student_portal.foundation import db
from student_portal.foundation.errors import NotFound, Refused

KEPT = timedelta(hours=24)

Draw = Callable[[Viewer, str], bytes]
"""Makes one student's report, as that therapist may see it; gives the file. Raises NotFound."""


def ask_reports(*, people: Collection[str], by: Viewer, at: datetime) -> str:
    """Ask for the reports of these students; gives the batch's id. Raises Refused("empty"), and NotFound if
    the record of one is not open to `by`.
    """
    if not people:
        raise Refused("empty")
    with db.write() as unit:
        for person_id in people:
            access.require_sight(by, person_id)
        batch = ReportBatch(
            service_id=by.service_id, asked_by=str(by.person_id), asked_at=at, expires_at=at + KEPT
        )
        unit.add(batch)
        unit.flush()
        for person_id in people:
            unit.add(BatchReport(batch_id=batch.id, person_id=person_id))
        audit.record(
            verb="caseload.ask_reports",
            subject=("report_batch", batch.id),
            by=by,
            at=at,
            detail={"people": list(people)},
        )
        return batch.id


def make_one(*, draw: Draw, at: datetime) -> bool:
    """Make the report that has waited longest; whether there was one.

    It is drawn before anything is locked: one that a worker died over is made again, and of one that two
    workers drew the first stays. One that cannot be drawn raises, and is not tried again.
    """
    with db.read() as unit:
        found = unit.exec(
            select(BatchReport, ReportBatch)
            .join(ReportBatch, col(ReportBatch.id) == BatchReport.batch_id)
            .where(BatchReport.state == ReportState.WAITING, ReportBatch.expires_at > at)
            .order_by(col(BatchReport.id))
        ).first()
    if found is None:
        return False
    report, batch = found
    viewer = Viewer(batch.service_id, batch.asked_by, Role.THERAPIST)
    try:
        pdf: bytes | None = draw(viewer, report.person_id)
    except NotFound:  # the student is looked after by somebody else now
        pdf = None
    except db.Unreachable:
        raise
    except Exception:  # waiting on, it would stand in the way of everybody's reports
        _settle(report.id, None)
        raise
    _settle(report.id, pdf)
    return True


def _settle(report_id: str, pdf: bytes | None) -> None:
    with db.write():
        row = db.locked(BatchReport, report_id)
        if row.state == ReportState.WAITING:
            row.pdf, row.state = pdf, ReportState.MADE if pdf else ReportState.FAILED


def take(*, report_id: str, by: Viewer, at: datetime) -> bytes:
    """The made file, for whoever asked for it and may still open the record. Raises NotFound."""
    with db.write() as unit:
        row = unit.get(BatchReport, report_id)
        batch = unit.get(ReportBatch, row.batch_id) if row else None
        if row is None or batch is None or batch.asked_by != by.person_id or batch.expires_at <= at:
            raise NotFound("report")
        access.require_sight(by, row.person_id)
        if row.state != ReportState.MADE:
            raise NotFound("report")
        audit.record(
            verb="caseload.export",
            subject=("person", row.person_id),
            person_id=row.person_id,
            by=by,
            at=at,
            detail={"as": "pdf", "batch": batch.id},
        )
        return row.pdf


def destroy_old_reports(*, at: datetime, by: Actor) -> int:
    """Destroy the batches whose day is over, files and all; gives how many."""
    with db.write() as unit:
        over = unit.exec(select(ReportBatch.id).where(ReportBatch.expires_at <= at)).all()
        if over:
            unit.exec(delete(BatchReport).where(col(BatchReport.batch_id).in_(over)))
            unit.exec(delete(ReportBatch).where(col(ReportBatch.id).in_(over)))
            audit.record(
                verb="caseload.destroy_reports", subject=("report_batch", over[0]), by=by, at=at,
                detail={"batches": len(over)},
            )  # fmt: skip
        return len(over)
