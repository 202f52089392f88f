"""The verbs of help contacts: write, propose, publish, send back, take off, bring back, check again, move;
the contacts a service begins with; and the worker's round that asks for checks.
"""

from student_portal.signposting.service.beginning import publish_starting
from student_portal.signposting.service.editing import (
    REVIEW_DAYS,
    add,
    approve,
    draft,
    propose,
    send_back,
)
from student_portal.signposting.service.numbers import send_numbers
from student_portal.signposting.service.reviews import ask_for_reviews
from student_portal.signposting.service.standing import bring_back, move, verify, withdraw

__all__ = [
    "REVIEW_DAYS", "add", "approve", "ask_for_reviews", "bring_back", "draft", "move", "propose",
    "publish_starting", "send_back", "send_numbers", "verify", "withdraw",
]  # fmt: skip
