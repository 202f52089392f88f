"""The tables' history: it gives exactly what the code has, on both databases, forward and back."""

from dataclasses import replace

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.exc import DatabaseError

from student_portal import migrations
from student_portal.alerts import queries as wishes
from student_portal.alerts import service as alerts
from student_portal.audit import queries as audit
from student_portal.audit import service as auditing
from student_portal.duty import queries as duty
from student_portal.foundation import clock, db
from student_portal.foundation.clock import FrozenClock
from student_portal.institutions import service as institutions
from student_portal.settings import service as settings
from student_portal.signposting import queries as contacts
from student_portal.signposting import service as signposting
from tests.support import care
from tests.support.care import at
from tests.support.duty_team import team


def test_the_history_gives_exactly_the_tables_of_the_code(portal: FrozenClock) -> None:
    migrations.check(db.engine())


def test_back_to_the_beginning_leaves_nothing_and_forward_again_works(portal: FrozenClock) -> None:
    migrations.downgrade(db.engine(), "base")
    assert set(inspect(db.engine()).get_table_names()) <= {"alembic_version"}
    migrations.upgrade(db.engine())
    migrations.check(db.engine())


def test_a_filled_database_can_be_taken_back(portal: FrozenClock) -> None:
    service_id = settings.set_up(at=clock.now())
    institutions.add_partners(by=audit.machine(service_id), at=clock.now())
    migrations.downgrade(db.engine(), "base")
    assert set(inspect(db.engine()).get_table_names()) <= {"alembic_version"}


@pytest.mark.hazard("H03")
def test_help_contacts_say_the_same_after_a_step_back_and_forward_again(portal: FrozenClock) -> None:
    by = audit.machine(settings.set_up(at=clock.now()))
    places = institutions.add_partners(by=by, at=clock.now())
    signposting.publish_starting(organisations=places, by=by, at=clock.now())
    shown = [contacts.shown(place, clock.now()) for place in places.values()]
    migrations.downgrade(db.engine(), "0003")
    migrations.upgrade(db.engine())
    again = [contacts.shown(place, clock.now()) for place in places.values()]
    facts = [[(one.name, one.target, one.opening, one.what_happens) for one in page] for page in shown]
    assert [[(c.name, c.target, c.opening, c.what_happens) for c in page] for page in again] == facts


@pytest.mark.hazard("H02")
def test_the_activity_log_of_a_real_installation_cannot_be_rewritten(portal: FrozenClock) -> None:
    service_id = settings.set_up(at=clock.now())
    auditing.record(
        verb="test.did", subject=("thing", "1"), by=audit.machine(service_id), at=clock.now(), person_id="p"
    )
    for statement in ("UPDATE audit_event SET verb = 'x'", "DELETE FROM audit_event"):
        with pytest.raises(DatabaseError, match="only ever added to"), db.write() as session:
            session.connection().execute(text(statement))
    assert [line.verb for line in audit.about("p")] == ["test.did"]


@pytest.mark.hazard("H01")
def test_a_wish_to_talk_is_the_same_after_a_step_back_and_forward_again(portal: FrozenClock) -> None:
    by = audit.machine(settings.set_up(at=clock.now()))
    people = team(by.service_id)
    viewers = []
    for name in ("Unread", "Read", "Back"):
        episode_id = care.in_therapy(people.robin, f"{name} Fictional")
        person_id = care.sessions(people.robin, episode_id)[0].person_id
        viewers.append(care.as_student(by.service_id, person_id))
        alerts.ask_to_talk(by=viewers[-1], at=clock.now())
    alerts.will_talk(person_id=str(viewers[1].person_id), by=people.robin, at=clock.now())
    alerts.take_back(by=viewers[2], at=clock.now())
    portal.move_to(at(11, 30, 14))
    alerts.escalate(at=clock.now(), by=by)

    def stand() -> list[object]:
        """Each wish but for its id: where it is a task, it goes by the task's."""
        asked = [wishes.asked_to_talk(viewer, str(viewer.person_id)) for viewer in viewers]
        return [wish and replace(wish, id="") for wish in asked]

    before, tasks = stand(), duty.all_tasks(by.service_id)
    migrations.downgrade(db.engine(), "0013")
    assert {(task.kind, task.subject_kind) for task in duty.all_tasks(by.service_id)} == {
        ("asked_to_talk", "person")
    }
    migrations.upgrade(db.engine())
    assert stand() == before
    assert before[2] is None
    assert [(one.owner_id, one.due_at) for one in duty.all_tasks(by.service_id)] == [
        (one.owner_id, one.due_at) for one in tasks
    ]
    assert alerts.escalate(at=clock.now(), by=by) == 1, "of what was told before nothing is left"
