"""what a student was called before staff entered another name"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("about_student", schema=None) as batch_op:
        batch_op.add_column(sa.Column("name_before_sealed", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("about_student", schema=None) as batch_op:
        batch_op.drop_column("name_before_sealed")
