"""Contacts, parties with their relations and history, and screening."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from chassis.migrations import protect
from chassis.principal import system_principal
from chassis.spelling import folded
from chassis.visibility import parameters

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    _open_parties()
    op.create_table(
        "contacts",
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("restricted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("latin_name", sa.Text(), nullable=False),
        sa.Column("other_names", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("languages", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("channels", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("contact_countries", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=False),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("merged_into", sa.Uuid(), nullable=True),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("erased_because", sa.Text(), nullable=True),
        sa.Column("search", sa.Text(), nullable=False),
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
        sa.ForeignKeyConstraint(["merged_into"], ["contacts.id"], name=op.f("fk_contacts_merged_into")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contacts")),
    )
    op.create_index(op.f("ix_contacts_merged_into"), "contacts", ["merged_into"], unique=False)
    op.create_index(op.f("ix_contacts_review_on"), "contacts", ["review_on"], unique=False)
    op.create_index(
        "ix_contacts_search", "contacts", ["search"], unique=False, postgresql_using="gin", postgresql_ops={"search": "gin_trgm_ops"}
    )
    op.create_table(
        "sanctions_entries",
        sa.Column("data_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("list_type", sa.Text(), nullable=False),
        sa.Column("names", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("data_id", name=op.f("pk_sanctions_entries")),
    )
    op.create_table(
        "sanctions_lists",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("generated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_from", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("individuals", sa.Integer(), nullable=False),
        sa.Column("entities", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sanctions_lists")),
    )
    op.create_index(op.f("ix_sanctions_lists_generated_at"), "sanctions_lists", ["generated_at"], unique=False)
    op.create_table(
        "screenings",
        sa.Column("subject_type", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("data_id", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("listed_name", sa.Text(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("explanation", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("may_be_met", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_screenings")),
        sa.UniqueConstraint("subject_id", "data_id", "fingerprint", name=op.f("uq_screenings_subject_id_data_id_fingerprint")),
    )
    op.create_index("ix_screenings_state", "screenings", ["state"], unique=False)
    op.create_table(
        "mergers",
        sa.Column("seq", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("merged_id", sa.Uuid(), nullable=False),
        sa.Column("survivor_id", sa.Uuid(), nullable=False),
        sa.Column("merged_label", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("survivor_label", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("merged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("merged_by", sa.Text(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["merged_id"], ["contacts.id"], name=op.f("fk_mergers_merged_id")),
        sa.ForeignKeyConstraint(["survivor_id"], ["contacts.id"], name=op.f("fk_mergers_survivor_id")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_mergers")),
    )
    op.create_index(op.f("ix_mergers_merged_id"), "mergers", ["merged_id"], unique=False)
    op.create_index(op.f("ix_mergers_survivor_id"), "mergers", ["survivor_id"], unique=False)
    op.create_table(
        "party_versions",
        sa.Column("seq", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("names", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("party_countries", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("members", sa.ARRAY(sa.Uuid()), nullable=False),
        sa.ForeignKeyConstraint(["party_id"], ["parties.id"], name=op.f("fk_party_versions_party_id")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_party_versions")),
    )
    op.create_index(op.f("ix_party_versions_party_id"), "party_versions", ["party_id"], unique=False)
    op.create_table(
        "positions",
        sa.Column("seq", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("position_id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=True),
        sa.Column("organization", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("void", sa.Boolean(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_positions_contact_id")),
        sa.ForeignKeyConstraint(["party_id"], ["parties.id"], name=op.f("fk_positions_party_id")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_positions")),
    )
    op.create_index(op.f("ix_positions_contact_id"), "positions", ["contact_id"], unique=False)
    op.create_index(op.f("ix_positions_party_id"), "positions", ["party_id"], unique=False)
    op.create_index("ix_positions_position_id_seq", "positions", ["position_id", "seq"], unique=False)
    op.create_table(
        "screened",
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("subject_version", sa.Integer(), nullable=False),
        sa.Column("list_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["list_id"], ["sanctions_lists.id"], name=op.f("fk_screened_list_id")),
        sa.PrimaryKeyConstraint("subject_id", name=op.f("pk_screened")),
    )
    op.create_index("ix_parties_members", "parties", ["members"], unique=False, postgresql_using="gin")
    op.create_index(op.f("ix_parties_parent_id"), "parties", ["parent_id"], unique=False)
    op.create_index(
        "ix_parties_search", "parties", ["search"], unique=False, postgresql_using="gin", postgresql_ops={"search": "gin_trgm_ops"}
    )
    op.create_foreign_key(op.f("fk_parties_parent_id"), "parties", "parties", ["parent_id"], ["id"])
    _begin_history()
    protect("contacts", "screenings")
    # R4: a contact whose review was not answered is seen by who must answer it, the Head, and by nobody else.
    op.execute(
        "create policy reviewed on contacts as restrictive for all using"
        " (restricted_at is null or (select current_setting('app.roles')::text[]) && '{head-of-centre,system}') with check (true)"
    )
    _protect_through("parties", "party_id", "party_versions")
    _protect_through("contacts", "contact_id", "positions")
    _protect_through("contacts", "merged_id", "mergers")


def _open_parties() -> None:
    """New columns for parties; those already in the register become searchable, and begin their history."""
    op.add_column("parties", sa.Column("names", postgresql.JSONB(astext_type=sa.Text()), nullable=False, server_default="[]"))
    op.add_column("parties", sa.Column("parent_id", sa.Uuid(), nullable=True))
    op.add_column("parties", sa.Column("members", sa.ARRAY(sa.Uuid()), nullable=False, server_default="{}"))
    op.add_column("parties", sa.Column("search", sa.Text(), nullable=False, server_default=""))
    for column in ("names", "members", "search"):
        op.alter_column("parties", column, server_default=None)
    connection = op.get_bind()
    for name, value in parameters(system_principal("liaison")).items():
        connection.execute(sa.text("select set_config(:name, :value, true)"), {"name": name, "value": value})
    for key, name in connection.execute(sa.text("select id, name from parties")).fetchall():
        connection.execute(sa.text("update parties set search = :search where id = :id"), {"search": folded([name]), "id": key})


def _begin_history() -> None:
    op.execute(
        "insert into party_versions (party_id, recorded_at, recorded_by, name, names, party_countries, parent_id, members)"
        " select id, created_at, 'system:liaison', name, names, party_countries, parent_id, members from parties"
    )


def _protect_through(parent: str, column: str, table: str) -> None:
    """Rows without a label of their own are seen by who sees what they belong to."""
    op.execute(f"alter table {table} enable row level security")
    op.execute(f"alter table {table} force row level security")
    seen = f"exists (select from {parent} where {parent}.id = {table}.{column})"
    op.execute(f"create policy through_{parent} on {table} using ({seen}) with check (true)")
