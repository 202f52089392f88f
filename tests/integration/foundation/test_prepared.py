"""A question that is put together once gives each asker what stands now, for the values they name."""

from collections.abc import Collection

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import UnmappedInstanceError
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from student_portal.accounts.models import Person
from student_portal.foundation import clock, db
from student_portal.foundation.crypto import SealBroken
from student_portal.foundation.prepared import Columns, columns, prepared, prepared_rows
from student_portal.institutions.models import Organisation, OrganisationKind


@prepared
def _called(name: str) -> Columns:
    return columns(Organisation.short_name).where(col(Organisation.name) == name)


@prepared
def _among(names: Collection[str]) -> Columns:
    named = columns(Organisation.name).where(col(Organisation.name).in_(names))
    return named.order_by(col(Organisation.name))


def add(name: str) -> Organisation:
    row = Organisation(kind=OrganisationKind.PROVIDER, name=name, short_name=name[0])
    with db.write() as session:
        session.add(row)
    return row


def test_each_asks_with_values_of_their_own(service_id: str) -> None:
    for name in ("Alder", "Beech", "Cedar"):
        assert _called(name=name) == []
        add(name)
        assert [row.short_name for row in _called(name=name)] == [name[0]]
    assert [name for (name,) in _among(names=["Cedar", "Alder", "Yew"])] == ["Alder", "Cedar"]
    assert _among(names=[]) == []


def test_it_is_put_together_once(service_id: str) -> None:
    put_together: list[str] = []

    @prepared
    def called(name: str) -> Columns:
        put_together.append("once")
        return columns(Organisation.id).where(col(Organisation.name) == name)

    assert called(name="Alder") == called(name="Beech") == []
    assert put_together == ["once"]


def test_it_sees_what_its_own_unit_of_work_has_changed_so_far(service_id: str) -> None:
    with db.write() as session:
        row = add("Alder")
        assert [found.short_name for found in _called(name="Alder")] == ["A"]
        row.short_name = "changed"
        assert [found.short_name for found in _called(name="Alder")] == ["changed"]
        session.delete(row)
        assert _called(name="Alder") == []


def test_it_sees_what_was_added_before_a_part_that_only_reads(service_id: str) -> None:
    with db.write():
        add("Alder")
        with db.only_reading():
            assert [found.short_name for found in _called(name="Alder")] == ["A"]


def test_it_goes_on_asking_after_a_savepoint_was_given_up_and_after_somebody_wrote(service_id: str) -> None:
    with db.looking():
        assert _called(name="Alder") == []
        with db.write() as session:
            row = add("Alder")
            assert len(_called(name="Alder")) == 1
            twice = Organisation(id=row.id, kind=OrganisationKind.PROVIDER, name="Beech", short_name="B")
            with pytest.raises(IntegrityError), session.no_autoflush, session.begin_nested():
                session.connection().execute(insert(Organisation), [twice.model_dump()])
            assert [len(_called(name=name)) for name in ("Alder", "Beech")] == [1, 0]
        assert len(_called(name="Alder")) == 1


def test_a_sealed_cell_opens_from_a_plain_row_and_only_as_its_own(service_id: str) -> None:
    @prepared
    def names() -> Columns:
        return columns(Person.id, Person.name_sealed).order_by(col(Person.id))

    with db.write() as session:
        for name in ("Sam", "Robin"):
            person = Person(service_id=service_id, is_staff=False, created_at=clock.now(), name_sealed=b"")
            person.name = name
            session.add(person)
    rows = names()
    assert [Person.name.opened(row.name_sealed, row.id) for row in rows] == ["Sam", "Robin"]
    with pytest.raises(SealBroken):
        Person.name.opened(rows[1].name_sealed, rows[0].id)


@prepared_rows
def _people() -> SelectOfScalar[Person]:
    return select(Person).order_by(col(Person.id))


def test_whole_rows_read_like_their_model_and_cannot_be_changed(service_id: str) -> None:
    with db.write() as session:
        person = Person(service_id=service_id, is_staff=False, created_at=clock.now(), name_sealed=b"")
        person.name = "Sam"
        session.add(person)
    (found,) = _people()
    assert (found.name, found.born) == ("Sam", "")
    for column in Person.__table__.columns:  # type: ignore[attr-defined]
        assert getattr(found, column.key) == getattr(person, column.key)
    with pytest.raises(AttributeError):
        found.name = "Robin"
    with pytest.raises(AttributeError):
        found.is_staff = True
    with pytest.raises(AttributeError):
        found.pinhash = None  # type: ignore[attr-defined]  # a slip of the pen
    with db.write() as session, pytest.raises(UnmappedInstanceError):
        session.add(found)
    assert [row.name for row in _people()] == ["Sam"]
