"""When the service works: open hours of each weekday, and further days on which it is closed."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from sqlmodel import col, select

from student_portal.audit import service as audit
from student_portal.audit.queries import Actor
from student_portal.duty.models import ClosedDays, ServiceHours
from student_portal.duty.queries import are_hours_decided, calendar
from student_portal.foundation import clock, db
from student_portal.foundation.errors import Refused

LONGEST_CLOSURE = 31  # days in one go; more is more likely a slip than a closure


def set_week(*, week: Mapping[int, tuple[time, time] | None], by: Actor, at: datetime) -> None:
    """From today on, the open hours of a whole week, None: closed that day. What stays is not
    written again.

    Raises as `set_hours`.
    """
    if not any(week.values()):
        raise Refused("never_open")
    with db.write():
        db.hold(f"hours of {by.service_id}")
        stands = calendar(at).hours if are_hours_decided() else {}
        for weekday in sorted(week, key=lambda day: week[day] is None):  # those that open first
            opens, closes = week[weekday] or (None, None)
            if week[weekday] != stands.get(weekday):
                set_hours(weekday=weekday, opens=opens, closes=closes, by=by, at=at)


def set_hours(*, weekday: int, opens: time | None, closes: time | None, by: Actor, at: datetime) -> None:
    """From today on, London times of one weekday (0 is Monday); both None: closed that day.

    Raises Refused("weekday") outside 0 to 6, Refused("hours") unless opening comes before closing, and
    Refused("never_open") if no working day would be left.
    """
    if weekday not in range(7):
        raise Refused("weekday")
    if (opens is None) != (closes is None) or (opens and closes and opens >= closes):
        raise Refused("hours")
    today = clock.london(at).date()
    with db.write() as session:
        present = select(ServiceHours).where(
            ServiceHours.service_id == by.service_id,
            ServiceHours.weekday == weekday,
            col(ServiceHours.until).is_(None),
        )
        for row in session.exec(present.with_for_update()):
            row.until = today - timedelta(days=1)
        session.flush()  # the old hours end before the new ones begin: only one row may stand
        if opens and closes:
            session.add(
                ServiceHours(
                    service_id=by.service_id, weekday=weekday, opens=opens, closes=closes, since=today
                )
            )
        audit.record(
            verb="duty.set_hours",
            subject=("service", by.service_id),
            by=by,
            at=at,
            detail={"weekday": weekday, "opens": str(opens), "closes": str(closes)},
        )
        _must_open_again(at)


def _must_open_again(at: datetime) -> None:
    """Without a working day ahead nothing would ever be due, and no page could say when anything is read."""
    try:
        calendar(at).next_open(at)
    except LookupError:
        raise Refused("never_open") from None


def close_days(*, first: date, last: date, by: Actor, at: datetime) -> str:
    """The service is closed from the first to the last of these days; gives their id. The same again is one.

    Raises Refused("order") if the last comes before the first, Refused("past") if it is over, Refused("long")
    beyond `LONGEST_CLOSURE` and Refused("never_open") if no working day would be left.
    """
    if last < first:
        raise Refused("order")
    if last < clock.london(at).date():
        raise Refused("past")
    if (last - first).days >= LONGEST_CLOSURE:
        raise Refused("long")
    with db.write() as session:
        db.hold(f"hours of {by.service_id}")
        standing = session.exec(
            select(ClosedDays).where(
                ClosedDays.service_id == by.service_id,
                ClosedDays.first == first,
                ClosedDays.last == last,
                col(ClosedDays.taken_back_at).is_(None),
            )
        ).first()
        if standing:
            return standing.id
        row = ClosedDays(service_id=by.service_id, first=first, last=last)
        session.add(row)
        session.flush()
        _must_open_again(at)
        _record("duty.close_days", row, by=by, at=at)
        return row.id


def open_days(*, closed_id: str, by: Actor, at: datetime) -> None:
    """The service works on these days after all; twice is harmless. Raises NotFound."""
    with db.write():
        row = db.locked(ClosedDays, closed_id)
        if row.taken_back_at is None:
            row.taken_back_at = at
            _record("duty.open_days", row, by=by, at=at)


def _record(verb: str, row: ClosedDays, *, by: Actor, at: datetime) -> None:
    audit.record(
        verb=verb,
        subject=("closed_days", row.id),
        by=by,
        at=at,
        detail={"first": str(row.first), "last": str(row.last)},
    )
