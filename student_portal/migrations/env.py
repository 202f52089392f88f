"""How Alembic runs here: always on a connection that the caller opened."""

from alembic import context

from student_portal import migrations


def run() -> None:
    connection = context.config.attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=migrations.metadata(),
        render_as_batch=True,  # SQLite cannot alter a column in place
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run()
