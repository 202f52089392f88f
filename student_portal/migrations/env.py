"""How Alembic runs here: always on a connection that the caller opened."""

from typing import Any, Literal

from alembic import context

from student_portal import migrations
from student_portal.foundation.columns import UtcTime


def run() -> None:
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=migrations.metadata(),
        render_as_batch=True,  # SQLite cannot alter a column in place
        compare_type=True,
        render_item=_plain,
    )
    with context.begin_transaction():
        context.run_migrations()


def _plain(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """History is written in the library's own types: it must not change when our code does."""
    if kind == "type" and isinstance(item, UtcTime):
        return "sa.DateTime(timezone=True)"
    return False


run()
