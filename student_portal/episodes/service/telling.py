"""What a student is told by text or e-mail about their dates; permission is asked again when it is sent."""

from datetime import datetime, timedelta

from student_portal.accounts import queries as accounts
from student_portal.audit.queries import Actor
from student_portal.consent import queries as consent
from student_portal.episodes import queries
from student_portal.messaging import service as messaging

STILL_USEFUL = timedelta(days=2)


def tell(kind: str, session_id: str, *, by: Actor, at: datetime) -> None:
    """Queue one message about a session's date: by text if the student permits it, else by e-mail."""
    facts = queries.session(session_id)
    for channel in accounts.channels(facts.person_id):
        if consent.allows(consent.SCOPE[channel], "", facts.person_id, at):
            until = at + STILL_USEFUL
            messaging.queue(
                kind=kind,
                channel=channel,
                recipient_id=facts.person_id,
                facts={"session_id": session_id},
                about=session_id,
                due_at=at,
                expires_at=min(until, facts.starts_at) if facts.starts_at else until,
                by=by,
                at=at,
            )
            return


def drop_texts(session_id: str, *, reason: str, by: Actor, at: datetime) -> None:
    """Nothing more goes out about this session as it stood."""
    messaging.drop(about=session_id, reason=reason, by=by, at=at)
