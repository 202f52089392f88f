"""Both databases give a test its own empty copy, and keep what the house promises of them."""

import pytest
from sqlalchemy import text

from student_portal import migrations
from student_portal.foundation import clock, db
from student_portal.foundation.clock import FrozenClock
from student_portal.settings import queries, service


@pytest.mark.parametrize("turn", ["first", "second"])
def test_each_test_finds_its_database_empty(portal: FrozenClock, turn: str) -> None:
    with pytest.raises(LookupError):
        queries.service_id()
    service.set_up(at=clock.now())
    assert queries.service_id()


def test_what_the_code_says_about_tables_is_what_the_history_makes(portal: FrozenClock) -> None:
    migrations.check(db.engine())


def test_times_come_back_aware(portal: FrozenClock, service_id: str) -> None:
    from student_portal.settings.models import Service

    with db.read() as session:
        assert session.get_one(Service, service_id).created_at == clock.now()


@pytest.mark.one_database
def test_sqlite_keeps_a_commit_through_a_power_cut(portal: FrozenClock) -> None:
    with db.read() as session:
        assert session.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert session.execute(text("PRAGMA synchronous")).scalar() == 2  # FULL
        assert session.execute(text("PRAGMA foreign_keys")).scalar() == 1
