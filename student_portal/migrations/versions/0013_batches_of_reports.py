"""reports that are asked for at once, made beside the pages and kept for a day"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "report_batch",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("service_id", sa.String(length=26), nullable=False),
        sa.Column("asked_by", sa.String(length=26), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name=op.f("fk_report_batch_asked_by")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_report_batch_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_batch")),
    )
    with op.batch_alter_table("report_batch", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_report_batch_expires_at"), ["expires_at"], unique=False)

    op.create_table(
        "batch_report",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("batch_id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.String(length=26), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "made",
                "failed",
                name="report_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("pdf_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["report_batch.id"], name=op.f("fk_batch_report_batch_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_batch_report_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch_report")),
        sa.UniqueConstraint("batch_id", "person_id", name=op.f("uq_batch_report_batch_id_person_id")),
    )
    with op.batch_alter_table("batch_report", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_batch_report_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_batch_report_state"), ["state"], unique=False)


def downgrade() -> None:
    op.drop_table("batch_report")
    op.drop_table("report_batch")
