"""What is to be sent about sessions to come, and when the next thing happens."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from student_portal.accounts import queries as accounts
from student_portal.alerts import queries as alerts
from student_portal.consent import queries as consent
from student_portal.consent.queries import Scope
from student_portal.episodes import queries as episodes
from student_portal.episodes.queries import SessionFacts
from student_portal.foundation import db
from student_portal.measures import queries as measures
from student_portal.messaging import queries as messaging
from student_portal.messaging.queries import Channel
from student_portal.reminders.moments import Moment, moments
from student_portal.settings import queries as settings

__all__ = ["Reminder", "channel_for", "next_due", "reminders", "still_wanted"]


@dataclass(frozen=True)
class Reminder:
    """One reminder of one session. `slot` makes it unique: kind, session, and where the session stands."""

    session: SessionFacts
    starts_at: datetime
    moment: Moment

    @property
    def slot(self) -> str:
        return f"{self.moment.kind}:{self.session.id}:{self.starts_at.isoformat()}"


def reminders(at: datetime) -> Iterator[Reminder]:
    """Every reminder of every booked session that still has a point, soonest session first."""
    decided = settings.current()
    hours: dict[str, int] = {}  # asked once a student, who may have six sessions ahead
    for session in episodes.upcoming(at):
        if session.starts_at is None:
            continue
        if session.person_id not in hours:
            chosen = accounts.preferences(session.person_id).text_hour
            hours[session.person_id] = decided.text_hour if chosen is None else chosen
        for moment in moments(
            session.starts_at,
            has_form=session.definition_id is not None,
            text_hour=hours[session.person_id],
            opens_days=decided.form_opens_days,
            opens_hour=decided.form_opens_hour,
        ):
            if moment.expires_at > at:
                yield Reminder(session, session.starts_at, moment)


def channel_for(person_id: str, at: datetime) -> Channel | None:
    """How this student may be reached at that moment: their first channel that they permit, if any."""
    if not consent.allows(Scope.SERVICE, "", person_id, at):
        return None
    for channel in accounts.channels(person_id):
        if consent.allows(consent.SCOPE[channel], "", person_id, at):
            return channel
    return None


def is_expected(person_id: str, at: datetime) -> bool:
    """Whether any reminder still lies ahead of this student, as things stand."""
    return channel_for(person_id, at) is not None and any(
        found.session.person_id == person_id and still_wanted(found, found.moment.due_at)
        for found in reminders(at)
    )


def still_wanted(reminder: Reminder, at: datetime) -> bool:
    """Whether there is anything to say: a form's link only while the form may be filled in and sent."""
    return reminder.moment.kind != "form_link" or (
        measures.form_not_sent(reminder.session.id, at=at)
        and consent.allows(Scope.DIGITAL_FORMS, "", reminder.session.person_id, at)
    )


def next_due(after: datetime) -> datetime | None:
    """The first moment later than `after` at which planning and sending could put out a message, or an answer
    that nobody has read falls due.
    """
    with db.read():
        ahead = (_next_message(after), alerts.next_due(after))
        return min((moment for moment in ahead if moment), default=None)


def _next_message(after: datetime) -> datetime | None:
    with db.read():
        quiet = messaging.quiet_hours()
        queued = messaging.next_due(after)
        ahead = sorted(
            ((quiet.over(found.moment.due_at), found) for found in reminders(after)),
            key=lambda pair: pair[0],
        )
        for due_at, found in ahead:
            if due_at <= after:
                continue
            if queued is not None and queued <= due_at:
                return queued
            if still_wanted(found, due_at) and channel_for(found.session.person_id, due_at):
                return due_at
        return queued
