"""rota: who is away, who stands in, closed days; tasks count their changes"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "closed_days",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("service_id", sa.String(length=26), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("first <= last", name=op.f("ck_closed_days_first_first")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_closed_days_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closed_days")),
    )
    with op.batch_alter_table("closed_days", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_closed_days_service_id"), ["service_id"], unique=False)

    op.create_table(
        "absence",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("service_id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.String(length=26), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("weekday", sa.Integer(), nullable=True),
        sa.Column(
            "half",
            sa.Enum(
                "morning", "afternoon", name="day_half", native_enum=False, create_constraint=True, length=40
            ),
            nullable=True,
        ),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("since < until", name=op.f("ck_absence_since_first")),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("ck_absence_weekday")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_absence_person_id")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_absence_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
    )
    with op.batch_alter_table("absence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_absence_person_id"), ["person_id"], unique=False)

    op.create_table(
        "duty_turn",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("service_id", sa.String(length=26), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "cover", "manager", name="duty_role", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("owner_id", sa.String(length=26), nullable=True),
        sa.Column("person_id", sa.String(length=26), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("weekday", sa.Integer(), nullable=True),
        sa.Column(
            "half",
            sa.Enum(
                "morning", "afternoon", name="day_half", native_enum=False, create_constraint=True, length=40
            ),
            nullable=True,
        ),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "role = 'cover' OR owner_id IS NULL", name=op.f("ck_duty_turn_only_covers_have_an_owner")
        ),
        sa.CheckConstraint("owner_id <> person_id", name=op.f("ck_duty_turn_never_for_oneself")),
        sa.CheckConstraint("since < until", name=op.f("ck_duty_turn_since_first")),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("ck_duty_turn_weekday")),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_duty_turn_owner_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_duty_turn_person_id")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_duty_turn_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_turn")),
    )
    with op.batch_alter_table("duty_turn", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_duty_turn_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_duty_turn_person_id"), ["person_id"], unique=False)

    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    with op.batch_alter_table("task", schema=None) as batch_op:  # the tasks there are begin at 1
        batch_op.alter_column("version", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.drop_column("version")

    with op.batch_alter_table("duty_turn", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_duty_turn_person_id"))
        batch_op.drop_index(batch_op.f("ix_duty_turn_owner_id"))

    op.drop_table("duty_turn")
    with op.batch_alter_table("absence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_absence_person_id"))

    op.drop_table("absence")
    with op.batch_alter_table("closed_days", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_closed_days_service_id"))

    op.drop_table("closed_days")
