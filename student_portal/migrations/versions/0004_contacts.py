"""contacts: who answers, how long it takes, who for, who checked it; whose students is said by the version"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_STATES = ("draft", "proposed", "published", "replaced", "returned")
_WORDS = (("who_answers", 120), ("takes", 80), ("for_whom", 120))
_WHERE = {
    "uq_signpost_version_published": "state = 'published'",
    "uq_signpost_version_open": "state = 'draft' OR state = 'proposed'",
}


def upgrade() -> None:
    with op.batch_alter_table("signpost_version", schema=None) as batch_op:
        for name, length in _WORDS:
            batch_op.add_column(sa.Column(name, sa.String(length=length), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("takes_off", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("verified_by", sa.String(length=26), nullable=True))
        batch_op.add_column(sa.Column("organisation_id", sa.String(length=26), nullable=True))
    op.execute(
        "UPDATE signpost_version SET organisation_id ="
        " (SELECT organisation_id FROM signpost WHERE signpost.id = signpost_version.signpost_id)"
    )
    op.execute("UPDATE signpost_version SET verified_by = drafted_by WHERE verified_on IS NOT NULL")
    op.execute("UPDATE signpost_version SET verified_on = NULL WHERE verified_by IS NULL")
    with op.batch_alter_table("signpost_version", schema=None) as batch_op:
        for name in (*(name for name, _length in _WORDS), "takes_off"):
            batch_op.alter_column(name, server_default=None)
        batch_op.create_foreign_key(
            op.f("fk_signpost_version_organisation_id"), "organisation", ["organisation_id"], ["id"]
        )
        batch_op.create_index(
            batch_op.f("ix_signpost_version_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_check_constraint(
            op.f("ck_signpost_version_a_check_has_a_person"),
            "verified_on IS NULL OR verified_by IS NOT NULL",
        )
    _allow((*_STATES, "withdrawn"))
    _one_each("signpost_id")
    with op.batch_alter_table("signpost", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_signpost_organisation_id"))
        batch_op.drop_constraint(op.f("fk_signpost_organisation_id"), type_="foreignkey")
        batch_op.drop_column("organisation_id")


def downgrade() -> None:
    with op.batch_alter_table("signpost", schema=None) as batch_op:
        batch_op.add_column(sa.Column("organisation_id", sa.String(length=26), nullable=True))
    op.execute(
        "UPDATE signpost SET organisation_id = (SELECT organisation_id FROM signpost_version"
        " WHERE signpost_version.signpost_id = signpost.id ORDER BY number DESC LIMIT 1)"
    )
    with op.batch_alter_table("signpost", schema=None) as batch_op:
        batch_op.create_foreign_key(
            op.f("fk_signpost_organisation_id"), "organisation", ["organisation_id"], ["id"]
        )
        batch_op.create_index(batch_op.f("ix_signpost_organisation_id"), ["organisation_id"], unique=False)
    op.execute("UPDATE signpost_version SET state = 'replaced' WHERE state = 'withdrawn'")
    _allow(_STATES)
    _one_each("signpost_id", "language")
    with op.batch_alter_table("signpost_version", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_signpost_version_a_check_has_a_person"), type_="check")
        batch_op.drop_index(batch_op.f("ix_signpost_version_organisation_id"))
        batch_op.drop_constraint(op.f("fk_signpost_version_organisation_id"), type_="foreignkey")
        for name in ("organisation_id", "verified_by", "takes_off", *(name for name, _length in _WORDS)):
            batch_op.drop_column(name)


def _allow(states: tuple[str, ...]) -> None:
    listed = ", ".join(f"'{state}'" for state in states)
    with op.batch_alter_table("signpost_version", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_signpost_version_version_state"), type_="check")
        batch_op.create_check_constraint(op.f("ck_signpost_version_version_state"), f"state IN ({listed})")


def _one_each(*columns: str) -> None:
    """At most one published version, and at most one that waits, for these columns."""
    with op.batch_alter_table("signpost_version", schema=None) as batch_op:
        for name, where in _WHERE.items():
            batch_op.drop_index(name)
            batch_op.create_index(
                name, list(columns), unique=True, sqlite_where=sa.text(where), postgresql_where=sa.text(where)
            )
