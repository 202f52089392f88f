"""A team with students in a database of their own: migrated and filled once, copied for each walk."""

import shutil
from pathlib import Path
from typing import Any

from sqlalchemy import event

from student_portal.access.queries import Role
from student_portal.audit.queries import machine
from student_portal.episodes import service as episodes
from student_portal.foundation import clock, db
from student_portal.foundation.clock import FrozenClock
from student_portal.settings import service as settings
from tests.support import care, databases
from tests.support.clock import MONDAY_AT_TEN
from tests.support.duty_team import member

THERAPISTS, STUDENTS = 4, 3


def found(folder: Path) -> Path:
    """The file of a migrated database with the team and the students in it."""
    file = folder / "team.sqlite3"
    databases.migrate(f"sqlite:///{file}")
    db.connect(f"sqlite:///{file}")
    clock.install(FrozenClock(MONDAY_AT_TEN))
    service_id = settings.set_up(at=clock.now())
    episodes.set_up_programme(by=machine(service_id), at=clock.now())
    staff = [member(service_id, f"T{n} Therapist", phone=f"+4477009004{n:02}") for n in range(THERAPISTS)]
    for number in range(2):
        member(service_id, f"M{number} Manager", Role.MANAGER)
    for number in range(STUDENTS):
        care.in_therapy(staff[number % 2], f"Student {number}")
    db.engine().dispose()
    return file


def connect_to_copy(base: Path, folder: Path) -> None:
    """Take up a fresh copy, in place of the one before."""
    file = folder / "walk.sqlite3"
    for left in folder.glob("walk.sqlite3*"):
        left.unlink()
    shutil.copyfile(base, file)
    db.connect(f"sqlite:///{file}")
    event.listen(db.engine(), "connect", _without_waiting_for_the_disk)


def _without_waiting_for_the_disk(connection: Any, _record: object) -> None:
    """No walk outlives its process, so none has to outlive the machine's power."""
    connection.execute("PRAGMA synchronous = OFF")
