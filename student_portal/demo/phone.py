"""The demo's provider: keeps each text and e-mail in a file instead of sending it."""

import json
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from student_portal.foundation import clock
from student_portal.foundation.sms import Sender
from student_portal.messaging.queries import Channel

_CODE = re.compile(r"\b\d{3} \d{3}\b")


@dataclass(frozen=True)
class Received:
    """One message on the demo's phone."""

    channel: Channel
    to: str
    body: str
    at: datetime


@dataclass(frozen=True)
class DemoSender:
    """Takes one channel's messages. A short line is one write, so two processes cannot mix theirs."""

    path: Path
    channel: Channel

    def send(self, *, to: str, body: str, message_id: str) -> str:
        line = json.dumps({"channel": self.channel, "to": to, "body": body, "at": clock.now().isoformat()})
        with self.path.open("a") as file:
            file.write(line + "\n")
        return f"demo-{message_id}"


def senders(data_dir: Path) -> dict[Channel, Sender]:
    """What the worker sends with in the demo."""
    return {channel: DemoSender(_file(data_dir), channel) for channel in Channel}


def received(data_dir: Path) -> list[Received]:
    """Everything the demo's phones got, newest first."""
    path = _file(data_dir)
    if not path.exists():
        return []
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    found = [
        Received(Channel(e["channel"]), e["to"], e["body"], datetime.fromisoformat(e["at"])) for e in lines
    ]
    return found[::-1]


def forget(data_dir: Path) -> None:
    """Empty every phone and mailbox."""
    _file(data_dir).unlink(missing_ok=True)


def held(data_dir: Path) -> Received | None:
    """What lies on the newcomer's phone or mailbox: the one that last got a code. None before any did."""
    return next((message for message in received(data_dir) if _CODE.search(message.body)), None)


def _file(data_dir: Path) -> Path:
    return data_dir / "demo-phone.jsonl"
