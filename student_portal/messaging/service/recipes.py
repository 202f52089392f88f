"""What a room further right gives for each kind of message, so that it can be sent."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from student_portal.messaging.models import Channel


@dataclass(frozen=True, repr=False)
class Outbound:
    """A message about to be sent, as recipes see it. `at` is the moment of sending."""

    id: str
    recipient_id: str | None
    channel: Channel
    kind: str
    facts: Mapping[str, Any]
    about: str | None
    address: str | None
    at: datetime


@dataclass(frozen=True)
class Recipe:
    """How one kind is sent, made of functions from rooms further right.

    `address` looks the address up now; each check gives None or the code of why not; `fill` gives the values
    for the words and makes the link or the code.
    """

    address: Callable[[Outbound], str | None]
    checks: tuple[Callable[[Outbound], str | None], ...]
    fill: Callable[[Outbound], Mapping[str, str]]
