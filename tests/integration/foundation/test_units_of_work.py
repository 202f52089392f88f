"""What is committed is whole, what fails leaves nothing, and the activity log is only ever added to."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session, select

from student_portal.audit import queries as audit
from student_portal.audit import service as auditing
from student_portal.foundation import clock, db
from student_portal.foundation.errors import Conflict, NotFound
from student_portal.institutions.models import Organisation, OrganisationKind


def organisation(name: str) -> Organisation:
    return Organisation(kind=OrganisationKind.PROVIDER, name=name, short_name=name)


def names() -> list[str]:
    with db.read() as session:
        return sorted(session.exec(select(Organisation.name)))


def test_inner_and_outer_unit_stand_or_fall_together(service_id: str) -> None:
    def both(*, fail: bool) -> None:
        with db.write() as outer:
            outer.add(organisation("Outer"))
            with db.write() as inner:
                inner.add(organisation("Inner"))
            if fail:
                raise RuntimeError

    with pytest.raises(RuntimeError):
        both(fail=True)
    assert names() == []
    both(fail=False)
    assert names() == ["Inner", "Outer"]


def test_a_reading_unit_refuses_to_become_a_writing_one(service_id: str) -> None:
    with db.read(), pytest.raises(RuntimeError, match="cannot write"), db.write():
        pass


def test_a_moment_comes_back_aware_and_equal(service_id: str) -> None:
    at = clock.now()
    actor = audit.machine(service_id)
    auditing.record(verb="test.happened", subject=("thing", "1"), by=actor, at=at, person_id="p")
    assert audit.about("p")[0].at == at


@pytest.mark.parametrize("statement", ["UPDATE audit_event SET verb = 'x'", "DELETE FROM audit_event"])
@pytest.mark.hazard("H02")
def test_nobody_can_rewrite_the_activity_log(service_id: str, statement: str) -> None:
    with pytest.raises(DatabaseError, match="only ever added to"), db.write() as session:
        session.connection().execute(text(statement))
    with db.read() as session:
        assert _count(session) == 1  # the setting up of the service


def _count(session: Session) -> int:
    return int(session.connection().execute(text("SELECT count(*) FROM audit_event")).scalar_one())


def test_locking_what_is_not_there_says_so(service_id: str) -> None:
    with pytest.raises(NotFound):
        db.locked(Organisation, "0" * 26)


def test_a_version_that_was_not_seen_is_a_conflict() -> None:
    db.expect(3, 3)
    with pytest.raises(Conflict):
        db.expect(2, 3)


def test_what_one_request_reads_is_never_older_than_what_it_wrote(service_id: str) -> None:
    with db.write() as session:
        session.add(organisation("Before"))
    with db.looking():
        with db.read() as session:
            held = session.exec(select(Organisation)).one()
        with db.write() as session:
            session.exec(select(Organisation)).one().name = "After"
        with db.read() as session:
            assert session.exec(select(Organisation)).one().name == "After"
        assert held.name == "Before"  # what was read stays what was read


def test_reading_inside_a_request_refuses_to_become_writing(service_id: str) -> None:
    with db.looking(), db.read(), pytest.raises(RuntimeError, match="cannot write"), db.write():
        pass


def test_after_an_error_of_the_database_the_same_request_can_read_on(service_id: str) -> None:
    with db.looking():
        with pytest.raises(DatabaseError), db.read() as session:
            session.connection().execute(text("SELECT nothing FROM nowhere"))
        assert names() == []


def test_what_many_parts_of_a_page_ask_is_asked_once_until_something_is_written(service_id: str) -> None:
    asked: list[str] = []

    def ask() -> int:
        asked.append("asked")
        return len(asked)

    with db.looking():
        assert [db.once("it", ask), db.once("it", ask)] == [1, 1]
        with db.write():
            assert [db.once("it", ask), db.once("it", ask)] == [2, 3]
        assert db.once("it", ask) == 4
    assert db.once("it", ask) == 5


def test_a_part_of_writing_that_only_reads_asks_once_and_refuses_to_write(service_id: str) -> None:
    asked: list[str] = []

    def ask() -> int:
        asked.append("asked")
        return len(asked)

    with db.looking(), db.write() as session:
        session.add(organisation("Before"))
        with db.only_reading():
            assert [db.once("it", ask), db.once("it", ask)] == [1, 1]
            with db.read() as reading:
                assert reading is session
            with pytest.raises(RuntimeError, match="cannot write"), db.write():
                pass
        with db.only_reading():
            assert db.once("it", ask) == 2
        assert db.once("it", ask) == 3


def test_what_hardly_ever_changes_is_asked_once_a_request_until_somebody_says_it_did(service_id: str) -> None:
    asked: list[str] = []

    def ask() -> int:
        asked.append("asked")
        return len(asked)

    def known() -> int:
        return db.once_a_request("it", ask)

    with db.looking():
        assert known() == 1
        with db.write():
            assert known() == 1
        assert known() == 1
        with db.write():
            db.forget("it")
            assert known() == 2
        assert known() == 2
    with db.looking():
        assert known() == 3
    assert [known(), known()] == [4, 5]


def test_what_was_learnt_while_writing_is_forgotten_where_the_writing_failed(service_id: str) -> None:
    def known() -> list[str]:
        return db.once_a_request("names", names)

    def fail() -> None:
        with db.write() as session:
            session.add(organisation("Never"))
            session.flush()
            db.forget("names")
            assert known() == ["Never"]
            raise RuntimeError

    with db.looking():
        assert known() == []
        with pytest.raises(RuntimeError):
            fail()
        assert known() == []
