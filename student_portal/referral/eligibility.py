"""What the answers suggest to the person who reads them: advice, never a verdict (service.md 2.3).

Pure. A person decides; the student may send whatever this says; nobody's place in a queue depends on it.
It never looks at the GP answer, and there is no score to look at.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from student_portal.referral.models import Advice
from student_portal.referral.questions import ANOTHER, NO, NOT_SURE, RATHER, YES

ADULT = 18
_ASKED = ("harm", "unreal", "team", "therapy", "waiting", "substances")


class Reason(StrEnum):
    """Why the reader may want to talk first, or know of another route."""

    UNREAL = "unreal"  # acute distress such as hearing or seeing things
    OTHER_TEAM = "other_team"  # a secondary mental health service
    UNLISTED = "unlisted"  # a university or college that is not on the list
    UNDER_18 = "under_18"
    NO_SELF_HARM = "no_self_harm"
    URGES_ONLY = "urges_only"
    IN_THERAPY = "in_therapy"
    WAITING = "waiting"  # never a refusal: the wait may outlast us
    SUBSTANCES = "substances"
    NOT_SURE = "not_sure"
    RATHER_TALK = "rather_talk"


ANOTHER_ROUTE = frozenset({Reason.UNREAL, Reason.OTHER_TEAM, Reason.UNLISTED})

_BY_ANSWER = {
    ("unreal", YES): Reason.UNREAL,
    ("team", YES): Reason.OTHER_TEAM,
    ("institution", ANOTHER): Reason.UNLISTED,
    ("harm", NO): Reason.NO_SELF_HARM,
    ("harm", "urges"): Reason.URGES_ONLY,
    ("therapy", YES): Reason.IN_THERAPY,
    ("waiting", YES): Reason.WAITING,
    ("substances", YES): Reason.SUBSTANCES,
}


def advise(chosen: Mapping[str, str], *, born: date, on: date) -> tuple[Advice, tuple[Reason, ...]]:
    """The advice for these choices (question key to choice code) of somebody born then, on this day.

    An unanswered question counts as "I would rather say in person". Source: service.md 2.3.
    """
    reasons = [reason for (key, code), reason in _BY_ANSWER.items() if chosen.get(key) == code]
    if age(born, on=on) < ADULT:
        reasons.append(Reason.UNDER_18)
    answers = [chosen.get(key, RATHER) for key in _ASKED]
    if NOT_SURE in answers:
        reasons.append(Reason.NOT_SURE)
    if RATHER in answers:
        reasons.append(Reason.RATHER_TALK)
    if ANOTHER_ROUTE.intersection(reasons):
        return Advice.ANOTHER_ROUTE_FIRST, tuple(reasons)
    return (Advice.TALK_TO_US if reasons else Advice.LIKELY_SUITABLE), tuple(reasons)


def age(born: date, *, on: date) -> int:
    """Whole years on that day. Someone born on 29 February turns a year older on 1 March."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
