"""Taking one session out for another record."""

from datetime import datetime

from student_portal.access.queries import Viewer
from student_portal.audit import service as audit
from student_portal.caseload.queries.record import SessionRecord, session_record
from student_portal.foundation import db


def export_session(*, session_id: str, by: Viewer, at: datetime) -> SessionRecord:
    """What is copied, and that it was: an export, in one transaction. Raises NotFound."""
    with db.write():
        with db.only_reading():
            record = session_record(by, session_id)
        audit.record(
            verb="caseload.export",
            subject=("session", session_id),
            person_id=record.facts.person_id,
            by=by,
            at=at,
            detail={"responses": [sent.form.response_id for sent in record.sent]},
        )
        return record
