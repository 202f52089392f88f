"""first tables"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


_SQLITE = """CREATE TRIGGER audit_event_no_{verb} BEFORE {verb} ON audit_event
BEGIN SELECT RAISE(ABORT, 'the activity log is only ever added to'); END"""
_POSTGRES_FUNCTION = """CREATE OR REPLACE FUNCTION audit_event_append_only() RETURNS trigger AS
$$ BEGIN RAISE EXCEPTION 'the activity log is only ever added to'; END $$ LANGUAGE plpgsql"""
_POSTGRES = """CREATE TRIGGER audit_event_no_{verb} BEFORE {verb} ON audit_event
FOR EACH STATEMENT EXECUTE FUNCTION audit_event_append_only()"""


def upgrade() -> None:
    op.create_table(
        "address_state",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column(
            "channel",
            sa.Enum("sms", "email", name="channel", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("address_index", sa.LargeBinary(length=16), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "unproved",
                "proved",
                "suspended",
                "stopped",
                name="address_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_address_state")),
    )
    with op.batch_alter_table("address_state", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_address_state_address_index"), ["address_index"], unique=False)

    op.create_table(
        "attempt",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("key_index", sa.LargeBinary(length=16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
    )
    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attempt_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_attempt_key_index"), ["key_index"], unique=False)

    op.create_table(
        "audit_event",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("service_id", sa.String(length=26), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.String(length=26), nullable=True),
        sa.Column("actor_role", sa.String(length=20), nullable=False),
        sa.Column("verb", sa.String(length=60), nullable=False),
        sa.Column("subject_kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.String(length=26), nullable=True),
        sa.Column("detail", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_event")),
    )
    with op.batch_alter_table("audit_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_event_actor_id"), ["actor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_event_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_event_person_id"), ["person_id"], unique=False)

    op.create_table(
        "organisation",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "provider",
                "nhs_trust",
                "gp_practice",
                "other",
                name="organisation_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("short_name", sa.String(length=60), nullable=False),
        sa.Column("ukprn", sa.String(length=8), nullable=True),
        sa.Column("ods", sa.String(length=10), nullable=True),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("name", name=op.f("uq_organisation_name")),
    )
    op.create_table(
        "service",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service")),
    )
    op.create_table(
        "inbound_text",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("service_id", sa.String(length=26), nullable=False),
        sa.Column("address_index", sa.LargeBinary(length=16), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("provider_id", sa.String(length=80), nullable=True),
        sa.Column("body_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_inbound_text_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbound_text")),
        sa.UniqueConstraint("provider_id", name=op.f("uq_inbound_text_provider_id")),
    )
    with op.batch_alter_table("inbound_text", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_inbound_text_address_index"), ["address_index"], unique=False)

    op.create_table(
        "listing",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("service_id", sa.String(length=26), nullable=False),
        sa.Column(
            "pathway",
            sa.Enum(
                "therapy", "liaison", name="pathway", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("organisation_id", sa.String(length=26), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_listing_organisation_id")
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_listing_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listing")),
    )
    with op.batch_alter_table("listing", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_listing_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(
            "uq_listing_now",
            ["pathway", "organisation_id"],
            unique=True,
            sqlite_where=sa.text("until IS NULL"),
            postgresql_where=sa.text("until IS NULL"),
        )

    op.create_table(
        "person",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("service_id", sa.String(length=26), nullable=False),
        sa.Column("is_staff", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("died_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("born_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("pin_hash", sa.String(length=120), nullable=True),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_person_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    op.create_table(
        "programme_version",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("service_id", sa.String(length=26), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_programme_version_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_version")),
    )
    with op.batch_alter_table("programme_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_programme_version_service_id"), ["service_id"], unique=False)

    op.create_table(
        "referral_draft",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("service_id", sa.String(length=26), nullable=False),
        sa.Column("secret_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("touched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("contact_proved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answers_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_referral_draft_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral_draft")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_referral_draft_secret_hash")),
    )
    with op.batch_alter_table("referral_draft", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_referral_draft_touched_at"), ["touched_at"], unique=False)

    op.create_table(
        "service_hours",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("service_id", sa.String(length=26), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("opens", sa.Time(), nullable=False),
        sa.Column("closes", sa.Time(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.CheckConstraint("opens < closes", name=op.f("ck_service_hours_opens_first")),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("ck_service_hours_weekday")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_service_hours_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_hours")),
    )
    with op.batch_alter_table("service_hours", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_service_hours_service_id"), ["service_id"], unique=False)
        batch_op.create_index(
            "uq_service_hours_now",
            ["service_id", "weekday"],
            unique=True,
            sqlite_where=sa.text("until IS NULL"),
            postgresql_where=sa.text("until IS NULL"),
        )

    op.create_table(
        "setting_change",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("service_id", sa.String(length=26), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=26), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_setting_change_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setting_change")),
    )
    with op.batch_alter_table("setting_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_setting_change_service_id"), ["service_id"], unique=False)

    op.create_table(
        "signpost",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("service_id", sa.String(length=26), nullable=False),
        sa.Column("organisation_id", sa.String(length=26), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_signpost_organisation_id")
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_signpost_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signpost")),
    )
    with op.batch_alter_table("signpost", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_signpost_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "access_link",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("service_id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.String(length=26), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("about", sa.String(length=26), nullable=False),
        sa.Column("target", sa.String(length=80), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_access_link_person_id")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_access_link_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_access_link_token_hash")),
    )
    with op.batch_alter_table("access_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_access_link_about"), ["about"], unique=False)
        batch_op.create_index(batch_op.f("ix_access_link_person_id"), ["person_id"], unique=False)

    op.create_table(
        "answer_alert",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("service_id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.String(length=26), nullable=False),
        sa.Column("response_id", sa.String(length=26), nullable=False),
        sa.Column("session_id", sa.String(length=26), nullable=False),
        sa.Column("owner_id", sa.String(length=26), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "raised",
                "acknowledged",
                "acted",
                name="alert_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("facts_sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("owner_id IS NOT NULL", name=op.f("ck_answer_alert_owned")),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_answer_alert_owner_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_answer_alert_person_id")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_answer_alert_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_alert")),
        sa.UniqueConstraint("response_id", name=op.f("uq_answer_alert_response_id")),
    )
    with op.batch_alter_table("answer_alert", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_answer_alert_due_at"), ["due_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_answer_alert_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_answer_alert_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_answer_alert_session_id"), ["session_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_answer_alert_state"), ["state"], unique=False)

    op.create_table(
        "browser_session",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("secret_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("service_id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.String(length=26), nullable=True),
        sa.Column(
            "role",
            sa.Enum(
                "anyone",
                "draft",
                "link",
                "student",
                "therapist",
                "liaison",
                "admin",
                "manager",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("about", sa.String(length=26), nullable=True),
        sa.Column("proved_by", sa.String(length=20), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_browser_session_person_id")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_browser_session_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_browser_session")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_browser_session_secret_hash")),
    )
    with op.batch_alter_table("browser_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_browser_session_person_id"), ["person_id"], unique=False)

    op.create_table(
        "care_relation",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("service_id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.String(length=26), nullable=False),
        sa.Column("staff_id", sa.String(length=26), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "triage", "therapy", name="care_kind", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind <> 'therapy' OR staff_id IS NOT NULL",
            name=op.f("ck_care_relation_therapy_names_a_therapist"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_care_relation_person_id")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_care_relation_service_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["person.id"], name=op.f("fk_care_relation_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_care_relation")),
    )
    with op.batch_alter_table("care_relation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_care_relation_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_care_relation_staff_id"), ["staff_id"], unique=False)
        batch_op.create_index(
            "uq_care_relation_now",
            ["person_id", "staff_id", "kind"],
            unique=True,
            sqlite_where=sa.text("until IS NULL"),
            postgresql_where=sa.text("until IS NULL"),
        )

    op.create_table(
        "consent_decision",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("service_id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.String(length=26), nullable=False),
        sa.Column(
            "scope",
            sa.Enum(
                "service",
                "digital_forms",
                "sms",
                "email",
                name="scope",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("recipient", sa.String(length=26), nullable=False),
        sa.Column(
            "decision",
            sa.Enum(
                "given",
                "not_given",
                "withdrawn",
                name="decision",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("text_version", sa.String(length=20), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=26), nullable=True),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_consent_decision_person_id")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_consent_decision_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_decision")),
    )
    with op.batch_alter_table("consent_decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consent_decision_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_consent_decision_scope"), ["scope"], unique=False)

    op.create_table(
        "contact_point",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("service_id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.String(length=26), nullable=False),
        sa.Column(
            "channel",
            sa.Enum("sms", "email", name="channel", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("address_index", sa.LargeBinary(length=16), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("proved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text_word", sa.String(length=20), nullable=True),
        sa.Column("text_hour", sa.Integer(), nullable=True),
        sa.Column("address_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("safety_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_contact_point_person_id")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_contact_point_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_point")),
    )
    with op.batch_alter_table("contact_point", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contact_point_address_index"), ["address_index"], unique=False)
        batch_op.create_index(batch_op.f("ix_contact_point_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            "uq_contact_point_now",
            ["person_id", "channel"],
            unique=True,
            sqlite_where=sa.text("until IS NULL"),
            postgresql_where=sa.text("until IS NULL"),
        )

    op.create_table(
        "enrolment",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("service_id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.String(length=26), nullable=False),
        sa.Column("organisation_id", sa.String(length=26), nullable=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("other_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_enrolment_organisation_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_enrolment_person_id")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_enrolment_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment")),
    )
    with op.batch_alter_table("enrolment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_enrolment_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_enrolment_person_id"), ["person_id"], unique=False)

    op.create_table(
        "gp_registration",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("service_id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.String(length=26), nullable=False),
        sa.Column(
            "answer",
            sa.Enum(
                "liverpool",
                "elsewhere",
                "none",
                "not_sure",
                name="gp_answer",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_gp_registration_person_id")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_gp_registration_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gp_registration")),
    )
    with op.batch_alter_table("gp_registration", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_gp_registration_person_id"), ["person_id"], unique=False)

    op.create_table(
        "name_word",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.String(length=26), nullable=False),
        sa.Column("word_index", sa.LargeBinary(length=16), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_name_word_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_name_word")),
    )
    with op.batch_alter_table("name_word", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_name_word_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_name_word_word_index"), ["word_index"], unique=False)

    op.create_table(
        "one_time_code",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("service_id", sa.String(length=26), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum(
                "prove", "sign_in", name="code_purpose", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("about", sa.String(length=26), nullable=False),
        sa.Column(
            "channel",
            sa.Enum("sms", "email", name="channel", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("address_index", sa.LargeBinary(length=16), nullable=False),
        sa.Column("person_id", sa.String(length=26), nullable=True),
        sa.Column("code_hash", sa.LargeBinary(length=32), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_one_time_code_person_id")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_one_time_code_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_one_time_code")),
    )
    with op.batch_alter_table("one_time_code", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_one_time_code_address_index"), ["address_index"], unique=False)
        batch_op.create_index(batch_op.f("ix_one_time_code_person_id"), ["person_id"], unique=False)

    op.create_table(
        "outbound_message",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("service_id", sa.String(length=26), nullable=False),
        sa.Column("recipient_id", sa.String(length=26), nullable=True),
        sa.Column(
            "channel",
            sa.Enum("sms", "email", name="channel", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("about", sa.String(length=26), nullable=True),
        sa.Column("slot", sa.String(length=120), nullable=True),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "queued",
                "claimed",
                "sent",
                "delivered",
                "failed",
                "unknown",
                "dropped",
                name="message_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("provider_id", sa.String(length=80), nullable=True),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("address_sealed", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(
            "recipient_id IS NOT NULL OR address_sealed IS NOT NULL",
            name=op.f("ck_outbound_message_someone_receives_it"),
        ),
        sa.ForeignKeyConstraint(
            ["recipient_id"], ["person.id"], name=op.f("fk_outbound_message_recipient_id")
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_outbound_message_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbound_message")),
    )
    with op.batch_alter_table("outbound_message", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outbound_message_about"), ["about"], unique=False)
        batch_op.create_index(batch_op.f("ix_outbound_message_due_at"), ["due_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_outbound_message_recipient_id"), ["recipient_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_outbound_message_state"), ["state"], unique=False)
        batch_op.create_index(
            "uq_outbound_message_slot",
            ["service_id", "slot"],
            unique=True,
            sqlite_where=sa.text("slot IS NOT NULL"),
            postgresql_where=sa.text("slot IS NOT NULL"),
        )

    op.create_table(
        "programme_step",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("programme_id", sa.String(length=26), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("definition_id", sa.String(length=40), nullable=True),
        sa.Column("days_after_previous", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme_version.id"], name=op.f("fk_programme_step_programme_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_step")),
        sa.UniqueConstraint("programme_id", "number", name=op.f("uq_programme_step_programme_id_number")),
    )
    with op.batch_alter_table("programme_step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_programme_step_programme_id"), ["programme_id"], unique=False)

    op.create_table(
        "referral",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("service_id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.String(length=26), nullable=False),
        sa.Column("draft_id", sa.String(length=26), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reply_by", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "submitted",
                "accepted",
                "signposted",
                "withdrawn",
                name="referral_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "advice",
            sa.Enum(
                "likely_suitable",
                "talk_to_us",
                "another_route_first",
                name="advice",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reference_index", sa.LargeBinary(length=16), nullable=False),
        sa.Column("reference_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("answers_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_referral_person_id")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_referral_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral")),
        sa.UniqueConstraint("draft_id", name=op.f("uq_referral_draft_id")),
        sa.UniqueConstraint("reference_index", name=op.f("uq_referral_reference_index")),
    )
    with op.batch_alter_table("referral", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_referral_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_referral_reply_by"), ["reply_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_referral_state"), ["state"], unique=False)
        batch_op.create_index(batch_op.f("ix_referral_submitted_at"), ["submitted_at"], unique=False)

    op.create_table(
        "signpost_version",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("signpost_id", sa.String(length=26), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "proposed",
                "published",
                "replaced",
                "returned",
                name="version_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "way",
            sa.Enum("text", "call", "web", name="way", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("target", sa.String(length=200), nullable=False),
        sa.Column("always_open", sa.Boolean(), nullable=False),
        sa.Column("hours", sa.JSON(), nullable=True),
        sa.Column("cost", sa.String(length=60), nullable=False),
        sa.Column("what_happens", sa.String(length=500), nullable=False),
        sa.Column("checked_how", sa.String(length=200), nullable=False),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("review_by", sa.Date(), nullable=True),
        sa.Column("drafted_by", sa.String(length=26), nullable=True),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_by", sa.String(length=26), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "approved_by IS NULL OR approved_by <> drafted_by",
            name=op.f("ck_signpost_version_a_second_person_publishes"),
        ),
        sa.CheckConstraint(
            "review_by > verified_on OR verified_on IS NULL",
            name=op.f("ck_signpost_version_review_follows_check"),
        ),
        sa.ForeignKeyConstraint(
            ["signpost_id"], ["signpost.id"], name=op.f("fk_signpost_version_signpost_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signpost_version")),
    )
    with op.batch_alter_table("signpost_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_signpost_version_signpost_id"), ["signpost_id"], unique=False)
        batch_op.create_index(
            "uq_signpost_version_open",
            ["signpost_id", "language"],
            unique=True,
            sqlite_where=sa.text("state = 'draft' OR state = 'proposed'"),
            postgresql_where=sa.text("state = 'draft' OR state = 'proposed'"),
        )
        batch_op.create_index(
            "uq_signpost_version_published",
            ["signpost_id", "language"],
            unique=True,
            sqlite_where=sa.text("state = 'published'"),
            postgresql_where=sa.text("state = 'published'"),
        )

    op.create_table(
        "staff_account",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.String(length=26), nullable=False),
        sa.Column("email_index", sa.LargeBinary(length=16), nullable=False),
        sa.Column("email_sealed", sa.LargeBinary(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "anyone",
                "draft",
                "link",
                "student",
                "therapist",
                "liaison",
                "admin",
                "manager",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("password_hash", sa.String(length=120), nullable=False),
        sa.Column("totp_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("totp_step", sa.Integer(), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_staff_account_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_account")),
        sa.UniqueConstraint("email_index", name=op.f("uq_staff_account_email_index")),
    )
    op.create_table(
        "task",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("service_id", sa.String(length=26), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "answer_to_read",
                "new_referral",
                "humane_contact",
                "undelivered_text",
                name="task_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("subject_kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.String(length=26), nullable=True),
        sa.Column("owner_id", sa.String(length=26), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by", sa.String(length=26), nullable=True),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["done_by"], ["person.id"], name=op.f("fk_task_done_by")),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_task_owner_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_task_person_id")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_task_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
    )
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_task_due_at"), ["due_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_task_kind"), ["kind"], unique=False)
        batch_op.create_index(batch_op.f("ix_task_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_task_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_task_subject_id"), ["subject_id"], unique=False)
        batch_op.create_index(
            "uq_task_open",
            ["kind", "subject_id"],
            unique=True,
            sqlite_where=sa.text("done_at IS NULL"),
            postgresql_where=sa.text("done_at IS NULL"),
        )

    op.create_table(
        "alert_event",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("alert_id", sa.String(length=26), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "raised",
                "acknowledged",
                "acted",
                name="alert_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=26), nullable=True),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["alert_id"], ["answer_alert.id"], name=op.f("fk_alert_event_alert_id")),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_alert_event_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert_event")),
    )
    with op.batch_alter_table("alert_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_alert_event_alert_id"), ["alert_id"], unique=False)

    op.create_table(
        "episode_of_care",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("service_id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.String(length=26), nullable=False),
        sa.Column("referral_id", sa.String(length=26), nullable=False),
        sa.Column("programme_id", sa.String(length=26), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "completed",
                "left",
                name="episode_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_episode_of_care_person_id")),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme_version.id"], name=op.f("fk_episode_of_care_programme_id")
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_episode_of_care_referral_id")
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_episode_of_care_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_episode_of_care")),
        sa.UniqueConstraint("id", "person_id", name=op.f("uq_episode_of_care_id_person_id")),
    )
    with op.batch_alter_table("episode_of_care", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_episode_of_care_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_episode_of_care_referral_id"), ["referral_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_episode_of_care_state"), ["state"], unique=False)
        batch_op.create_index(
            "uq_episode_of_care_open",
            ["person_id"],
            unique=True,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )

    op.create_table(
        "message_event",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("message_id", sa.String(length=26), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "queued",
                "claimed",
                "sent",
                "delivered",
                "failed",
                "unknown",
                "dropped",
                name="message_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"], ["outbound_message.id"], name=op.f("fk_message_event_message_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message_event")),
    )
    with op.batch_alter_table("message_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_message_event_message_id"), ["message_id"], unique=False)

    op.create_table(
        "referral_event",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("referral_id", sa.String(length=26), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "submitted",
                "accepted",
                "signposted",
                "withdrawn",
                name="referral_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=26), nullable=True),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], name=op.f("fk_referral_event_referral_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral_event")),
    )
    with op.batch_alter_table("referral_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_referral_event_referral_id"), ["referral_id"], unique=False)

    op.create_table(
        "episode_event",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("episode_id", sa.String(length=26), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "completed",
                "left",
                name="episode_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=26), nullable=True),
        sa.Column("reason", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["episode_id"], ["episode_of_care.id"], name=op.f("fk_episode_event_episode_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_episode_event")),
    )
    with op.batch_alter_table("episode_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_episode_event_episode_id"), ["episode_id"], unique=False)

    op.create_table(
        "therapy_session",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("service_id", sa.String(length=26), nullable=False),
        sa.Column("episode_id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.String(length=26), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("definition_id", sa.String(length=40), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "planned",
                "booked",
                "attended",
                "missed",
                name="session_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["episode_id"], ["episode_of_care.id"], name=op.f("fk_therapy_session_episode_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_therapy_session_person_id")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_therapy_session_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_therapy_session")),
        sa.UniqueConstraint("episode_id", "number", name=op.f("uq_therapy_session_episode_id_number")),
        sa.UniqueConstraint("id", "person_id", name=op.f("uq_therapy_session_id_person_id")),
    )
    with op.batch_alter_table("therapy_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_therapy_session_episode_id"), ["episode_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_therapy_session_person_id"), ["person_id"], unique=False)

    op.create_table(
        "booking",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("session_id", sa.String(length=26), nullable=False),
        sa.Column("therapist_id", sa.String(length=26), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column(
            "mode",
            sa.Enum(
                "campus", "video", "phone", name="mode", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("booked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("booked_by", sa.String(length=26), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_why", sa.String(length=30), nullable=True),
        sa.Column("place_sealed", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("minutes BETWEEN 10 AND 180", name=op.f("ck_booking_minutes")),
        sa.ForeignKeyConstraint(["session_id"], ["therapy_session.id"], name=op.f("fk_booking_session_id")),
        sa.ForeignKeyConstraint(["therapist_id"], ["person.id"], name=op.f("fk_booking_therapist_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booking")),
    )
    with op.batch_alter_table("booking", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_booking_session_id"), ["session_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_booking_starts_at"), ["starts_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_booking_therapist_id"), ["therapist_id"], unique=False)
        batch_op.create_index(
            "uq_booking_now",
            ["session_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "questionnaire_response",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("service_id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.String(length=26), nullable=False),
        sa.Column("session_id", sa.String(length=26), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("definition_id", sa.String(length=40), nullable=False),
        sa.Column("definition_version", sa.Integer(), nullable=False),
        sa.Column("checksum", sa.String(length=64), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column(
            "mode",
            sa.Enum(
                "own_device",
                "here",
                "paper",
                "spoken",
                name="response_mode",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "sent",
                "declined",
                name="response_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("starts_at_send", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("document_sealed", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(
            "state <> 'sent' OR (sent_at IS NOT NULL AND document_sealed IS NOT NULL)",
            name=op.f("ck_questionnaire_response_sent_is_sealed"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_questionnaire_response_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name=op.f("fk_questionnaire_response_service_id")
        ),
        sa.ForeignKeyConstraint(
            ["session_id", "person_id"],
            ["therapy_session.id", "therapy_session.person_id"],
            name=op.f("fk_questionnaire_response_session_id_person_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questionnaire_response")),
        sa.UniqueConstraint(
            "session_id",
            "attempt",
            "version",
            name=op.f("uq_questionnaire_response_session_id_attempt_version"),
        ),
    )
    with op.batch_alter_table("questionnaire_response", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_questionnaire_response_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_questionnaire_response_sent_at"), ["sent_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_questionnaire_response_session_id"), ["session_id"], unique=False
        )

    op.create_table(
        "session_event",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("session_id", sa.String(length=26), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "planned",
                "booked",
                "attended",
                "missed",
                name="session_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=26), nullable=True),
        sa.Column("reason", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["therapy_session.id"], name=op.f("fk_session_event_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_event")),
    )
    with op.batch_alter_table("session_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_session_event_session_id"), ["session_id"], unique=False)

    op.create_table(
        "answer",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("response_id", sa.String(length=26), nullable=False),
        sa.Column("item", sa.Integer(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proof_id", sa.String(length=26), nullable=True),
        sa.Column("position_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["response_id"], ["questionnaire_response.id"], name=op.f("fk_answer_response_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
        sa.UniqueConstraint("response_id", "item", name=op.f("uq_answer_response_id_item")),
    )
    op.create_table(
        "response_event",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("response_id", sa.String(length=26), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "sent",
                "declined",
                name="response_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=26), nullable=True),
        sa.Column("reason", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["response_id"], ["questionnaire_response.id"], name=op.f("fk_response_event_response_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_response_event")),
    )
    with op.batch_alter_table("response_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_response_event_response_id"), ["response_id"], unique=False)

    op.create_table(
        "score",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("response_id", sa.String(length=26), nullable=False),
        sa.Column("definition_id", sa.String(length=40), nullable=False),
        sa.Column("scale", sa.String(length=20), nullable=False),
        sa.Column("numerator", sa.Integer(), nullable=True),
        sa.Column("denominator", sa.Integer(), nullable=False),
        sa.Column("shown", sa.String(length=8), nullable=True),
        sa.Column("items", sa.Integer(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("is_prorated", sa.Boolean(), nullable=False),
        sa.CheckConstraint("denominator > 0", name=op.f("ck_score_denominator")),
        sa.ForeignKeyConstraint(
            ["response_id"], ["questionnaire_response.id"], name=op.f("fk_score_response_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score")),
        sa.UniqueConstraint(
            "response_id", "definition_id", "scale", name=op.f("uq_score_response_id_definition_id_scale")
        ),
    )
    _make_the_activity_log_append_only()


def downgrade() -> None:
    op.drop_table("score")
    with op.batch_alter_table("response_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_response_event_response_id"))

    op.drop_table("response_event")
    op.drop_table("answer")
    with op.batch_alter_table("session_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_session_event_session_id"))

    op.drop_table("session_event")
    with op.batch_alter_table("questionnaire_response", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_questionnaire_response_session_id"))
        batch_op.drop_index(batch_op.f("ix_questionnaire_response_sent_at"))
        batch_op.drop_index(batch_op.f("ix_questionnaire_response_person_id"))

    op.drop_table("questionnaire_response")
    with op.batch_alter_table("booking", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_booking_now",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_booking_therapist_id"))
        batch_op.drop_index(batch_op.f("ix_booking_starts_at"))
        batch_op.drop_index(batch_op.f("ix_booking_session_id"))

    op.drop_table("booking")
    with op.batch_alter_table("therapy_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_therapy_session_person_id"))
        batch_op.drop_index(batch_op.f("ix_therapy_session_episode_id"))

    op.drop_table("therapy_session")
    with op.batch_alter_table("episode_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_episode_event_episode_id"))

    op.drop_table("episode_event")
    with op.batch_alter_table("referral_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_referral_event_referral_id"))

    op.drop_table("referral_event")
    with op.batch_alter_table("message_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_message_event_message_id"))

    op.drop_table("message_event")
    with op.batch_alter_table("episode_of_care", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_episode_of_care_open",
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )
        batch_op.drop_index(batch_op.f("ix_episode_of_care_state"))
        batch_op.drop_index(batch_op.f("ix_episode_of_care_referral_id"))
        batch_op.drop_index(batch_op.f("ix_episode_of_care_person_id"))

    op.drop_table("episode_of_care")
    with op.batch_alter_table("alert_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_alert_event_alert_id"))

    op.drop_table("alert_event")
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_task_open",
            sqlite_where=sa.text("done_at IS NULL"),
            postgresql_where=sa.text("done_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_task_subject_id"))
        batch_op.drop_index(batch_op.f("ix_task_person_id"))
        batch_op.drop_index(batch_op.f("ix_task_owner_id"))
        batch_op.drop_index(batch_op.f("ix_task_kind"))
        batch_op.drop_index(batch_op.f("ix_task_due_at"))

    op.drop_table("task")
    op.drop_table("staff_account")
    with op.batch_alter_table("signpost_version", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_signpost_version_published",
            sqlite_where=sa.text("state = 'published'"),
            postgresql_where=sa.text("state = 'published'"),
        )
        batch_op.drop_index(
            "uq_signpost_version_open",
            sqlite_where=sa.text("state = 'draft' OR state = 'proposed'"),
            postgresql_where=sa.text("state = 'draft' OR state = 'proposed'"),
        )
        batch_op.drop_index(batch_op.f("ix_signpost_version_signpost_id"))

    op.drop_table("signpost_version")
    with op.batch_alter_table("referral", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_referral_submitted_at"))
        batch_op.drop_index(batch_op.f("ix_referral_state"))
        batch_op.drop_index(batch_op.f("ix_referral_reply_by"))
        batch_op.drop_index(batch_op.f("ix_referral_person_id"))

    op.drop_table("referral")
    with op.batch_alter_table("programme_step", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_programme_step_programme_id"))

    op.drop_table("programme_step")
    with op.batch_alter_table("outbound_message", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_outbound_message_slot",
            sqlite_where=sa.text("slot IS NOT NULL"),
            postgresql_where=sa.text("slot IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_outbound_message_state"))
        batch_op.drop_index(batch_op.f("ix_outbound_message_recipient_id"))
        batch_op.drop_index(batch_op.f("ix_outbound_message_due_at"))
        batch_op.drop_index(batch_op.f("ix_outbound_message_about"))

    op.drop_table("outbound_message")
    with op.batch_alter_table("one_time_code", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_one_time_code_person_id"))
        batch_op.drop_index(batch_op.f("ix_one_time_code_address_index"))

    op.drop_table("one_time_code")
    with op.batch_alter_table("name_word", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_name_word_word_index"))
        batch_op.drop_index(batch_op.f("ix_name_word_person_id"))

    op.drop_table("name_word")
    with op.batch_alter_table("gp_registration", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_gp_registration_person_id"))

    op.drop_table("gp_registration")
    with op.batch_alter_table("enrolment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_enrolment_person_id"))
        batch_op.drop_index(batch_op.f("ix_enrolment_organisation_id"))

    op.drop_table("enrolment")
    with op.batch_alter_table("contact_point", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_contact_point_now",
            sqlite_where=sa.text("until IS NULL"),
            postgresql_where=sa.text("until IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_contact_point_person_id"))
        batch_op.drop_index(batch_op.f("ix_contact_point_address_index"))

    op.drop_table("contact_point")
    with op.batch_alter_table("consent_decision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_consent_decision_scope"))
        batch_op.drop_index(batch_op.f("ix_consent_decision_person_id"))

    op.drop_table("consent_decision")
    with op.batch_alter_table("care_relation", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_care_relation_now",
            sqlite_where=sa.text("until IS NULL"),
            postgresql_where=sa.text("until IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_care_relation_staff_id"))
        batch_op.drop_index(batch_op.f("ix_care_relation_person_id"))

    op.drop_table("care_relation")
    with op.batch_alter_table("browser_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_browser_session_person_id"))

    op.drop_table("browser_session")
    with op.batch_alter_table("answer_alert", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_answer_alert_state"))
        batch_op.drop_index(batch_op.f("ix_answer_alert_session_id"))
        batch_op.drop_index(batch_op.f("ix_answer_alert_person_id"))
        batch_op.drop_index(batch_op.f("ix_answer_alert_owner_id"))
        batch_op.drop_index(batch_op.f("ix_answer_alert_due_at"))

    op.drop_table("answer_alert")
    with op.batch_alter_table("access_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_access_link_person_id"))
        batch_op.drop_index(batch_op.f("ix_access_link_about"))

    op.drop_table("access_link")
    with op.batch_alter_table("signpost", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_signpost_organisation_id"))

    op.drop_table("signpost")
    with op.batch_alter_table("setting_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_setting_change_service_id"))

    op.drop_table("setting_change")
    with op.batch_alter_table("service_hours", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_service_hours_now",
            sqlite_where=sa.text("until IS NULL"),
            postgresql_where=sa.text("until IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_service_hours_service_id"))

    op.drop_table("service_hours")
    with op.batch_alter_table("referral_draft", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_referral_draft_touched_at"))

    op.drop_table("referral_draft")
    with op.batch_alter_table("programme_version", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_programme_version_service_id"))

    op.drop_table("programme_version")
    op.drop_table("person")
    with op.batch_alter_table("listing", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_listing_now", sqlite_where=sa.text("until IS NULL"), postgresql_where=sa.text("until IS NULL")
        )
        batch_op.drop_index(batch_op.f("ix_listing_organisation_id"))

    op.drop_table("listing")
    with op.batch_alter_table("inbound_text", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_inbound_text_address_index"))

    op.drop_table("inbound_text")
    op.drop_table("service")
    op.drop_table("organisation")
    with op.batch_alter_table("audit_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_event_person_id"))
        batch_op.drop_index(batch_op.f("ix_audit_event_at"))
        batch_op.drop_index(batch_op.f("ix_audit_event_actor_id"))

    op.drop_table("audit_event")
    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attempt_key_index"))
        batch_op.drop_index(batch_op.f("ix_attempt_at"))

    op.drop_table("attempt")
    with op.batch_alter_table("address_state", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_address_state_address_index"))

    op.drop_table("address_state")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION audit_event_append_only()")


def _make_the_activity_log_append_only() -> None:
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    if not on_sqlite:
        op.execute(_POSTGRES_FUNCTION)
    for verb in ("UPDATE", "DELETE"):
        op.execute((_SQLITE if on_sqlite else _POSTGRES).format(verb=verb))
