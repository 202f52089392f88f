"""words that were posted from a screen that had locked, for an hour"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "locked_words",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("service_id", sa.String(length=26), nullable=False),
        sa.Column("owner", sa.String(length=26), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("posted_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_locked_words_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_locked_words")),
        sa.UniqueConstraint("owner", name=op.f("uq_locked_words_owner")),
    )
    with op.batch_alter_table("locked_words", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_locked_words_kept_at"), ["kept_at"], unique=False)


def downgrade() -> None:
    op.drop_table("locked_words")
