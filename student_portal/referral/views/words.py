"""Answers, reasons and routes in words, for the student's check page and for the team's board."""

from collections.abc import Iterable, Mapping
from datetime import date

from markupsafe import Markup

from student_portal.foundation import i18n
from student_portal.foundation.i18n import gettext as _
from student_portal.foundation.i18n import later
from student_portal.institutions import queries as institutions
from student_portal.referral.queries import Answer, Reason
from student_portal.referral.question import Kind, Question
from student_portal.signposting import queries as signposting
from student_portal.signposting.queries import PageKey, Written

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

PAGES = {
    Reason.UNREAL: PageKey.UNREAL,
    Reason.OTHER_TEAM: PageKey.OTHER_TEAM,
    Reason.UNLISTED: PageKey.UNLISTED,
    Reason.UNDER_18: PageKey.UNDER_18,
    Reason.NO_SELF_HARM: PageKey.NO_SELF_HARM,
    Reason.IN_THERAPY: PageKey.IN_THERAPY,
    Reason.WAITING: PageKey.WAITING,
    Reason.SUBSTANCES: PageKey.SUBSTANCES,
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


def routes(reasons: Iterable[Reason], institution: str) -> list[Written]:
    """The written pages for these reasons, as students of this university see them in the page's language."""
    keys = [PAGES[reason] for reason in reasons if reason in PAGES]
    return signposting.written(keys, organisation_id=institution, language=i18n.language())


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
