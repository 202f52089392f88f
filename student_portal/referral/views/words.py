"""Answers, reasons and routes in words, for the student's check page and for the team's board."""

from collections.abc import Mapping
from datetime import date

from flask_babel import gettext as _
from markupsafe import Markup

from student_portal.foundation import i18n
from student_portal.foundation.i18n import later
from student_portal.institutions import queries as institutions
from student_portal.referral.queries import Answer, Reason
from student_portal.referral.question import Kind, Question

CODE_TROUBLE = {
    "stopped": later(
        "We may not send anything to this number, because someone replied STOP from it. "
        "Use an e-mail address, or phone us."
    ),
    "limit": later(
        "We sent several codes already. To keep phones safe, please wait a while before the next one. "
        "You can go on with the questions and do this later."
    ),
}

ROUTES = {
    Reason.UNREAL: (
        later("If what you hear or see frightens you"),
        later(
            "Call 111 and choose the mental health option, day or night. "
            "You do not have to fill in anything. If your life is in danger, call 999."
        ),
    ),
    Reason.OTHER_TEAM: (
        later("If another team looks after you"),
        later("You can call them too, today. They know you already. We ask you before we talk with them."),
    ),
    Reason.UNLISTED: (
        later("If your university or college is not on our list"),
        later(
            "Its own wellbeing team can see you. A person here also reads what you send, and tells you "
            "who else can."
        ),
    ),
    Reason.UNDER_18: (
        later("If you are under 18"),
        later(
            "A person in the team gets in touch to find what fits your age. "
            "They talk with you first, not with your parents."
        ),
    ),
    Reason.NO_SELF_HARM: (
        later("If you have not hurt yourself in the last year"),
        later("Your university’s counselling team is another way in. You can ask them and us."),
    ),
    Reason.IN_THERAPY: (
        later("If you are in therapy somewhere else"),
        later("Keep it. A person here talks with you about what comes after, or what is missing."),
    ),
    Reason.WAITING: (
        later("If you are on a waiting list"),
        later("Stay on it. A long wait does not rule you out here."),
    ),
    Reason.SUBSTANCES: (
        later("If it is mainly drinking or drugs"),
        later(
            "A team that knows about this may help more. A person here tells you which, and you can come "
            "back to us."
        ),
    ),
}
"""What else may fit, by the student's own reason (service.md 2.4). A person can always send this as well."""

BOARD = {
    Reason.UNREAL: later("Hears or sees things others do not: talk about the best route"),
    Reason.OTHER_TEAM: later("With a mental health team already: talk about the best route"),
    Reason.UNLISTED: later("University not on our list: talk about the best route"),
    Reason.UNDER_18: later("Under 18: a person calls back"),
    Reason.NO_SELF_HARM: later("No self-harm in the last 12 months: talk about what would help"),
    Reason.URGES_ONLY: later("Urges, without having acted on them"),
    Reason.IN_THERAPY: later("In other therapy: ask when it ends"),
    Reason.WAITING: later("On another waiting list: call, the wait may be long"),
    Reason.SUBSTANCES: later("Alcohol or drugs may be the main thing: talk about the best route"),
    Reason.NOT_SURE: later("Said “not sure” to at least one question"),
    Reason.RATHER_TALK: later("Would rather say in person: at least one question"),
}
"""What the answers suggest to the reader. Never an order, never a verdict."""


def in_words(question: Question, answers: Mapping[str, Answer]) -> str | Markup:
    """One answer as the student chose or wrote it; an unanswered one says so."""
    answer = answers.get(question.key)
    if answer is None:
        return _("Not answered")
    if question.kind is Kind.CONTACT:
        return Markup('<bdi dir="ltr">{}</bdi>').format(answer["shown"])
    if question.kind is Kind.BORN:
        return i18n.full_day(date.fromisoformat(answer["value"]))
    if not question.choices:
        return answer["value"]
    chosen = _choice(question, answer["value"])
    return f"{chosen}: {answer['words']}" if answer.get("words") else chosen


def _choice(question: Question, code: str) -> str:
    for choice in question.choices:
        if choice.code == code:
            return str(_(choice.words))
    place = institutions.organisation(code) if question.kind is Kind.PLACE else None
    return place.name if place else code
