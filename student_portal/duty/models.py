"""When the service works, and what somebody must do by when."""

from datetime import date, datetime, time
from enum import StrEnum

from student_portal.duty.rota import DayHalf, DutyRole
from student_portal.foundation.columns import Declare, Keep, Row, check, only_one
from student_portal.foundation.sealed import Sealed

calendar = Declare(keep=Keep.SERVICE, readers="all staff")
work = Declare(keep=Keep.RECORD, readers="all staff")
care = Declare(keep=Keep.RECORD, readers="care team; manager")


class ServiceHours(Row, table=True):
    """Open hours of one weekday from a date on. A weekday without a row is closed."""

    __table_args__ = (
        check("weekday", "weekday BETWEEN 0 AND 6"),
        check("opens_first", "opens < closes"),
        only_one("uq_service_hours_now", "service_id", "weekday", where="until IS NULL"),
    )

    id: str = calendar.key()
    service_id: str = calendar.ref("service.id", "whose hours")
    weekday: int = calendar.number("0 is Monday, 6 is Sunday")
    opens: time = calendar.wall("opening time, London")
    closes: time = calendar.wall("closing time, London")
    since: date = calendar.day("first day these hours hold")
    until: date | None = calendar.day("last day, or empty", null=True)


class ClosedDays(Row, table=True):
    """Days on which the service is closed besides weekends and bank holidays."""

    __table_args__ = (check("first_first", "first <= last"),)

    id: str = calendar.key()
    service_id: str = calendar.ref("service.id", "whose days")
    first: date = calendar.day("first day")
    last: date = calendar.day("last day")
    taken_back_at: datetime | None = calendar.moment("when it was decided to work after all", null=True)


class Absence(Row, table=True):
    """When somebody does not work. Why is never asked. Ended early, its end is written beside the plan."""

    __table_args__ = (
        check("weekday", "weekday BETWEEN 0 AND 6"),
        check("since_first", "since < until"),
    )

    id: str = work.key()
    service_id: str = work.ref("service.id", "in which service", index=False)
    person_id: str = work.ref("person.id", "the member of staff who is away")
    since: datetime = work.moment("from when")
    until: datetime | None = work.moment("until when; empty: until further notice", null=True)
    weekday: int | None = work.number("only on this weekday, 0 is Monday; empty: every day", null=True)
    half: DayHalf | None = work.choice(DayHalf, "only that half of the day; empty: all day", null=True)
    ended_at: datetime | None = work.moment("from when it no longer held, if it was ended", null=True)


class DutyTurn(Row, table=True):
    """Who stands in for whom, or is the manager on duty: in which order, and when."""

    __table_args__ = (
        check("weekday", "weekday BETWEEN 0 AND 6"),
        check("since_first", "since < until"),
        check("never_for_oneself", "owner_id <> person_id"),
        check("only_covers_have_an_owner", "role = 'cover' OR owner_id IS NULL"),
    )

    id: str = work.key()
    service_id: str = work.ref("service.id", "in which service", index=False)
    role: DutyRole = work.choice(DutyRole, "what for")
    owner_id: str | None = work.ref("person.id", "whom they stand in for; empty: everybody", null=True)
    person_id: str = work.ref("person.id", "who is on duty")
    place: int = work.number("1 is asked first")
    since: datetime = work.moment("from when")
    until: datetime | None = work.moment("until when; empty: until it is ended", null=True)
    weekday: int | None = work.number("only on this weekday, 0 is Monday; empty: every day", null=True)
    half: DayHalf | None = work.choice(DayHalf, "only that half of the day; empty: all day", null=True)
    ended_at: datetime | None = work.moment("from when it no longer held, if it was ended", null=True)


class TaskKind(StrEnum):
    """What a task asks of a person."""

    ANSWER_TO_READ = "answer_to_read"
    NEW_REFERRAL = "new_referral"
    HUMANE_CONTACT = "humane_contact"
    UNDELIVERED_TEXT = "undelivered_text"
    ASKED_TO_TALK = "asked_to_talk"  # a student pressed the button on the help page
    FOLLOW_UP = "follow_up"  # within 48 hours
    CALL_BACK = "call_back"
    WRONG_NUMBER = "wrong_number"
    CONTENT_REVIEW = "content_review"  # a help contact or page is to be checked again
    BROKEN_LINK = "broken_link"
    SOMETHING_STOPPED = "something_stopped"  # the worker is silent, a queue grows
    ESCALATION_FAILED = "escalation_failed"
    GOING_LIVE = "going_live"  # something came up in a live service that would have kept it from starting


class Task(Row, table=True):
    """One thing a named person, or the team if nobody is named yet, must do."""

    __table_args__ = (only_one("uq_task_open", "kind", "subject_id", where="done_at IS NULL"),)

    id: str = care.key()
    service_id: str = care.ref("service.id", "in which service", index=False)
    kind: TaskKind = care.choice(TaskKind, "what is to be done", index=True)
    subject_kind: str = care.text("what kind of thing it is about", length=40)
    subject_id: str = care.mark("which one", index=True)
    person_id: str | None = care.ref("person.id", "the student it is about, if any", null=True)
    owner_id: str | None = care.ref("person.id", "whose it is; empty: the team's", null=True)
    created_at: datetime = care.moment("since when")
    due_at: datetime = care.moment("by when", index=True)
    done_at: datetime | None = care.moment("when it was done", null=True)
    done_by: str | None = care.ref("person.id", "who did it", null=True, index=False)
    version: int = care.number("counts changes, so that two people lose nothing", default=1)
    note_sealed: bytes | None = care.sealed("what was done, in words", null=True)

    note = Sealed.text("note_sealed")
