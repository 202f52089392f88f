"""The verbs of help contacts: write, propose, publish, send back; and the contacts a service begins with."""

from student_portal.signposting.service.beginning import publish_starting
from student_portal.signposting.service.editing import (
    REVIEW_DAYS,
    add,
    approve,
    draft,
    propose,
    send_back,
)

__all__ = ["REVIEW_DAYS", "add", "approve", "draft", "propose", "publish_starting", "send_back"]
