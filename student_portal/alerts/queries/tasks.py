"""Everything that somebody must do, in one list: whose, since when, by when."""

from dataclasses import dataclass
from datetime import datetime

from student_portal.access.queries import Role, Viewer
from student_portal.accounts import queries as accounts
from student_portal.accounts.queries import Staff
from student_portal.alerts.queries.waiting import seen_by
from student_portal.duty import queries as duty
from student_portal.duty.queries import TaskFacts, TaskKind
from student_portal.foundation import db
from student_portal.foundation.errors import NotFound

TO_READ = frozenset({TaskKind.ANSWER_TO_READ, TaskKind.ASKED_TO_TALK})
"""Kinds whose subject is an alert, and whose owner is its owner."""

DONE_WHERE_IT_IS = TO_READ | frozenset(
    {
        TaskKind.NEW_REFERRAL,  # by deciding
        TaskKind.HUMANE_CONTACT,  # by recording it, which closes the record
        TaskKind.SOMETHING_STOPPED,  # by itself
        TaskKind.GOING_LIVE,  # by itself, or by a decision on its page
    }
)
"""Kinds that no note here can finish."""

LIAISON_TOO = frozenset({TaskKind.FOLLOW_UP, TaskKind.CALL_BACK})


@dataclass(frozen=True)
class TaskRow:
    """One task. `name` is empty for who may not open the record, or when it is about no student."""

    facts: TaskFacts
    name: str
    owner: str
    is_mine: bool
    may_open: bool
    may_claim: bool
    may_hand_over: bool
    may_finish: bool


def tasks(viewer: Viewer, whose: str) -> list[TaskRow]:
    """Open tasks, soonest due first. `whose`: "mine", "team" (nobody's yet) or "all"."""
    mine = {"mine": viewer.person_id, "team": None}
    with db.read():
        seen = seen_by(viewer)
        return [
            _row(viewer, task, seen)
            for task in duty.all_tasks(viewer.service_id)
            if whose == "all" or task.owner_id == mine[whose]
        ]


def task(viewer: Viewer, task_id: str) -> TaskRow:
    """One open task. Raises NotFound, also for one that is of no concern to the viewer."""
    with db.read():
        row = _row(viewer, duty.open_task(task_id), seen_by(viewer))
        if row.facts.person_id and not (row.may_open or row.is_mine or viewer.role == Role.MANAGER):
            raise NotFound("task")
        return row


def _row(viewer: Viewer, facts: TaskFacts, seen: frozenset[str]) -> TaskRow:
    sees = facts.person_id in seen
    concerns = sees or facts.person_id is None
    is_mine = facts.owner_id == viewer.person_id
    may_take = sees and facts.kind in TO_READ  # whoever stands in may take it over
    is_here = facts.kind not in DONE_WHERE_IT_IS
    return TaskRow(
        facts=facts,
        name=accounts.name_of(viewer, str(facts.person_id)) if sees else "",
        owner=accounts.staff_name(facts.owner_id) if facts.owner_id else "",
        is_mine=is_mine,
        may_open=concerns,
        may_claim=concerns and facts.owner_id is None and is_here,
        may_hand_over=facts.owner_id is not None and (is_mine or viewer.role == Role.MANAGER or may_take),
        may_finish=is_mine and is_here,
    )


def who_could(facts: TaskFacts, at: datetime) -> list[Staff]:
    """Colleagues who could do a task in its owner's stead and are not away."""
    roles = [Role.THERAPIST]
    if facts.kind in LIAISON_TOO:
        roles.append(Role.LIAISON)
    if facts.person_id is None:
        roles = [Role.THERAPIST, Role.LIAISON, Role.ADMIN, Role.MANAGER]
    return [
        person
        for person in accounts.staff(*roles)
        if person.id != facts.owner_id and not duty.is_away(person.id, at)
    ]
