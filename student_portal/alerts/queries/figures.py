"""What the manager is told: how long answers waited, and how many were unread when the session began."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import col, select

from student_portal.alerts.figures import Spread, spread, working_time
from student_portal.alerts.models import AlertEvent, AlertState, AnswerAlert
from student_portal.alerts.queries.alerts import OF_A_FORM
from student_portal.duty import queries as duty
from student_portal.episodes import queries as episodes
from student_portal.foundation import db


@dataclass(frozen=True)
class Figures:
    """Of the answers sent in the last `days` days: how long they waited, how many are unread, and how many of
    those sent before their session were unread when it began.
    """

    days: int
    waited: Spread
    unread: int
    at_session: int
    before_session: int


@dataclass(frozen=True)
class _Spell:
    """One time that an alert waited. `until` None: it waits still."""

    session_id: str
    since: datetime
    until: datetime | None


def figures(*, days: int, at: datetime) -> Figures:
    """The figures of the last days. What staff typed in from paper they had read: it counts nowhere."""
    spells = list(_spells(since=at - timedelta(days=days)))
    calendar = duty.calendar(at)
    times = [working_time(spell.since, spell.until, calendar) for spell in spells if spell.until]
    starts = {spell.session_id: episodes.session(spell.session_id).starts_at for spell in spells}
    begun = [
        (spell, start)
        for spell in spells
        if (start := starts[spell.session_id]) and spell.since < start <= at
    ]
    return Figures(
        days=days,
        waited=spread(times),
        unread=sum(spell.until is None for spell in spells),
        at_session=sum(spell.until is None or spell.until > start for spell, start in begun),
        before_session=len(begun),
    )


def _spells(*, since: datetime) -> Iterator[_Spell]:
    """Each time that an alert waited, from when it began; a change of the form meanwhile begins none."""
    with db.read() as unit:
        rows = unit.exec(
            select(AlertEvent, AnswerAlert.session_id)
            .join(AnswerAlert, col(AnswerAlert.id) == AlertEvent.alert_id)
            .where(OF_A_FORM)
            .order_by(col(AlertEvent.alert_id), col(AlertEvent.id))
        ).all()
    by_alert: dict[tuple[str, str], list[AlertEvent]] = defaultdict(list)
    for event, session_id in rows:
        by_alert[event.alert_id, str(session_id)].append(event)
    for (_alert_id, session_id), events in by_alert.items():
        for raised, read in _waits(events):
            if raised.at >= since and (read is None or read.by != raised.by):
                yield _Spell(session_id, raised.at, read.at if read else None)


def _waits(events: list[AlertEvent]) -> Iterator[tuple[AlertEvent, AlertEvent | None]]:
    raised: AlertEvent | None = None
    for event in events:
        if event.state == AlertState.RAISED:
            raised = raised or event
        elif raised is not None:
            yield raised, event
            raised = None
    if raised is not None:
        yield raised, None
