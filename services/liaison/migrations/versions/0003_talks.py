"""Talks: concurrence history, engagements in full, notes to file, commitments."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from chassis.migrations import append_only, protect

revision = "0003"
down_revision = "0002"

_KEPT = (
    "id, reference, created_at, country, parties, party_kinds, subject_themes, valid_from, valid_until, basis, conditions,"
    " sensitivity, tlp, originator, themes, countries, releasable_to, readers"
)
# What is known of the time before there was a history: when each was asked for, granted, and declined or withdrawn.
_KNOWN_BEFORE = (
    ("1", "requested", "created_at", "null::timestamptz", "true"),
    ("2", "granted", "granted_at", "granted_at", "granted_at is not null"),
    ("version", "state", "coalesce(withdrawn_at, declined_at)", "granted_at", "state in ('withdrawn', 'declined')"),
)


def upgrade() -> None:
    op.create_table(
        "commitments",
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("engagement", sa.Uuid(), nullable=True),
        sa.Column("promised_by", sa.Uuid(), nullable=True),
        sa.Column("promised_to", sa.Uuid(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_announced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("overdue_announced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sensitivity", sa.SmallInteger(), nullable=False),
        sa.Column("tlp", sa.Text(), nullable=False),
        sa.Column("originator", sa.Text(), nullable=False),
        sa.Column("themes", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("countries", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("releasable_to", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("readers", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(["engagement"], ["engagements.id"], name=op.f("fk_commitments_engagement")),
        sa.ForeignKeyConstraint(["promised_by"], ["parties.id"], name=op.f("fk_commitments_promised_by")),
        sa.ForeignKeyConstraint(["promised_to"], ["parties.id"], name=op.f("fk_commitments_promised_to")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitments")),
        sa.UniqueConstraint("reference", name=op.f("uq_commitments_reference")),
    )
    op.create_index(op.f("ix_commitments_engagement"), "commitments", ["engagement"], unique=False)
    op.create_index("ix_commitments_open", "commitments", ["due_on"], unique=False, postgresql_where=sa.text("state = 'open'"))
    op.create_index(op.f("ix_commitments_promised_by"), "commitments", ["promised_by"], unique=False)
    op.create_index(op.f("ix_commitments_promised_to"), "commitments", ["promised_to"], unique=False)
    op.create_table(
        "concurrence_records",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("effective_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("parties", sa.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("party_kinds", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("subject_themes", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("conditions", sa.Text(), nullable=True),
        sa.Column("carried_by", sa.Text(), nullable=True),
        sa.Column("answered_by", sa.Text(), nullable=True),
        sa.Column("confirm_by", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("term_ends", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("declined_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sensitivity", sa.SmallInteger(), nullable=False),
        sa.Column("tlp", sa.Text(), nullable=False),
        sa.Column("originator", sa.Text(), nullable=False),
        sa.Column("themes", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("countries", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("releasable_to", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("readers", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["concurrences.id"], name=op.f("fk_concurrence_records_id")),
        sa.PrimaryKeyConstraint("id", "version", name=op.f("pk_concurrence_records")),
    )
    op.create_index(op.f("ix_concurrence_records_country"), "concurrence_records", ["country"], unique=False)
    op.create_table(
        "notes_to_file",
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("engagement", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("statements", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("filed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sensitivity", sa.SmallInteger(), nullable=False),
        sa.Column("tlp", sa.Text(), nullable=False),
        sa.Column("originator", sa.Text(), nullable=False),
        sa.Column("themes", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("countries", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("releasable_to", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("readers", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(["engagement"], ["engagements.id"], name=op.f("fk_notes_to_file_engagement")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notes_to_file")),
        sa.UniqueConstraint("reference", name=op.f("uq_notes_to_file_reference")),
    )
    op.create_index(op.f("ix_notes_to_file_engagement"), "notes_to_file", ["engagement"], unique=False)
    op.create_table(
        "readouts",
        sa.Column("note", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("written_by", sa.Text(), nullable=False),
        sa.Column("approved_by", sa.Text(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sensitivity", sa.SmallInteger(), nullable=False),
        sa.Column("tlp", sa.Text(), nullable=False),
        sa.Column("originator", sa.Text(), nullable=False),
        sa.Column("themes", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("countries", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("releasable_to", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("readers", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(["note"], ["notes_to_file.id"], name=op.f("fk_readouts_note")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_readouts")),
        sa.UniqueConstraint("note", name=op.f("uq_readouts_note")),
    )
    op.add_column("concurrences", sa.Column("lapse_announced_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("concurrences", sa.Column("carried_by", sa.Text(), nullable=True))
    op.add_column("concurrences", sa.Column("answered_by", sa.Text(), nullable=True))
    op.add_column("concurrences", sa.Column("confirm_by", sa.DateTime(timezone=True), nullable=True))
    op.add_column("concurrences", sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("concurrences", sa.Column("term_ends", sa.DateTime(timezone=True), nullable=True))
    op.add_column("concurrences", sa.Column("withdrawn_from", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "ix_concurrences_silent",
        "concurrences",
        ["term_ends"],
        unique=False,
        postgresql_where=sa.text("state = 'requested' and term_ends is not null"),
    )
    op.create_index(
        "ix_concurrences_unswept",
        "concurrences",
        ["valid_until"],
        unique=False,
        postgresql_where=sa.text("state = 'granted' and lapse_announced_at is null"),
    )
    op.add_column("engagements", sa.Column("time_zone", sa.Text(), server_default="UTC", nullable=False))
    op.add_column("engagements", sa.Column("place", sa.Text(), nullable=True))
    op.add_column("engagements", sa.Column("agenda", sa.Text(), nullable=True))
    op.add_column("engagements", sa.Column("delegation", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False))
    op.add_column("engagements", sa.Column("interpreters", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False))
    op.add_column("engagements", sa.Column("languages", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False))
    op.add_column("engagements", sa.Column("contacts", sa.ARRAY(sa.Uuid()), server_default="{}", nullable=False))
    op.add_column("engagements", sa.Column("follows", sa.Uuid(), nullable=True))
    op.add_column("engagements", sa.Column("held_after_withdrawal", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.create_index(op.f("ix_engagements_starts_at"), "engagements", ["starts_at"], unique=False)
    op.create_foreign_key(op.f("fk_engagements_follows"), "engagements", "engagements", ["follows"], ["id"])
    begin_history()
    protect("concurrence_records", "notes_to_file", "readouts", "commitments")
    append_only("concurrence_records")


def begin_history() -> None:
    """Give the concurrences that are there their first records; the owner is bound by row-level security but for this."""
    op.execute("alter table concurrences no force row level security")
    op.execute("update concurrences set withdrawn_from = withdrawn_at where withdrawn_at is not null")
    for version, state, at, granted, which in _KNOWN_BEFORE:
        named = state if state == "state" else f"'{state}'"
        ended = "reason, declined_at, withdrawn_at, withdrawn_at" if state == "state" else "null, null, null, null"
        op.execute(
            f"insert into concurrence_records ({_KEPT}, version, state, recorded_at, effective_at, updated_at, granted_at,"
            f" reason, declined_at, withdrawn_at, withdrawn_from)"
            f" select {_KEPT}, {version}, {named}, {at}, {at}, {at}, {granted}, {ended} from concurrences where {which}"
        )
    op.execute("alter table concurrences force row level security")
