"""Quiet hours, on the London wall clock. Pure."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from student_portal.foundation import clock


@dataclass(frozen=True)
class QuietHours:
    """Quiet from one whole hour until another, usually past midnight; the same hour twice: never quiet."""

    from_hour: int
    to_hour: int

    def holds(self, at: datetime) -> bool:
        hour = clock.london(at).hour
        if self.from_hour <= self.to_hour:
            return self.from_hour <= hour < self.to_hour
        return hour >= self.from_hour or hour < self.to_hour

    def over(self, at: datetime) -> datetime:
        """`at` itself outside quiet hours, otherwise the moment they end, in UTC."""
        if not self.holds(at):
            return at
        wall = clock.london(at)
        ends_today = wall.hour < self.to_hour
        day = wall.date() if ends_today else wall.date() + timedelta(days=1)
        return clock.in_london(day, time(self.to_hour))
