"""A provider that keeps what it is given, and recipes that need no other room."""

from collections.abc import Callable
from dataclasses import dataclass, field

from sqlmodel import select

from student_portal.accounts.models import Person
from student_portal.foundation import clock, db
from student_portal.messaging.models import MessageEvent, MessageState, OutboundMessage
from student_portal.messaging.queries import KINDS
from student_portal.messaging.service import Outbound, Recipe

NUMBER = "+447700900142"

Ask = Callable[..., str | None]  # queues a message, gives its id
Round = Callable[[], int]  # one round of the worker, gives how many were taken


@dataclass
class Provider:
    """Takes every message, unless told to raise something; `during` runs while a message is on its way."""

    taken: list[tuple[str, str]] = field(default_factory=list)
    raising: Exception | None = None
    during: Callable[[], object] = lambda: None

    def send(self, *, to: str, body: str, message_id: str) -> str:
        self.during()
        if self.raising is not None:
            raise self.raising
        self.taken.append((to, body))
        return f"provider-{message_id}"


@dataclass
class Checks:
    """What the rooms further right would say; None is yes."""

    refusal: str | None = None
    address: str | None = NUMBER
    filled: int = 0

    def table(self) -> dict[str, Recipe]:
        recipe = Recipe(
            address=lambda out: out.address or self.address,
            checks=(lambda _: None, lambda _: self.refusal),
            fill=self._fill,
        )
        return dict.fromkeys(KINDS, recipe)

    def _fill(self, _: Outbound) -> dict[str, str]:
        self.filled += 1
        base = "https://portal.example"
        return {
            "word": "Reminder", "base": base, "link": f"{base}/l/abc123", "code": "418 206",
            "day": "Monday 7 December", "hour": "2pm", "text": "85258", "calls": "116 123",
        }  # fmt: skip


def student(service_id: str, name: str = "Sam Ashby") -> str:
    """Somebody a message can be for."""
    with db.write() as session:
        row = Person(service_id=service_id, is_staff=False, created_at=clock.now())
        row.name = name
        session.add(row)
        session.flush()
        return row.id


def message(message_id: str | None) -> OutboundMessage:
    with db.read() as session:
        return session.exec(select(OutboundMessage).where(OutboundMessage.id == message_id)).one()


def state(message_id: str | None) -> MessageState:
    return message(message_id).state


def reasons(message_id: str | None) -> list[str]:
    """Why it came into each state, oldest first, those without a reason left out."""
    with db.read() as session:
        events = select(MessageEvent).where(MessageEvent.message_id == message_id)
        rows = session.exec(events.order_by(MessageEvent.id)).all()
        return [row.reason for row in rows if row.reason]
