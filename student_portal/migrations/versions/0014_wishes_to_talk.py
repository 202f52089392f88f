"""a wish to talk is an alert without words, so that it is escalated as an unread answer is"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_STATES = ("raised", "acknowledged", "acted")
_RULES = {
    "a_wish_has_no_words": "(response_id IS NULL) = (facts_sealed IS NULL)",
    "a_wish_has_no_form": "(response_id IS NULL) = (session_id IS NULL)",
}
_EMPTY = {
    "response_id": sa.String(length=26),
    "session_id": sa.String(length=26),
    "facts_sealed": sa.LargeBinary(),
}
_UNREAD_WISH = sa.text("response_id IS NULL AND state = 'raised'")

# Each wish so far was a task alone; it keeps its id as an alert. A task that had lost its owner is given to
# any of the staff, from whom the worker's next round takes it to somebody who can read it.
_WISHES = """
INSERT INTO answer_alert (id, service_id, person_id, owner_id, raised_at, due_at, state, raising, version)
SELECT id, service_id, person_id, COALESCE(owner_id, (SELECT MIN(person_id) FROM staff_account)), created_at, due_at,
       CASE WHEN done_at IS NULL THEN 'raised' WHEN done_by = person_id THEN 'taken_back' ELSE 'acknowledged' END, 1, 1
FROM task WHERE kind = 'asked_to_talk'
"""
_ASKED = """
INSERT INTO alert_event (id, alert_id, state, at, "by")
SELECT SUBSTR(id, 1, 25) || '0', id, 'raised', created_at, person_id FROM task WHERE kind = 'asked_to_talk'
"""
_SETTLED = """
INSERT INTO alert_event (id, alert_id, state, at, "by")
SELECT SUBSTR(task.id, 1, 25) || 'z', task.id, answer_alert.state, done_at, done_by
FROM task JOIN answer_alert ON answer_alert.id = task.id WHERE done_at IS NOT NULL
"""
_ABOUT_ALERTS = "UPDATE task SET subject_kind = 'alert', subject_id = id WHERE kind = 'asked_to_talk'"

_OF_WISHES = "alert_id IN (SELECT id FROM answer_alert WHERE response_id IS NULL)"
_BACK = (
    "UPDATE task SET subject_kind = 'person', subject_id = person_id WHERE kind = 'asked_to_talk'",
    "DELETE FROM task WHERE kind = 'escalation_failed'"
    " AND subject_id IN (SELECT id FROM answer_alert WHERE response_id IS NULL)",
    f"DELETE FROM missed_step WHERE step_id IN (SELECT id FROM escalation_step WHERE {_OF_WISHES})",
    f"DELETE FROM escalation_step WHERE {_OF_WISHES}",
    f"DELETE FROM alert_hand_over WHERE {_OF_WISHES}",
    f"DELETE FROM alert_event WHERE {_OF_WISHES}",
    "DELETE FROM answer_alert WHERE response_id IS NULL",
)


def upgrade() -> None:
    _allow(*_STATES, "taken_back")
    with op.batch_alter_table("answer_alert", schema=None) as batch_op:
        for name, kind in _EMPTY.items():
            batch_op.alter_column(name, existing_type=kind, nullable=True)
        for name, rule in _RULES.items():
            batch_op.create_check_constraint(op.f(f"ck_answer_alert_{name}"), rule)
    op.create_index(
        "uq_answer_alert_wish",
        "answer_alert",
        ["person_id"],
        unique=True,
        sqlite_where=_UNREAD_WISH,
        postgresql_where=_UNREAD_WISH,
    )
    for statement in (_WISHES, _ASKED, _SETTLED, _ABOUT_ALERTS):
        op.execute(statement)


def downgrade() -> None:
    for statement in _BACK:
        op.execute(statement)
    op.drop_index(
        "uq_answer_alert_wish", "answer_alert", sqlite_where=_UNREAD_WISH, postgresql_where=_UNREAD_WISH
    )
    with op.batch_alter_table("answer_alert", schema=None) as batch_op:
        for name in _RULES:
            batch_op.drop_constraint(op.f(f"ck_answer_alert_{name}"), type_="check")
        for name, kind in _EMPTY.items():
            batch_op.alter_column(name, existing_type=kind, nullable=False)
    _allow(*_STATES)


def _allow(*states: str) -> None:
    listed = ", ".join(f"'{state}'" for state in states)
    for table in ("answer_alert", "alert_event"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_constraint(op.f(f"ck_{table}_alert_state"), type_="check")
            batch_op.create_check_constraint(op.f(f"ck_{table}_alert_state"), f"state IN ({listed})")
