"""Where the parts of a line chart go. It knows dates and numbers, not what they are about.

Coordinates are whole units of a 420 by 262 picture; the template draws it with classes only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

TOP, BOTTOM = 20, 222
FIRST, LAST = 56, 378  # the dots keep clear of both ends
DATE_ROOM = 42  # a date under the axis needs this much, or it runs into the one before
PHONE_ROOM = 60  # and this much where letters are drawn larger
NUMBER_ROOM = 26
USUAL_GAP = timedelta(days=7)
NO_DATES_YET = date(2000, 1, 3)  # any day will do: only the distances count


class Point(NamedTuple):
    """One place on the line. `value` None: nothing to draw there (not yet, not sent, not scorable). `said`:
    the whole of it in words, for whoever points at it.
    """

    on: date | None
    value: Fraction | float | None
    label: str
    embedded: bool = False
    shown: str = ""
    form: str = ""
    answered: str = ""
    said: str = ""


class Tick(NamedTuple):
    """A place on the axis; `label` and `on` only where they have room, `is_tight` where a phone has none."""

    x: int
    label: str
    on: date | None
    is_tight: bool = False


class Dot(NamedTuple):
    """A value drawn as a dot: a ring when `embedded`, filled otherwise.

    `has_room`: its number fits above it without running into the one before.
    """

    x: int
    y: int
    shown: str
    label: str
    embedded: bool
    point: Point
    has_room: bool

    @property
    def place(self) -> str:
        return f"{self.x},{self.y}"


@dataclass(frozen=True)
class ChartGeometry:
    """What the template draws: an axis of ticks, dots, and lines that never cross a missing value. `marks` is
    the path of all ticks.
    """

    points: tuple[Point, ...]
    ticks: tuple[Tick, ...]
    marks: str
    dots: tuple[Dot, ...]
    segments: tuple[str, ...]
    grid: tuple[tuple[int, int], ...]
    low: int
    high: int

    def height_of(self, value: Fraction | float) -> int:
        """The y of a value, for a line across such as a cut-off."""
        return _height(value, self.low, self.high)


def line(points: Sequence[Point], *, low: int = 0, high: int = 40) -> ChartGeometry:
    """Lay points out in the order of their dates, on a scale from `low` to `high`.

    A point without a date stands a week after the one before it. Raises ValueError when a value lies
    outside the scale.
    """
    for point in points:
        if point.value is not None and not low <= point.value <= high:
            raise ValueError(f"{float(point.value)} is outside {low} to {high}")
    dated = sorted(zip(_days(points), points, strict=True), key=lambda pair: pair[0])
    in_order = tuple(point for _, point in dated)
    places = _places([day for day, _ in dated])
    drawn = [x for point, x in zip(in_order, places, strict=True) if point.value is not None]
    roomy = _spaced(drawn, NUMBER_ROOM)
    dots = [_dot(point, x, low, high, has_room=x in roomy) for point, x in zip(in_order, places, strict=True)]
    return ChartGeometry(
        points=in_order,
        ticks=_ticks(in_order, places),
        marks="".join(f"M{x} {BOTTOM}v5" for x in places),
        dots=tuple(dot for dot in dots if dot),
        segments=_segments(dots),
        grid=tuple((_height(value, low, high), value) for value in range(low, high + 1, (high - low) // 4)),
        low=low,
        high=high,
    )


def _days(points: Sequence[Point]) -> list[date]:
    """The day of each point; those before the first date count back from it."""
    known = next((i for i, point in enumerate(points) if point.on), 0)
    day = (points[known].on if points else None) or NO_DATES_YET
    days: list[date] = []
    for point in points:
        days.append(point.on or (days[-1] + USUAL_GAP if days else day - known * USUAL_GAP))
    return days


def _places(days: Sequence[date]) -> list[int]:
    """The x of each day, in proportion to time; six weekly ones fill the width."""
    if not days:
        return []
    span = max((days[-1] - days[0]).days, USUAL_GAP.days * 5)
    return [FIRST + round((day - days[0]).days / span * (LAST - FIRST)) for day in days]


def _dot(point: Point, x: int, low: int, high: int, *, has_room: bool) -> Dot | None:
    if point.value is None:
        return None
    shown = (point.shown or f"{float(point.value):g}").removesuffix(".0")
    return Dot(x, _height(point.value, low, high), shown, point.label, point.embedded, point, has_room)


def _height(value: Fraction | float, low: int, high: int) -> int:
    return round(BOTTOM - (float(value) - low) / (high - low) * (BOTTOM - TOP))


def _ticks(points: Sequence[Point], places: Sequence[int]) -> tuple[Tick, ...]:
    dated = [x for point, x in zip(points, places, strict=True) if point.on]
    dates, on_a_phone = _spaced(dated, DATE_ROOM), _spaced(dated, PHONE_ROOM)
    numbers = _spaced(places, NUMBER_ROOM)
    return tuple(
        Tick(
            x,
            label=point.label if x in numbers else "",
            on=point.on if x in dates else None,
            is_tight=x not in on_a_phone,
        )
        for point, x in zip(points, places, strict=True)
    )


def _spaced(places: Sequence[int], room: int) -> set[int]:
    """The places that keep their distance from the one before. The last of all, which is looked for first,
    stands in for the one it would run into.
    """
    kept: list[int] = []
    for x in places:
        if not kept or x >= kept[-1] + room:
            kept.append(x)
    if len(kept) > 1:
        kept[-1] = places[-1]
    return set(kept)


def _segments(dots: Sequence[Dot | None]) -> tuple[str, ...]:
    """Runs of two or more neighbours, each as the points of one polyline."""
    runs: list[list[str]] = [[]]
    for dot in dots:
        if dot is None:
            runs.append([])
        else:
            runs[-1].append(dot.place)
    return tuple(" ".join(run) for run in runs if len(run) > 1)
