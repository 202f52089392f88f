"""starts and stops of the sending, since when what is open was open, and a task for what came up"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_STEPS = "does IN ('start', 'stop')"
_SAYS_WHY = '("by" IS NULL) = (reason_sealed IS NULL)'
_PERSON_STOPS = "does = 'start' OR \"by\" IS NOT NULL"
_OPEN = sa.text("until IS NULL")
_KINDS = (
    "answer_to_read",
    "new_referral",
    "humane_contact",
    "undelivered_text",
    "asked_to_talk",
    "follow_up",
    "call_back",
    "wrong_number",
    "content_review",
    "broken_link",
    "something_stopped",
    "escalation_failed",
)


def upgrade() -> None:
    _allow((*_KINDS, "going_live"))
    # Every decision so far let messages leave; one taken back left nothing that stands.
    does = sa.Column("does", sa.String(length=40), nullable=False, server_default="start")
    with op.batch_alter_table("go_live_decision", schema=None) as batch_op:
        batch_op.add_column(does)
        batch_op.alter_column("by", existing_type=sa.String(length=26), nullable=True)
        batch_op.alter_column("reason_sealed", existing_type=sa.LargeBinary(), nullable=True)
        batch_op.create_check_constraint(op.f("ck_go_live_decision_go_live_step"), _STEPS)
        batch_op.create_check_constraint(op.f("ck_go_live_decision_a_person_says_why"), _SAYS_WHY)
        batch_op.create_check_constraint(op.f("ck_go_live_decision_a_person_stops"), _PERSON_STOPS)
    with op.batch_alter_table("go_live_decision", schema=None) as batch_op:
        batch_op.alter_column("does", existing_type=sa.String(length=40), server_default=None)
    op.create_table(
        "found_open",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("service_id", sa.String(length=26), nullable=False),
        sa.Column("room", sa.String(length=40), nullable=False),
        sa.Column("words", sa.String(length=1000), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_found_open_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_found_open")),
    )
    op.create_index(
        "uq_found_open_now",
        "found_open",
        ["service_id", "room", "words"],
        unique=True,
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    )


def downgrade() -> None:
    op.drop_index("uq_found_open_now", "found_open", sqlite_where=_OPEN, postgresql_where=_OPEN)
    op.drop_table("found_open")
    op.execute("DELETE FROM go_live_decision WHERE does = 'stop' OR \"by\" IS NULL")
    with op.batch_alter_table("go_live_decision", schema=None) as batch_op:
        for name in ("go_live_step", "a_person_says_why", "a_person_stops"):
            batch_op.drop_constraint(op.f(f"ck_go_live_decision_{name}"), type_="check")
        batch_op.alter_column("reason_sealed", existing_type=sa.LargeBinary(), nullable=False)
        batch_op.alter_column("by", existing_type=sa.String(length=26), nullable=False)
        batch_op.drop_column("does")
    op.execute("DELETE FROM task WHERE kind = 'going_live'")
    _allow(_KINDS)


def _allow(kinds: tuple[str, ...]) -> None:
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_task_task_kind"), type_="check")
        batch_op.create_check_constraint(op.f("ck_task_task_kind"), f"kind IN ({listed})")
