"""Writing down what a student decided, and doing at once what a "no" brings about."""

from datetime import datetime

from sqlmodel import col, select

from student_portal.accounts import service as accounts
from student_portal.audit import service as audit
from student_portal.audit.queries import Actor
from student_portal.consent.models import ConsentDecision, Decision, Scope
from student_portal.consent.queries import SCOPE, text
from student_portal.foundation import db
from student_portal.messaging import service as messaging
from student_portal.messaging.queries import Channel


def record(
    *,
    person_id: str,
    scope: Scope,
    decision: Decision,
    recipient: str = "",
    text_version: str | None = None,
    language: str = "en-GB",
    channel: str = "portal",
    by: Actor,
    at: datetime,
) -> None:
    """Add one decision; the same one again changes nothing. Without a version, today's words were shown.

    A withdrawal of messages takes back those that wait, one of forms closes their links, in the same
    transaction. Leaving the service does more and is `episodes.leave`.
    """
    version = text_version or text(scope).version
    with db.write():
        if _stands(person_id, scope, recipient) != (decision, version):
            made = ConsentDecision(
                service_id=by.service_id,
                person_id=person_id,
                scope=scope,
                recipient=recipient,
                decision=decision,
                text_version=version,
                language=language,
                at=at,
                by=by.person_id,
                channel=channel,
            )
            _add(made, by=by)
        if decision is not Decision.GIVEN:
            _stop(person_id, scope, by=by, at=at)


def _stands(person_id: str, scope: Scope, recipient: str) -> tuple[Decision, str] | None:
    with db.write() as session:
        newest = session.exec(
            select(ConsentDecision)
            .where(
                ConsentDecision.person_id == person_id,
                ConsentDecision.scope == scope,
                ConsentDecision.recipient == recipient,
            )
            .order_by(col(ConsentDecision.at).desc(), col(ConsentDecision.id).desc())
        ).first()
        return (newest.decision, newest.text_version) if newest else None


def _add(made: ConsentDecision, *, by: Actor) -> None:
    with db.write() as session:
        session.add(made)
        session.flush()
        audit.record(
            verb=f"consent.{made.decision}",
            subject=("consent_decision", made.id),
            by=by,
            at=made.at,
            person_id=made.person_id,
            detail={"scope": made.scope, "text_version": made.text_version},
        )


def _stop(person_id: str, scope: Scope, *, by: Actor, at: datetime) -> None:
    for channel in Channel:
        if SCOPE[channel] is scope:
            messaging.drop_for(
                recipient_id=person_id, channel=channel, reason="permission_withdrawn", by=by, at=at
            )
    if scope is Scope.DIGITAL_FORMS:
        accounts.end_links_of(person_id=person_id, by=by, at=at)
