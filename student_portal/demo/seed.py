"""The demo's past, played on a clock of its own: all stories together, act by act, in the order of time."""

import heapq
from datetime import date, time, timedelta
from pathlib import Path

from student_portal.access.queries import Viewer
from student_portal.accounts import service as accounts
from student_portal.audit import queries as audit
from student_portal.audit import service as auditing
from student_portal.audit.queries import machine
from student_portal.demo import contacts, rota, set_up, written
from student_portal.demo.lives import STORIES
from student_portal.demo.people import STAFF, STUDENTS
from student_portal.demo.story import Life, Stage
from student_portal.foundation import clock, db
from student_portal.foundation.clock import FrozenClock
from student_portal.institutions import queries as institutions
from student_portal.institutions.queries import Pathway
from student_portal.settings import queries as settings


def plant(data_dir: Path) -> None:
    """Play the past, if this data folder has none yet, and leave the clock as it was."""
    demo_clock, today = clock.installed(), clock.today()
    standing = FrozenClock(clock.now())
    clock.install(standing)
    try:
        standing.at = clock.in_london(today - timedelta(days=365), time(8))
        if _begin():
            _play(_stage(data_dir, today=clock.london(demo_clock.now()).date(), standing=standing))
            _record("demo.planted")
    finally:
        clock.install(demo_clock)


def progress() -> str:
    """How far an earlier start came: "none", "half" (cut off, so that all must begin again) or "whole"."""
    done = audit.verbs(("demo.begin", "demo.planted"))
    return ("none", "half", "whole")[len(done)]


def _begin() -> bool:
    with db.write():
        first = set_up.first_time(at=clock.now())
        if first:
            _record("demo.begin")
        return first


def _record(verb: str) -> None:
    by = machine(settings.service_id())
    auditing.record(verb=verb, subject=("service", by.service_id), by=by, at=clock.now())


def _stage(data_dir: Path, *, today: date, standing: FrozenClock) -> Stage:
    by = machine(settings.service_id())
    staff = {}
    for person in STAFF:
        person_id = accounts.create_staff(
            name=person.name,
            email=person.email,
            password=person.password,
            role=person.role,
            totp=person.totp,
            by=by,
            at=clock.now(),
        )
        viewer = Viewer(by.service_id, person_id, person.role)
        accounts.set_staff_phone(phone=person.phone, by=viewer, at=clock.now())
        staff[person.name] = viewer
    rota.set_up(staff, today=today, at=clock.now())
    places = {place.name: place.id for place in institutions.listed(Pathway.THERAPY)}
    return Stage(data_dir, today, standing, by.service_id, places, staff)


def _play(stage: Stage) -> None:
    """Every act of every story at its time, the earliest first."""
    acts = []
    for number, student in enumerate(STUDENTS):
        story = STORIES[student.state](Life(stage, student))
        acts.append((next(story), number, story))
    heapq.heapify(acts)
    while acts:
        moment, number, story = acts[0]
        stage.pass_to(moment)
        following = next(story, None)
        if following is None:
            heapq.heappop(acts)
        else:
            heapq.heapreplace(acts, (following, number, story))
    stage.pass_to(stage.at(0, time(9, 59)))
    written.pages(admin=stage.staff["Ade Quill"], manager=stage.staff["Max Ferry"])
    contacts.keep(admin=stage.staff["Ade Quill"])
