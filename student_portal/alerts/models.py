"""A message that a named person must read: a student's words on a safety item, or their wish to talk."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import UniqueConstraint

from student_portal.duty.queries import TaskKind
from student_portal.foundation.columns import Declare, Keep, Row, check, only_one
from student_portal.foundation.sealed import Sealed

care = Declare(keep=Keep.RECORD, readers="therapist and cover; manager: times only")
times = Declare(keep=Keep.RECORD, readers="everybody on duty")
running = Declare(keep=Keep.SERVICE, readers="everybody on duty; the machine that watches")


class AlertState(StrEnum):
    """raised -> acknowledged -> acted, or taken back by the student. Nothing here is a level."""

    RAISED = "raised"
    ACKNOWLEDGED = "acknowledged"
    ACTED = "acted"
    TAKEN_BACK = "taken_back"  # only a wish to talk, before anybody read it


class AnswerAlert(Row, table=True):
    """One alert for one sent form, however many items it carries; or for one wish to talk, without words."""

    __table_args__ = (
        check("owned", "owner_id IS NOT NULL"),
        check("a_wish_has_no_words", "(response_id IS NULL) = (facts_sealed IS NULL)"),
        check("a_wish_has_no_form", "(response_id IS NULL) = (session_id IS NULL)"),
        only_one("uq_answer_alert_wish", "person_id", where="response_id IS NULL AND state = 'raised'"),
    )

    id: str = care.key()
    service_id: str = care.ref("service.id", "in which service", index=False)
    person_id: str = care.ref("person.id", "whose answers")
    response_id: str | None = care.mark(
        "the form as first sent; one alert each, however often it is changed; empty: a wish to talk",
        null=True,
        unique=True,
    )
    session_id: str | None = care.mark("the session the form is for", null=True, index=True)
    owner_id: str = care.ref("person.id", "whose to read")
    raised_at: datetime = care.moment("when the form was first sent with such an answer, or the wish")
    due_at: datetime = care.moment("read by", index=True)
    state: AlertState = care.choice(AlertState, "where it stands", default=AlertState.RAISED, index=True)
    raising: int = care.number("which time it waits to be read; 1: as first sent", default=1)
    version: int = care.number("counts changes, so that two people lose nothing", default=1)
    facts_sealed: bytes | None = care.sealed(
        "items and chosen words, now and last time, and what was not answered", null=True
    )

    facts = Sealed.document("facts_sealed")

    @property
    def task_kind(self) -> TaskKind:
        """What its owner's task is called, and so which of the two it is."""
        return TaskKind.ASKED_TO_TALK if self.response_id is None else TaskKind.ANSWER_TO_READ


class AlertEvent(Row, table=True):
    """One step: who acknowledged or did what, and when."""

    id: str = care.key()
    alert_id: str = care.ref("answer_alert.id", "which alert")
    state: AlertState = care.choice(AlertState, "the state it came into")
    at: datetime = care.moment("when")
    by: str | None = care.ref("person.id", "who", null=True, index=False)
    note_sealed: bytes | None = care.sealed("what was done, in words", null=True)

    note = Sealed.text("note_sealed")


class AlertHandOver(Row, table=True):
    """One time that an alert became another person's to read."""

    id: str = times.key()
    alert_id: str = times.ref("answer_alert.id", "which alert")
    from_id: str = times.ref("person.id", "whose it was", index=False)
    to_id: str = times.ref("person.id", "whose it is now", index=False)
    at: datetime = times.moment("when")
    by: str | None = times.ref("person.id", "who decided; empty: the machine", null=True, index=False)
    why: str = times.text("why, as a code", length=40)


class StepKind(StrEnum):
    """Who is told of an alert that nobody has read, in this order."""

    OWNER = "owner"  # only of one that is due as it is sent
    COVER = "cover"
    MANAGER = "manager"
    AGAIN = "again"  # each working morning: whoever reads for the owner, and the manager


class Outcome(StrEnum):
    """What came of a step."""

    TOLD = "told"
    AWAY = "away"  # the owner was, and was left alone: the cover is told
    NO_COVER = "no_cover"  # nobody stands in, so the manager was told in their stead
    NOBODY = "nobody"  # there was nobody to tell
    PASSED = "passed"  # a morning that a worker slept through; the next one told


class EscalationStep(Row, table=True):
    """One time that somebody was told that an alert is unread. Written once, never changed."""

    __table_args__ = (UniqueConstraint("alert_id", "raising", "step", "slot"),)

    id: str = times.key()
    alert_id: str = times.ref("answer_alert.id", "which alert", index=False)
    raising: int = times.number("which time it waited to be read")
    step: StepKind = times.choice(StepKind, "which step")
    slot: str = times.text("of those that come again: which morning, and as what", length=40, default="")
    due_at: datetime = times.moment("when the step fell due")
    at: datetime = times.moment("when it was taken")
    to_id: str | None = times.ref("person.id", "who was told; empty: there was nobody", null=True)
    channels: str = times.text("how, besides the pages: email, sms", length=20, default="")
    outcome: Outcome = times.choice(Outcome, "what came of it")


class MissedStep(Row, table=True):
    """One step that did not reach the person: its message failed, or there was nobody to tell."""

    __table_args__ = (UniqueConstraint("step_id", "channel"),)

    id: str = times.key()
    step_id: str = times.ref("escalation_step.id", "which step", index=False)
    channel: str = times.text("on which channel; empty: all", length=10, default="")
    at: datetime = times.moment("when it was found out")
    why: str = times.text("why, as a code", length=60)


class Heartbeat(Row, table=True):
    """When a part of the portal last finished a round, by the machine's time."""

    __table_args__ = (UniqueConstraint("service_id", "part"),)

    id: str = running.key()
    service_id: str = running.ref("service.id", "of which service", index=False)
    part: str = running.text("which part, such as worker", length=20)
    seen_at: datetime = running.moment("when, to the minute")
