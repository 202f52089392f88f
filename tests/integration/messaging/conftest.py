"""A student with a proved number, a provider, and a worker's round."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from student_portal.audit.queries import Actor, machine
from student_portal.foundation import clock
from student_portal.messaging import service
from student_portal.messaging.queries import Channel
from tests.support.outbox import NUMBER, Ask, Checks, Provider, Round, student


@pytest.fixture
def by(service_id: str) -> Actor:
    return machine(service_id)


@pytest.fixture
def person_id(by: Actor) -> str:
    service.mark_proved(channel=Channel.SMS, address=NUMBER, reason="code", by=by, at=clock.now())
    return student(by.service_id)


@pytest.fixture
def ask(by: Actor, person_id: str) -> Ask:
    """Queue a message to the student, due now unless told otherwise; gives its id."""

    def queue(kind: str = "booked", due_at: datetime | None = None, **kw: Any) -> str | None:
        due_at = due_at or clock.now()
        wanted: dict[str, Any] = {
            "channel": Channel.SMS, "recipient_id": person_id, "facts": {}, "about": None, "due_at": due_at,
            "expires_at": due_at + timedelta(days=2), "by": by, "at": clock.now(),
        }  # fmt: skip
        return service.queue(kind=kind, **{**wanted, **kw})

    return queue


@pytest.fixture
def provider() -> Provider:
    return Provider()


@pytest.fixture
def checks() -> Checks:
    return Checks()


@pytest.fixture
def send(provider: Provider, checks: Checks) -> Round:
    """One round of the worker at the present time; gives how many messages the provider took."""

    def dispatch() -> int:
        return service.dispatch(
            may_send=True,
            at=clock.now(),
            table=checks.table(),
            senders={Channel.SMS: provider, Channel.EMAIL: provider},
        )

    return dispatch
