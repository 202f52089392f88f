"""What somebody must do: raised once, given to a person, finished."""

from datetime import timedelta
from functools import partial

import pytest

from student_portal.access import service as access
from student_portal.access.queries import Role, Viewer
from student_portal.audit import queries as audit
from student_portal.duty import queries, service
from student_portal.duty.models import Task
from student_portal.duty.queries import Span, TaskKind
from student_portal.foundation import clock, db, ids
from student_portal.foundation.clock import FrozenClock
from student_portal.foundation.errors import Conflict, NotAllowed, NotFound, Refused
from tests.support.outbox import student


@pytest.fixture
def me(service_id: str) -> Viewer:
    return Viewer(service_id, student(service_id, "R. Okafor"), Role.THERAPIST)


@pytest.fixture
def colleague(service_id: str) -> Viewer:
    return Viewer(service_id, student(service_id, "J. Lunt"), Role.THERAPIST)


def ask(by: Viewer, *, subject: str = "", person_id: str | None = None, owner_id: str | None = None) -> str:
    return service.raise_task(
        kind=TaskKind.NEW_REFERRAL,
        subject=("referral", subject or ids.new()),
        person_id=person_id,
        owner_id=owner_id,
        due_at=clock.now() + timedelta(days=14),
        by=by,
        at=clock.now(),
    )


def mine(viewer: Viewer) -> list[str]:
    return [task.id for task in queries.open_tasks(viewer)]


@pytest.mark.hazard("H18")
def test_asking_twice_makes_one_task(me: Viewer) -> None:
    subject = ids.new()
    assert ask(me, subject=subject) == ask(me, subject=subject)
    assert len(queries.open_tasks(me)) == 1


def test_when_it_is_done_it_can_be_asked_again(me: Viewer, portal: FrozenClock) -> None:
    subject = ids.new()
    first = ask(me, subject=subject)
    for _ in range(2):  # twice is harmless
        service.finish_task(
            kind=TaskKind.NEW_REFERRAL, subject_id=subject, note="rang them", by=me, at=clock.now()
        )
    assert queries.task_for(TaskKind.NEW_REFERRAL, subject) is None
    assert ask(me, subject=subject) != first
    with db.read() as session:
        done = session.get(Task, first)
        assert done is not None
        assert (done.done_by, done.done_at, done.note) == (me.person_id, clock.now(), "rang them")


def test_a_task_of_the_team_becomes_one_persons(me: Viewer, colleague: Viewer) -> None:
    task_id = ask(me)
    assert mine(me) == mine(colleague) == [task_id]
    service.give_task(task_id=task_id, owner_id=colleague.person_id, by=me, at=clock.now())
    assert mine(me) == []
    assert mine(colleague) == [task_id]


def test_a_done_task_cannot_be_given_away(me: Viewer) -> None:
    subject = ids.new()
    task_id = ask(me, subject=subject)
    service.finish_task(kind=TaskKind.NEW_REFERRAL, subject_id=subject, note="", by=me, at=clock.now())
    with pytest.raises(Conflict):
        service.give_task(task_id=task_id, owner_id=me.person_id, by=me, at=clock.now())
    with pytest.raises(NotFound):
        service.give_task(task_id=ids.new(), owner_id=me.person_id, by=me, at=clock.now())


def test_who_takes_a_task_of_the_team_has_it(me: Viewer, colleague: Viewer) -> None:
    task_id = ask(me)
    for _ in range(2):  # twice is harmless
        service.claim_task(task_id=task_id, by=me, at=clock.now())
    assert (mine(me), mine(colleague)) == ([task_id], [])
    with pytest.raises(Conflict):
        service.claim_task(task_id=task_id, by=colleague, at=clock.now())
    service.finish(task_id=task_id, note="Rang.", by=me, at=clock.now())
    with pytest.raises(Conflict):
        service.claim_task(task_id=task_id, by=me, at=clock.now())


@pytest.mark.hazard("H01")
def test_a_task_is_handed_over_only_to_somebody_who_works(me: Viewer, colleague: Viewer) -> None:
    task_id = ask(me, owner_id=me.person_id)
    to = str(colleague.person_id)
    leave = service.set_absence(person_id=to, span=Span(clock.now()), by=colleague, at=clock.now())
    hand_over = partial(service.hand_over_task, task_id=task_id, to=to, seen_version=1, at=clock.now())
    with pytest.raises(Refused, match="away"):
        hand_over(by=me)
    service.end_absence(absence_id=leave, by=colleague, at=clock.now())
    with pytest.raises(NotAllowed):
        hand_over(by=colleague)
    hand_over(by=me)
    assert mine(colleague) == [task_id]


def test_two_managers_do_not_give_one_task_to_two_people(me: Viewer, colleague: Viewer) -> None:
    task_id = ask(me)
    give = partial(service.reassign, task_id=task_id, seen_version=1, by=me, at=clock.now())
    give(to=str(colleague.person_id))
    with pytest.raises(Conflict):
        give(to=str(me.person_id))
    assert mine(colleague) == [task_id]
    assert queries.open_tasks(colleague)[0].version == 2


def test_what_was_done_is_written_once_and_by_one(me: Viewer, colleague: Viewer) -> None:
    task_id = ask(me)
    with pytest.raises(Refused, match="empty"):
        service.finish(task_id=task_id, note=" ", by=me, at=clock.now())
    for note in ("Rang them.", "Again."):
        service.finish(task_id=task_id, note=note, by=me, at=clock.now())
    with pytest.raises(Conflict):
        service.finish(task_id=task_id, note="Me too.", by=colleague, at=clock.now())
    with db.read() as session:
        assert session.get_one(Task, task_id).note == "Rang them."


@pytest.mark.hazard("H21")
def test_a_teams_task_shows_only_to_those_who_may_open_the_students_record(
    me: Viewer, colleague: Viewer, service_id: str
) -> None:
    person_id = student(service_id)
    access.begin_care(
        person_id=person_id, kind=access.CareKind.THERAPY, staff_id=me.person_id, by=me, at=clock.now()
    )
    task_id = ask(me, person_id=person_id)
    assert mine(me) == [task_id]
    assert mine(colleague) == []
    assert mine(Viewer(service_id, colleague.person_id, Role.MANAGER)) == []


def test_the_soonest_comes_first(me: Viewer, portal: FrozenClock) -> None:
    later = ask(me)
    portal.forward(days=-1)
    sooner = ask(me)
    assert mine(me) == [sooner, later]


@pytest.mark.hazard("H01")
def test_asked_again_an_open_task_is_due_sooner_but_never_later(me: Viewer) -> None:
    subject = ids.new()

    def again(days: int) -> list[int]:
        service.raise_task(
            kind=TaskKind.NEW_REFERRAL, subject=("referral", subject), person_id=None, owner_id=None,
            due_at=clock.now() + timedelta(days=days), by=me, at=clock.now(),
        )  # fmt: skip
        return [(task.due_at - clock.now()).days for task in queries.open_tasks(me)]

    assert [again(days) for days in (14, 3, 9)] == [[14], [3], [3]]


def test_each_step_is_in_the_activity_log(me: Viewer, service_id: str) -> None:
    person_id, subject = student(service_id), ids.new()
    task_id = ask(me, subject=subject, person_id=person_id)
    service.give_task(task_id=task_id, owner_id=me.person_id, by=me, at=clock.now())
    service.finish_task(kind=TaskKind.NEW_REFERRAL, subject_id=subject, note="x", by=me, at=clock.now())
    verbs = {line.verb for line in audit.about(person_id)}
    assert verbs == {"duty.raise_task", "duty.give_task", "duty.finish_task"}
