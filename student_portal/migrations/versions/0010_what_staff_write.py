"""what staff write: rows about a student, notes and their drafts, and a tick"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "about_student",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("service_id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.String(length=26), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by", sa.String(length=26), nullable=False),
        sa.Column("pronouns_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("access_needs_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("safe_contact_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_about_student_person_id")),
        sa.ForeignKeyConstraint(["saved_by"], ["person.id"], name=op.f("fk_about_student_saved_by")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_about_student_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_about_student")),
        sa.UniqueConstraint("person_id", "version", name=op.f("uq_about_student_person_id_version")),
    )
    op.create_table(
        "note_draft",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("service_id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.String(length=26), nullable=False),
        sa.Column("session_id", sa.String(length=26), nullable=False),
        sa.Column("author_id", sa.String(length=26), nullable=False),
        sa.Column("based_on", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("formulation_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("plan_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_note_draft_author_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_note_draft_person_id")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_note_draft_service_id")),
        sa.ForeignKeyConstraint(
            ["session_id", "person_id"],
            ["therapy_session.id", "therapy_session.person_id"],
            name=op.f("fk_note_draft_session_id_person_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note_draft")),
        sa.UniqueConstraint("session_id", "author_id", name=op.f("uq_note_draft_session_id_author_id")),
    )
    with op.batch_alter_table("note_draft", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_note_draft_person_id"), ["person_id"], unique=False)

    op.create_table(
        "session_note",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("service_id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.String(length=26), nullable=False),
        sa.Column("session_id", sa.String(length=26), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by", sa.String(length=26), nullable=False),
        sa.Column("formulation_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("plan_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_session_note_person_id")),
        sa.ForeignKeyConstraint(["saved_by"], ["person.id"], name=op.f("fk_session_note_saved_by")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_session_note_service_id")),
        sa.ForeignKeyConstraint(
            ["session_id", "person_id"],
            ["therapy_session.id", "therapy_session.person_id"],
            name=op.f("fk_session_note_session_id_person_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_note")),
        sa.UniqueConstraint("session_id", "version", name=op.f("uq_session_note_session_id_version")),
    )
    with op.batch_alter_table("session_note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_session_note_person_id"), ["person_id"], unique=False)

    op.create_table(
        "talked_about",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("service_id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.String(length=26), nullable=False),
        sa.Column("session_id", sa.String(length=26), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=26), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_talked_about_by")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_talked_about_person_id")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_talked_about_service_id")),
        sa.ForeignKeyConstraint(
            ["session_id", "person_id"],
            ["therapy_session.id", "therapy_session.person_id"],
            name=op.f("fk_talked_about_session_id_person_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_talked_about")),
    )
    with op.batch_alter_table("talked_about", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_talked_about_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            "uq_talked_about_now",
            ["session_id"],
            unique=True,
            sqlite_where=sa.text("until IS NULL"),
            postgresql_where=sa.text("until IS NULL"),
        )


def downgrade() -> None:
    with op.batch_alter_table("talked_about", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_talked_about_now",
            sqlite_where=sa.text("until IS NULL"),
            postgresql_where=sa.text("until IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_talked_about_person_id"))

    op.drop_table("talked_about")
    with op.batch_alter_table("session_note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_session_note_person_id"))

    op.drop_table("session_note")
    with op.batch_alter_table("note_draft", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_note_draft_person_id"))

    op.drop_table("note_draft")
    op.drop_table("about_student")
