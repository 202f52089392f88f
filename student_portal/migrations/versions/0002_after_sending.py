"""readings, what to talk about, how forms are shown; paper entry and lent devices"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pin_change",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.String(length=26), nullable=False),
        sa.Column("is_set", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_pin_change_by")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_pin_change_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pin_change")),
    )
    with op.batch_alter_table("pin_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pin_change_person_id"), ["person_id"], unique=False)

    op.create_table(
        "form_preference",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("service_id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.String(length=26), nullable=False),
        sa.Column(
            "layout",
            sa.Enum("one", "page", name="form_layout", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
        sa.Column("hides_numbers", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_form_preference_person_id")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_form_preference_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_preference")),
        sa.UniqueConstraint("person_id", name=op.f("uq_form_preference_person_id")),
    )
    op.create_table(
        "talking_point",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("service_id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.String(length=26), nullable=False),
        sa.Column("session_id", sa.String(length=26), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_talking_point_person_id")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_talking_point_service_id")),
        sa.ForeignKeyConstraint(
            ["session_id", "person_id"],
            ["therapy_session.id", "therapy_session.person_id"],
            name=op.f("fk_talking_point_session_id_person_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_talking_point")),
        sa.UniqueConstraint("session_id", name=op.f("uq_talking_point_session_id")),
    )
    with op.batch_alter_table("talking_point", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_talking_point_person_id"), ["person_id"], unique=False)

    op.create_table(
        "form_reading",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("response_id", sa.String(length=26), nullable=False),
        sa.Column("by", sa.String(length=26), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_form_reading_by")),
        sa.ForeignKeyConstraint(
            ["response_id"], ["questionnaire_response.id"], name=op.f("fk_form_reading_response_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_reading")),
        sa.UniqueConstraint("response_id", "by", name=op.f("uq_form_reading_response_id_by")),
    )
    with op.batch_alter_table("browser_session", schema=None) as batch_op:
        batch_op.add_column(sa.Column("lent_for", sa.String(length=26), nullable=True))

    with op.batch_alter_table("questionnaire_response", schema=None) as batch_op:
        batch_op.add_column(sa.Column("entered_by", sa.String(length=26), nullable=True))
        batch_op.add_column(sa.Column("filled_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("devices", sa.Integer(), nullable=True))
        batch_op.create_index("ix_questionnaire_response_newest", ["definition_id", "sent_at"], unique=False)
        batch_op.create_check_constraint(
            op.f("ck_questionnaire_response_entered_has_a_day"), "(entered_by IS NULL) = (filled_on IS NULL)"
        )


def downgrade() -> None:
    with op.batch_alter_table("questionnaire_response", schema=None) as batch_op:
        batch_op.drop_index("ix_questionnaire_response_newest")
        batch_op.drop_constraint(op.f("ck_questionnaire_response_entered_has_a_day"), type_="check")
        batch_op.drop_column("devices")
        batch_op.drop_column("filled_on")
        batch_op.drop_column("entered_by")

    with op.batch_alter_table("browser_session", schema=None) as batch_op:
        batch_op.drop_column("lent_for")

    op.drop_table("form_reading")
    with op.batch_alter_table("talking_point", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_talking_point_person_id"))

    op.drop_table("talking_point")
    op.drop_table("form_preference")
    with op.batch_alter_table("pin_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pin_change_person_id"))

    op.drop_table("pin_change")
