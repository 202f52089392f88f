"""written pages, link checks, and the page that goes with another route"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "link_check",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("service_id", sa.String(length=26), nullable=False),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "answer",
            sa.Enum(
                "opens",
                "gone",
                "silent",
                "refused",
                "round",
                name="answer",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_link_check_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_check")),
        sa.UniqueConstraint("url", name=op.f("uq_link_check_url")),
    )
    with op.batch_alter_table("link_check", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_link_check_asked_at"), ["asked_at"], unique=False)

    op.create_table(
        "written_page",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("service_id", sa.String(length=26), nullable=False),
        sa.Column(
            "key",
            sa.Enum(
                "unreal",
                "other_team",
                "unlisted",
                "under_18",
                "no_self_harm",
                "in_therapy",
                "waiting",
                "substances",
                "another",
                "register_with_gp",
                name="page_key",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("organisation_id", sa.String(length=26), nullable=True),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_written_page_organisation_id")
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_written_page_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_written_page")),
    )
    with op.batch_alter_table("written_page", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_written_page_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            "uq_written_page_all",
            ["service_id", "key", "language"],
            unique=True,
            sqlite_where=sa.text("organisation_id IS NULL"),
            postgresql_where=sa.text("organisation_id IS NULL"),
        )
        batch_op.create_index(
            "uq_written_page_own",
            ["service_id", "key", "language", "organisation_id"],
            unique=True,
            sqlite_where=sa.text("organisation_id IS NOT NULL"),
            postgresql_where=sa.text("organisation_id IS NOT NULL"),
        )

    op.create_table(
        "written_page_version",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("page_id", sa.String(length=26), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "proposed",
                "published",
                "replaced",
                "returned",
                "withdrawn",
                name="version_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("takes_off", sa.Boolean(), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("body", sa.String(length=4000), nullable=False),
        sa.Column("checked_how", sa.String(length=200), nullable=False),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("verified_by", sa.String(length=26), nullable=True),
        sa.Column("review_by", sa.Date(), nullable=True),
        sa.Column("drafted_by", sa.String(length=26), nullable=True),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_by", sa.String(length=26), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "approved_by IS NULL OR approved_by <> drafted_by",
            name=op.f("ck_written_page_version_a_second_person_publishes"),
        ),
        sa.CheckConstraint(
            "review_by > verified_on OR verified_on IS NULL",
            name=op.f("ck_written_page_version_review_follows_check"),
        ),
        sa.CheckConstraint(
            "verified_on IS NULL OR verified_by IS NOT NULL",
            name=op.f("ck_written_page_version_a_check_has_a_person"),
        ),
        sa.ForeignKeyConstraint(
            ["page_id"], ["written_page.id"], name=op.f("fk_written_page_version_page_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_written_page_version")),
    )
    with op.batch_alter_table("written_page_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_written_page_version_page_id"), ["page_id"], unique=False)
        batch_op.create_index(
            "uq_written_page_version_open",
            ["page_id"],
            unique=True,
            sqlite_where=sa.text("state = 'draft' OR state = 'proposed'"),
            postgresql_where=sa.text("state = 'draft' OR state = 'proposed'"),
        )
        batch_op.create_index(
            "uq_written_page_version_published",
            ["page_id"],
            unique=True,
            sqlite_where=sa.text("state = 'published'"),
            postgresql_where=sa.text("state = 'published'"),
        )

    with op.batch_alter_table("referral_event", schema=None) as batch_op:
        batch_op.add_column(sa.Column("page", sa.String(length=40), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("referral_event", schema=None) as batch_op:
        batch_op.drop_column("page")

    with op.batch_alter_table("written_page_version", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_written_page_version_published",
            sqlite_where=sa.text("state = 'published'"),
            postgresql_where=sa.text("state = 'published'"),
        )
        batch_op.drop_index(
            "uq_written_page_version_open",
            sqlite_where=sa.text("state = 'draft' OR state = 'proposed'"),
            postgresql_where=sa.text("state = 'draft' OR state = 'proposed'"),
        )
        batch_op.drop_index(batch_op.f("ix_written_page_version_page_id"))

    op.drop_table("written_page_version")
    with op.batch_alter_table("written_page", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_written_page_own",
            sqlite_where=sa.text("organisation_id IS NOT NULL"),
            postgresql_where=sa.text("organisation_id IS NOT NULL"),
        )
        batch_op.drop_index(
            "uq_written_page_all",
            sqlite_where=sa.text("organisation_id IS NULL"),
            postgresql_where=sa.text("organisation_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_written_page_organisation_id"))

    op.drop_table("written_page")
    with op.batch_alter_table("link_check", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_link_check_asked_at"))

    op.drop_table("link_check")
