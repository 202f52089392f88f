"""decisions to go live although something is open"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0007"
branch_labels = None
depends_on = None

_STANDS = sa.text("ended_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "go_live_decision",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("service_id", sa.String(length=26), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=26), nullable=False),
        sa.Column("covers", sa.JSON(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(length=26), nullable=True),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (ended_by IS NULL)", name=op.f("ck_go_live_decision_ended_by_somebody")
        ),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_go_live_decision_by")),
        sa.ForeignKeyConstraint(["ended_by"], ["person.id"], name=op.f("fk_go_live_decision_ended_by")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_go_live_decision_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_go_live_decision")),
    )
    with op.batch_alter_table("go_live_decision", schema=None) as batch_op:
        batch_op.create_index(
            "uq_go_live_decision_now",
            ["service_id"],
            unique=True,
            sqlite_where=_STANDS,
            postgresql_where=_STANDS,
        )


def downgrade() -> None:
    with op.batch_alter_table("go_live_decision", schema=None) as batch_op:
        batch_op.drop_index("uq_go_live_decision_now", sqlite_where=_STANDS, postgresql_where=_STANDS)
    op.drop_table("go_live_decision")
