"""The programme, one student's way through it, its numbered sessions and their bookings."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import UniqueConstraint

from student_portal.foundation.columns import Declare, Keep, Row, check, only_one
from student_portal.foundation.sealed import Sealed

public = Declare(keep=Keep.SERVICE, readers="everybody")
care = Declare(keep=Keep.RECORD, readers="care team; the student")


class ProgrammeVersion(Row, table=True):
    """One version of the programme. An episode keeps the one it began with."""

    id: str = public.key()
    service_id: str = public.ref("service.id", "whose programme")
    number: int = public.number("1, 2, 3")
    since: datetime = public.moment("from when new episodes follow it")
    minutes: int = public.number("usual length of a session, in minutes", default=50)


class ProgrammeStep(Row, table=True):
    """One numbered session of a programme: which form goes with it, and its usual distance."""

    __table_args__ = (UniqueConstraint("programme_id", "number"),)

    id: str = public.key()
    programme_id: str = public.ref("programme_version.id", "of which programme")
    number: int = public.number("1 to 6")
    definition_id: str | None = public.text("the form before it; empty: none", length=40, null=True)
    days_after_previous: int = public.number("usual days after the session before it", default=7)


class EpisodeState(StrEnum):
    OPEN = "open"
    COMPLETED = "completed"
    LEFT = "left"  # the student left; never the machine's decision


class EpisodeOfCare(Row, table=True):
    """One course of sessions of one student."""

    __table_args__ = (
        only_one("uq_episode_of_care_open", "person_id", where="state = 'open'"),
        UniqueConstraint("id", "person_id"),
    )

    id: str = care.key()
    service_id: str = care.ref("service.id", "in which service", index=False)
    person_id: str = care.ref("person.id", "whose")
    referral_id: str = care.ref("referral.id", "the request it came from")
    programme_id: str = care.ref("programme_version.id", "the programme it follows", index=False)
    opened_at: datetime = care.moment("when it began")
    state: EpisodeState = care.choice(EpisodeState, "where it stands", index=True)
    version: int = care.number("counts changes, so that two people lose nothing", default=1)


class EpisodeEvent(Row, table=True):
    """One change of where an episode stands."""

    id: str = care.key()
    episode_id: str = care.ref("episode_of_care.id", "which episode")
    state: EpisodeState = care.choice(EpisodeState, "the state it came into")
    at: datetime = care.moment("when")
    by: str | None = care.mark("who decided", null=True)
    reason: str = care.text("why, as a code", length=60, default="")


class SessionState(StrEnum):
    """Where a numbered session stands. The number survives cancellation and non-attendance."""

    PLANNED = "planned"  # no date yet, or the date fell through
    BOOKED = "booked"
    ATTENDED = "attended"
    MISSED = "missed"


class TherapySession(Row, table=True):
    """Session n of an episode; its date is in its present booking. Its id stands in /form/<id>."""

    __table_args__ = (
        UniqueConstraint("episode_id", "number"),
        UniqueConstraint("id", "person_id"),
    )

    id: str = care.key()
    service_id: str = care.ref("service.id", "in which service", index=False)
    episode_id: str = care.ref("episode_of_care.id", "of which episode")
    person_id: str = care.ref("person.id", "whose")
    number: int = care.number("1 to 6; 7 and above are top-ups without a form")
    definition_id: str | None = care.text("the form before it; empty: none", length=40, null=True)
    state: SessionState = care.choice(SessionState, "where it stands", default=SessionState.PLANNED)
    version: int = care.number("counts changes, so that two people lose nothing", default=1)


class SessionEvent(Row, table=True):
    """One change of where a session stands."""

    id: str = care.key()
    session_id: str = care.ref("therapy_session.id", "which session")
    state: SessionState = care.choice(SessionState, "the state it came into")
    at: datetime = care.moment("when")
    by: str | None = care.mark("who entered it", null=True)
    reason: str = care.text("why, as a code", length=60, default="")


class Mode(StrEnum):
    CAMPUS = "campus"
    VIDEO = "video"
    PHONE = "phone"


class Booking(Row, table=True):
    """A date for a session. Moved or cancelled by ending the row; at most one stands."""

    __table_args__ = (
        only_one("uq_booking_now", "session_id", where="ended_at IS NULL"),
        check("minutes", "minutes BETWEEN 10 AND 180"),
    )

    id: str = care.key()
    session_id: str = care.ref("therapy_session.id", "which session")
    therapist_id: str = care.ref("person.id", "with whom")
    starts_at: datetime = care.moment("start", index=True)
    minutes: int = care.number("length in minutes")
    mode: Mode = care.choice(Mode, "where they meet")
    booked_at: datetime = care.moment("when it was booked")
    booked_by: str | None = care.mark("who booked it", null=True)
    ended_at: datetime | None = care.moment("when it was moved or cancelled", null=True)
    ended_why: str | None = care.text("moved, cancelled by student, cancelled by staff", length=30, null=True)
    place_sealed: bytes | None = care.sealed("room, or how to join", null=True)

    place = Sealed.text("place_sealed")
