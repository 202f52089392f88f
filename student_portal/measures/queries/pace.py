"""How long a form takes: measured on our own sent forms, until then an estimate."""

import statistics
from dataclasses import dataclass

from sqlmodel import col, select

from questionnaires import load
from student_portal.foundation import db
from student_portal.measures.models import QuestionnaireResponse as Response
from student_portal.measures.models import ResponseMode

SECONDS_A_QUESTION = 14
LOOKED_AT = 200  # newest sent forms of one instrument; what is read stays bounded as forms grow in number
ENOUGH = 20  # of those, forms that can be measured
ONE_SITTING = 3600  # seconds from opening to Send


@dataclass(frozen=True)
class Pace:
    """How long one form takes, in whole minutes. `is_measured` False: our estimate from its length."""

    minutes: int
    is_measured: bool


def pace(definition_id: str) -> Pace:
    """The middle of how long students took for the newest edition of this form on their own devices.

    Counted from opening to Send, where it was one sitting: all answers in one browser session, which ends
    after minutes left alone, and sent within the hour.
    """
    definition = load(definition_id)
    newest = (
        select(Response.id)
        .where(Response.definition_id == definition_id, col(Response.sent_at).is_not(None))
        .order_by(col(Response.sent_at).desc())
        .limit(LOOKED_AT)
    )
    measured = select(Response.opened_at, Response.sent_at).where(
        col(Response.id).in_(newest),
        Response.version == 1,
        Response.definition_version == definition.version,
        Response.mode == ResponseMode.OWN_DEVICE,
        Response.devices == 1,
    )
    with db.read() as unit:
        taken = [
            (sent_at - opened_at).total_seconds() for opened_at, sent_at in unit.exec(measured) if sent_at
        ]
    in_one_sitting = [seconds for seconds in taken if seconds <= ONE_SITTING]
    if len(in_one_sitting) < ENOUGH:
        return Pace(_minutes(len(definition.items) * SECONDS_A_QUESTION), is_measured=False)
    return Pace(_minutes(statistics.median(in_one_sitting)), is_measured=True)


def _minutes(seconds: float) -> int:
    return max(1, round(seconds / 60))
