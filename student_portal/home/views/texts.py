"""The messages sent to a student, so that a doubtful one can be checked."""

from flask import render_template

from student_portal.access.queries import Role
from student_portal.foundation import web
from student_portal.home.views.base import blueprint, student
from student_portal.home.views.words import message_words
from student_portal.messaging import queries as messaging
from student_portal.settings import queries as settings


@blueprint.get("/home/texts")
@web.allow(Role.STUDENT)
def texts() -> str:
    """Newest first; codes and links are struck out."""
    viewer, person_id = student()
    return render_template(
        "home/texts.html",
        messages=[message_words(message) for message in messaging.messages_to(viewer, person_id)],
        sender=settings.current().text_sender,
    )
