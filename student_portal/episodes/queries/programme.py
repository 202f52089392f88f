"""What a course of sessions is made of: how many, how far apart, which form before each."""

from dataclasses import dataclass

from sqlmodel import col, select

from student_portal.episodes.models import ProgrammeStep, ProgrammeVersion
from student_portal.foundation import db


@dataclass(frozen=True)
class Step:
    """One session of a programme: its number, the form before it, its usual distance in days."""

    number: int
    definition_id: str | None
    days_after_previous: int


def programme(programme_id: str | None = None) -> tuple[str, int, tuple[Step, ...]]:
    """A programme's id, usual minutes and steps; without an id, the one new episodes follow.

    Raises LookupError before one is set up.
    """
    with db.read() as unit:
        newest = select(ProgrammeVersion).order_by(col(ProgrammeVersion.number).desc())
        row = unit.get(ProgrammeVersion, programme_id) if programme_id else unit.exec(newest).first()
        if row is None:
            raise LookupError("no programme is set up: run the command 'migrate' first")
        steps = select(ProgrammeStep).where(ProgrammeStep.programme_id == row.id)
        found = unit.exec(steps.order_by(col(ProgrammeStep.number))).all()
        laid_out = (Step(step.number, step.definition_id, step.days_after_previous) for step in found)
        return row.id, row.minutes, tuple(laid_out)
