"""more kinds of task: asked to talk, follow-ups, call backs, content, what stopped"""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_BEFORE = ("answer_to_read", "new_referral", "humane_contact", "undelivered_text")
_ADDED = (
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
    _allow((*_BEFORE, *_ADDED))


def downgrade() -> None:
    listed = ", ".join(f"'{kind}'" for kind in _ADDED)
    op.execute(f"DELETE FROM task WHERE kind IN ({listed})")
    _allow(_BEFORE)


def _allow(kinds: tuple[str, ...]) -> None:
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_task_task_kind"), type_="check")
        batch_op.create_check_constraint(op.f("ck_task_task_kind"), f"kind IN ({listed})")
