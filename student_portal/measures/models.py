"""A student's form: its answers while open, one sealed document and plain scores once sent."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint

from student_portal.foundation.columns import Declare, Keep, Row, check, only_one
from student_portal.foundation.sealed import Sealed

unsent = Declare(keep=Keep.ANSWERS, readers="the student alone, until Send")
care = Declare(keep=Keep.RECORD, readers="therapist; the student")
own = Declare(keep=Keep.RECORD, readers="the student")


class ResponseState(StrEnum):
    OPEN = "open"
    SENT = "sent"
    DECLINED = "declined"  # "not this time"


class DeclineReason(StrEnum):
    """Why not this time, where a student cared to say."""

    NO_TIME = "no_time"
    TOO_MUCH = "too_much"
    TALK = "talk"  # would rather talk about it
    NOT_PRIVATE = "not_private"
    OTHER = "other"


class ResponseMode(StrEnum):
    """How the answers came in."""

    OWN_DEVICE = "own_device"
    HERE = "here"  # on the therapist's device, in the room
    PAPER = "paper"
    SPOKEN = "spoken"


class QuestionnaireResponse(Row, table=True):
    """One filling-in of one form for one numbered session. A fresh one after a move is attempt 2."""

    __table_args__ = (
        UniqueConstraint("session_id", "attempt", "version"),
        Index("ix_questionnaire_response_newest", "definition_id", "sent_at"),
        ForeignKeyConstraint(
            ["session_id", "person_id"], ["therapy_session.id", "therapy_session.person_id"]
        ),
        check("sent_is_sealed", "state <> 'sent' OR (sent_at IS NOT NULL AND document_sealed IS NOT NULL)"),
        check("entered_has_a_day", "(entered_by IS NULL) = (filled_on IS NULL)"),
    )

    id: str = care.key()
    service_id: str = care.ref("service.id", "in which service", index=False)
    person_id: str = care.ref("person.id", "whose answers; bound to the session's person by the database")
    session_id: str = care.mark("before which session", index=True)
    attempt: int = care.number("1, or more after a session moved far", default=1)
    version: int = care.number("1 as first sent; amendments count up", default=1)
    definition_id: str = care.text("which instrument", length=40)
    definition_version: int = care.number("which edition of it")
    checksum: str = care.text("SHA-256 of its data files, so that the wording shown is known", length=64)
    language: str = care.text("language of the wording", length=12)
    mode: ResponseMode = care.choice(ResponseMode, "how it was filled in", default=ResponseMode.OWN_DEVICE)
    state: ResponseState = care.choice(ResponseState, "where it stands", default=ResponseState.OPEN)
    opened_at: datetime = care.moment("first answer or first page posted")
    paused_at: datetime | None = care.moment("when the pause page was shown; it comes once", null=True)
    sent_at: datetime | None = care.moment("when Send was pressed", null=True, index=True)
    starts_at_send: datetime | None = care.moment("where the session stood when it was sent", null=True)
    is_late: bool = care.flag("finished after the session's start and grace")
    entered_by: str | None = care.mark("staff who entered a paper or spoken form", null=True)
    filled_on: date | None = care.day("when a paper or spoken form was filled in", null=True)
    devices: int | None = care.number("browser sessions it was answered in; empty: not known", null=True)
    document_sealed: bytes | None = care.sealed("once sent: position by item number, null = none", null=True)

    document = Sealed.document("document_sealed")


class Answer(Row, table=True):
    """The present answer to one item of an unsent form. A skipped item has a row and no position."""

    __table_args__ = (UniqueConstraint("response_id", "item"),)

    id: str = unsent.key()
    response_id: str = unsent.ref("questionnaire_response.id", "of which form", index=False)
    item: int = unsent.number("item number, from 1")
    answered_at: datetime = unsent.moment("when it was last saved")
    proof_id: str | None = unsent.mark("the browser session it was given in", null=True)
    position_sealed: bytes | None = unsent.sealed("ticked position 0 to 4; empty: skipped", null=True)

    position = Sealed.document("position_sealed")


class Score(Row, table=True):
    """One scale of one sent form, as computed at Send; never silently computed again."""

    __table_args__ = (
        UniqueConstraint("response_id", "definition_id", "scale"),
        check("denominator", "denominator > 0"),
    )

    id: str = care.key()
    response_id: str = care.ref("questionnaire_response.id", "of which form", index=False)
    definition_id: str = care.text("scored as: core_om, or core_10 for the ten embedded items", length=40)
    scale: str = care.text("all, non_risk, W, P, F, R", length=20)
    numerator: int | None = care.number("clinical score 0 to 40 as a fraction; empty: no score", null=True)
    denominator: int = care.number("of the fraction", default=1)
    shown: str | None = care.text("as people read it, one decimal", length=8, null=True)
    items: int = care.number("items of the scale")
    answered: int = care.number("of which answered")
    is_prorated: bool = care.flag("worked out from fewer answers, within the instrument's limit")


class ResponseEvent(Row, table=True):
    """One change of where a form stands."""

    id: str = care.key()
    response_id: str = care.ref("questionnaire_response.id", "which form")
    state: ResponseState = care.choice(ResponseState, "the state it came into")
    at: datetime = care.moment("when")
    by: str | None = care.mark("who: the student, or staff entering paper", null=True)
    reason: str = care.text("why, as a code", length=60, default="")


class FormReading(Row, table=True):
    """The first time one member of staff opened one sent form. The student sees when, and the first name."""

    __table_args__ = (UniqueConstraint("response_id", "by"),)

    id: str = care.key()
    response_id: str = care.ref("questionnaire_response.id", "which form", index=False)
    by: str = care.ref("person.id", "who opened it", index=False)
    at: datetime = care.moment("when they first did")


class TalkingPoint(Row, table=True):
    """What a student wants to talk about in one session, theirs to change until it starts."""

    __table_args__ = (
        UniqueConstraint("session_id"),
        ForeignKeyConstraint(
            ["session_id", "person_id"], ["therapy_session.id", "therapy_session.person_id"]
        ),
    )

    id: str = care.key()
    service_id: str = care.ref("service.id", "in which service", index=False)
    person_id: str = care.ref("person.id", "whose words; bound to the session's person by the database")
    session_id: str = care.mark("in which session")
    saved_at: datetime = care.moment("when it was last saved")
    version: int = care.number("counts changes, so that two tabs lose nothing", default=1)
    words_sealed: bytes | None = care.sealed("the student's words; empty: taken back", null=True)

    words = Sealed.text("words_sealed")


class TalkedAbout(Row, table=True):
    """That what a student sent before a session was talked about. Taken back by ending the row.

    The student sees it. That there is no row says nothing to anybody.
    """

    __table_args__ = (
        only_one("uq_talked_about_now", "session_id", where="until IS NULL"),
        ForeignKeyConstraint(
            ["session_id", "person_id"], ["therapy_session.id", "therapy_session.person_id"]
        ),
    )

    id: str = care.key()
    service_id: str = care.ref("service.id", "in which service", index=False)
    person_id: str = care.ref("person.id", "with whom; bound to the session's person by the database")
    session_id: str = care.mark("before which session it was sent")
    since: datetime = care.moment("when the tick was set")
    by: str = care.ref("person.id", "who set it", index=False)
    until: datetime | None = care.moment("when it was taken back", null=True)


class FormLayout(StrEnum):
    """How the questions of a form stand on a phone."""

    ONE = "one"  # one question a screen
    PAGE = "page"  # all of them on one scrolling page


class FormPreference(Row, table=True):
    """How one student wants forms and their own results shown."""

    __table_args__ = (UniqueConstraint("person_id"),)

    id: str = own.key()
    service_id: str = own.ref("service.id", "in which service", index=False)
    person_id: str = own.ref("person.id", "whose wish", index=False)
    layout: FormLayout | None = own.choice(FormLayout, "their layout; empty: the service's", null=True)
    hides_numbers: bool = own.flag("no score is shown to them anywhere")
    version: int = own.number("counts changes, so that two tabs lose nothing", default=1)
