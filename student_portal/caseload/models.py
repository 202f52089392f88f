"""What staff write about a student: rows they enter, one short note a session, and its drafts."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKeyConstraint, UniqueConstraint

from student_portal.foundation.columns import Declare, Keep, Row
from student_portal.foundation.sealed import Sealed

care = Declare(keep=Keep.RECORD, readers="care team; the student, who may ask for it")
own = Declare(keep=Keep.RECORD, readers="its author alone, until it is saved as a note")
out = Declare(keep=Keep.DAY, readers="the therapist who asked for it")

LONGEST_NAME = 80  # characters of what a student is called
LONGEST_ROW = 300  # characters of one row about a student
LONGEST_NOTE = 2000  # characters of each half of a note


class AboutStudent(Row, table=True):
    """What staff entered about one student. Each saving is a row of its own; the newest counts."""

    __table_args__ = (UniqueConstraint("person_id", "version"),)

    id: str = care.key()
    service_id: str = care.ref("service.id", "in which service", index=False)
    person_id: str = care.ref("person.id", "whom it is about", index=False)
    version: int = care.number("1, 2, 3: so that two people lose nothing")
    saved_at: datetime = care.moment("when it was entered")
    saved_by: str = care.ref("person.id", "who entered it", index=False)
    name_before_sealed: bytes | None = care.sealed(
        "what they were called until this version gave them another name; empty: it gave none", null=True
    )
    pronouns_sealed: bytes | None = care.sealed("their pronouns; empty: not entered", null=True)
    access_needs_sealed: bytes | None = care.sealed("what makes a session work for them", null=True)
    safe_contact_sealed: bytes | None = care.sealed("what to mind when getting in touch", null=True)

    name_before = Sealed.text("name_before_sealed")
    pronouns = Sealed.text("pronouns_sealed")
    access_needs = Sealed.text("access_needs_sealed")
    safe_contact = Sealed.text("safe_contact_sealed")


class SessionNote(Row, table=True):
    """One saved version of a session's note. None is ever changed; the newest counts."""

    __table_args__ = (
        UniqueConstraint("session_id", "version"),
        ForeignKeyConstraint(
            ["session_id", "person_id"], ["therapy_session.id", "therapy_session.person_id"]
        ),
    )

    id: str = care.key()
    service_id: str = care.ref("service.id", "in which service", index=False)
    person_id: str = care.ref("person.id", "whom it is about; bound to the session's person by the database")
    session_id: str = care.mark("about which session")
    version: int = care.number("1, 2, 3: so that two people lose nothing")
    saved_at: datetime = care.moment("when it was saved")
    saved_by: str = care.ref("person.id", "its author", index=False)
    formulation_sealed: bytes | None = care.sealed("how things are understood", null=True)
    plan_sealed: bytes | None = care.sealed("what comes next", null=True)

    formulation = Sealed.text("formulation_sealed")
    plan = Sealed.text("plan_sealed")


class NoteDraft(Row, table=True):
    """What one person has typed of a note and not saved as one. At most one a session and author."""

    __table_args__ = (
        UniqueConstraint("session_id", "author_id"),
        ForeignKeyConstraint(
            ["session_id", "person_id"], ["therapy_session.id", "therapy_session.person_id"]
        ),
    )

    id: str = own.key()
    service_id: str = own.ref("service.id", "in which service", index=False)
    person_id: str = own.ref("person.id", "whom it is about; bound to the session's person by the database")
    session_id: str = own.mark("about which session")
    author_id: str = own.ref("person.id", "who is typing", index=False)
    based_on: int = own.number("the version of the note it was begun from; 0: none")
    version: int = own.number("counts savings, so that two tabs lose nothing", default=0)
    saved_at: datetime = own.moment("when it was last kept")
    formulation_sealed: bytes | None = own.sealed("how things are understood", null=True)
    plan_sealed: bytes | None = own.sealed("what comes next", null=True)

    formulation = Sealed.text("formulation_sealed")
    plan = Sealed.text("plan_sealed")


class ReportState(StrEnum):
    WAITING = "waiting"
    MADE = "made"
    FAILED = "failed"


class ReportBatch(Row, table=True):
    """Reports that a therapist asked for at once. They are made beside the pages, and kept for a day."""

    id: str = out.key()
    service_id: str = out.ref("service.id", "in which service", index=False)
    asked_by: str = out.ref("person.id", "who asked, and alone may take them", index=False)
    asked_at: datetime = out.moment("when")
    expires_at: datetime = out.moment("when they are destroyed", index=True)


class BatchReport(Row, table=True):
    """One student's report in a batch."""

    __table_args__ = (UniqueConstraint("batch_id", "person_id"),)

    id: str = out.key()
    batch_id: str = out.ref("report_batch.id", "of which batch", index=False)
    person_id: str = out.ref("person.id", "whose report")
    state: ReportState = out.choice(
        ReportState, "whether it is made", default=ReportState.WAITING, index=True
    )
    pdf_sealed: bytes | None = out.sealed("the file, until the batch expires", null=True)

    pdf = Sealed.file("pdf_sealed")
