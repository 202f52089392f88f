"""The verbs of help contacts and written pages: write, propose, publish, send back, take off, bring back,
check again, move; the contacts a service begins with; the worker's rounds that ask for checks; and the
message with the numbers that a student asks for.
"""

from student_portal.signposting.service.beginning import publish_starting
from student_portal.signposting.service.contacts import (
    add,
    approve,
    bring_back,
    draft,
    judge_target,
    move,
    propose,
    send_back,
    verify,
    withdraw,
)
from student_portal.signposting.service.links import check_links
from student_portal.signposting.service.numbers import send_numbers
from student_portal.signposting.service.pages import (
    approve_page,
    begin_page,
    bring_back_page,
    draft_page,
    propose_page,
    send_back_page,
    verify_page,
    withdraw_page,
)
from student_portal.signposting.service.publishing import REVIEW_DAYS
from student_portal.signposting.service.reviews import ask_for_reviews

__all__ = [
    "REVIEW_DAYS", "add", "approve", "approve_page", "ask_for_reviews", "begin_page", "bring_back",
    "bring_back_page", "check_links", "draft", "draft_page", "judge_target", "move", "propose",
    "propose_page", "publish_starting", "send_back", "send_back_page", "send_numbers", "verify",
    "verify_page", "withdraw", "withdraw_page",
]  # fmt: skip
