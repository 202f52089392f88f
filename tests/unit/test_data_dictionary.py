"""What the columns say about themselves, and that the data dictionary says the same."""

from collections.abc import Iterator

from sqlalchemy import Column, LargeBinary, Text

from student_portal import migrations
from student_portal.foundation.columns import Keep, Row
from student_portal.foundation.sealed import Sealed
from student_portal.migrations import dictionary
from tests.support import tree

COMMITTED = tree.ROOT / "docs/data-dictionary.md"
WRITE_AGAIN = ".venv/bin/python -m student_portal.cli data-dictionary > docs/data-dictionary.md"
PROTECTIONS = {"plain", "sealed", "blind index", "one-way hash"}

# What a column's name promises about how it is protected, whoever wrote it.
PROMISES = {"_sealed": "sealed", "_index": "blind index", "_hash": "one-way hash"}


def columns() -> Iterator[Column]:
    for table in migrations.metadata().sorted_tables:
        yield from table.columns


def test_every_column_says_what_it_is_for_how_it_is_protected_how_long_it_is_kept_and_who_reads_it() -> None:
    for column in columns():
        told = column.info
        assert told["purpose"].strip(), column
        assert told["readers"].strip(), column
        assert told["retention"] in set(Keep), column
        assert told["protection"] in PROTECTIONS, column


def test_every_column_is_protected_as_its_name_promises() -> None:
    for column in columns():
        for ending, protection in PROMISES.items():
            promised = column.name.endswith(ending)
            assert promised == (column.info["protection"] == protection), f"{column} and {protection}"


def test_sealed_columns_are_bytes_that_only_a_descriptor_opens() -> None:
    models = {str(model.__tablename__): model for model in Row.__subclasses__()}
    for column in columns():
        if column.info["protection"] == "sealed":
            assert isinstance(column.type, LargeBinary), column
            opened = vars(models[column.table.name]).get(column.name.removesuffix("_sealed"))
            assert isinstance(opened, Sealed), f"{column} has no descriptor beside it"
            assert opened.column == column.name


def test_no_plain_column_has_room_for_a_story() -> None:
    """Free text is sealed; only what everybody may read (help contacts, reasons of settings) and sentences of
    the portal's own stand plain.
    """
    public = {"signpost_version", "written_page_version", "link_check", "setting_change", "found_open"}
    roomy = [
        str(column)
        for column in columns()
        if column.info["protection"] == "plain"
        and column.table.name not in public
        and (isinstance(column.type, Text) or (getattr(column.type, "length", None) or 0) > 120)
    ]
    assert not roomy, "\n".join(roomy)


def test_the_committed_dictionary_says_what_the_code_says() -> None:
    assert COMMITTED.read_text() == dictionary.markdown(migrations.metadata()), (
        f"write it again: {WRITE_AGAIN}"
    )
