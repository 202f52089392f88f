"""who was told of an unread answer, whose it was, who stands in; numbers of staff on duty; what runs"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_STEPS = ("owner", "cover", "manager", "again")
_OUTCOMES = ("told", "away", "no_cover", "nobody", "passed")


def upgrade() -> None:
    op.create_table(
        "alert_hand_over",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("alert_id", sa.String(length=26), nullable=False),
        sa.Column("from_id", sa.String(length=26), nullable=False),
        sa.Column("to_id", sa.String(length=26), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=26), nullable=True),
        sa.Column("why", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["alert_id"], ["answer_alert.id"], name=op.f("fk_alert_hand_over_alert_id")),
        sa.ForeignKeyConstraint(["from_id"], ["person.id"], name=op.f("fk_alert_hand_over_from_id")),
        sa.ForeignKeyConstraint(["to_id"], ["person.id"], name=op.f("fk_alert_hand_over_to_id")),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_alert_hand_over_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert_hand_over")),
    )
    op.create_index(op.f("ix_alert_hand_over_alert_id"), "alert_hand_over", ["alert_id"])
    op.create_table(
        "escalation_step",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("alert_id", sa.String(length=26), nullable=False),
        sa.Column("raising", sa.Integer(), nullable=False),
        sa.Column("step", _words("step_kind", _STEPS), nullable=False),
        sa.Column("slot", sa.String(length=40), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("to_id", sa.String(length=26), nullable=True),
        sa.Column("channels", sa.String(length=20), nullable=False),
        sa.Column("outcome", _words("outcome", _OUTCOMES), nullable=False),
        sa.ForeignKeyConstraint(["alert_id"], ["answer_alert.id"], name=op.f("fk_escalation_step_alert_id")),
        sa.ForeignKeyConstraint(["to_id"], ["person.id"], name=op.f("fk_escalation_step_to_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_escalation_step")),
        sa.UniqueConstraint(
            "alert_id", "raising", "step", "slot", name=op.f("uq_escalation_step_alert_id_raising_step_slot")
        ),
    )
    op.create_index(op.f("ix_escalation_step_to_id"), "escalation_step", ["to_id"])
    op.create_table(
        "missed_step",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("step_id", sa.String(length=26), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("why", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["step_id"], ["escalation_step.id"], name=op.f("fk_missed_step_step_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_missed_step")),
        sa.UniqueConstraint("step_id", "channel", name=op.f("uq_missed_step_step_id_channel")),
    )
    op.create_table(
        "heartbeat",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("service_id", sa.String(length=26), nullable=False),
        sa.Column("part", sa.String(length=20), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_heartbeat_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_heartbeat")),
        sa.UniqueConstraint("service_id", "part", name=op.f("uq_heartbeat_service_id_part")),
    )
    op.add_column(
        "answer_alert", sa.Column("raising", sa.Integer(), nullable=False, server_default="1")
    )
    with op.batch_alter_table("answer_alert", schema=None) as batch_op:
        batch_op.alter_column("raising", server_default=None)
    op.add_column("staff_account", sa.Column("phone_sealed", sa.LargeBinary(), nullable=True))
    _care("triage", "therapy", "cover")
    with op.batch_alter_table("care_relation", schema=None) as batch_op:
        batch_op.create_check_constraint(
            op.f("ck_care_relation_cover_names_a_therapist"), "kind <> 'cover' OR staff_id IS NOT NULL"
        )


def downgrade() -> None:
    op.execute("DELETE FROM care_relation WHERE kind = 'cover'")
    with op.batch_alter_table("care_relation", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_care_relation_cover_names_a_therapist"), type_="check")
    _care("triage", "therapy")
    op.drop_column("staff_account", "phone_sealed")
    op.drop_column("answer_alert", "raising")
    for table in ("heartbeat", "missed_step", "escalation_step", "alert_hand_over"):
        op.drop_table(table)


def _words(name: str, words: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=40)


def _care(*kinds: str) -> None:
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("care_relation", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_care_relation_care_kind"), type_="check")
        batch_op.create_check_constraint(op.f("ck_care_relation_care_kind"), f"kind IN ({listed})")
