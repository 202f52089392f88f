"""The tables' history: it gives exactly what the code has, on both databases, forward and back."""

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.exc import DatabaseError

from student_portal import migrations
from student_portal.audit import queries as audit
from student_portal.audit import service as auditing
from student_portal.foundation import clock, db
from student_portal.foundation.clock import FrozenClock
from student_portal.institutions import service as institutions
from student_portal.settings import service as settings
from student_portal.signposting import queries as contacts
from student_portal.signposting import service as signposting


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
