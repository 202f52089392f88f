"""The verbs of messaging: queue and drop, what is known of addresses, what came in, and sending."""

from student_portal.messaging.models import Channel
from student_portal.messaging.service.addresses import mark_proved, start, stop, suspend
from student_portal.messaging.service.dispatch import Outbound, Recipe, dispatch
from student_portal.messaging.service.inbound import receive
from student_portal.messaging.service.outbox import drop, drop_for, queue

__all__ = [
    "Channel", "Outbound", "Recipe", "dispatch", "drop", "drop_for", "mark_proved", "queue", "receive",
    "start", "stop", "suspend",
]  # fmt: skip
