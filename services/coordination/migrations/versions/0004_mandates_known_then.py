"""What was recorded of a mandate when, ends recorded late or early, corrections, and what was delivered without a mandate (R3)."""

import sqlalchemy as sa
from alembic import op

from chassis.migrations import append_only, protect

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    for name in ("ended_from", "settled_at", "corrected_at"):
        op.add_column("mandates", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    op.add_column("mandates", sa.Column("corrected_because", sa.Text(), nullable=True))
    op.add_column("packages", sa.Column("delivered_unmandated", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.alter_column("packages", "delivered_unmandated", server_default=None)
    op.create_table(
        "mandate_records",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("effective_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organization", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("clause", sa.Text(), nullable=False),
        sa.Column("covers_themes", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("covers_countries", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("functions", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("ceiling_sensitivity", sa.SmallInteger(), nullable=False),
        sa.Column("ceiling_tlp", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("corrected_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("corrected_because", sa.Text(), nullable=True),
        sa.Column("sensitivity", sa.SmallInteger(), nullable=False),
        sa.Column("tlp", sa.Text(), nullable=False),
        sa.Column("originator", sa.Text(), nullable=False),
        sa.Column("themes", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("countries", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("releasable_to", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("readers", sa.ARRAY(sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["mandates.id"], name=op.f("fk_mandate_records_id")),
        sa.ForeignKeyConstraint(["organization"], ["organizations.id"], name=op.f("fk_mandate_records_organization")),
        sa.PrimaryKeyConstraint("id", "version", name=op.f("pk_mandate_records")),
    )
    op.create_index(op.f("ix_mandate_records_organization"), "mandate_records", ["organization"], unique=False)
    _begin_history()
    protect("mandate_records")
    append_only("mandate_records")


def _begin_history() -> None:
    """Give the mandates that are there their records. The owner is bound by row-level security but for this."""
    op.execute("alter table mandates no force row level security")
    op.execute("update mandates set settled_at = ended_at, ended_from = ended_at where ended_at is not null")
    # A term that ran out was once recorded like an end; it is judged by the clock alone now, so that it can be corrected.
    op.execute(
        "update mandates set ended_at = null, ended_from = null, reason = null"
        " where valid_until <= ended_at and reason = 'Its term ran out.'"
    )
    began = "created_at, least(valid_from, created_at)"
    op.execute(
        f"insert into mandate_records ({_KEPT}, version, recorded_at, effective_at, updated_at) select {_KEPT}, 1, {began}, created_at"
        " from mandates"
    )
    op.execute(
        f"insert into mandate_records ({_KEPT}, version, recorded_at, effective_at, updated_at, ended_at, ended_from, reason)"
        f" select {_KEPT}, 2, ended_at, ended_from, updated_at, ended_at, ended_from, reason from mandates where ended_at is not null"
    )
    op.execute("alter table mandates force row level security")


_KEPT = (
    "id, organization, title, clause, covers_themes, covers_countries, functions, ceiling_sensitivity, ceiling_tlp, valid_from, valid_until,"
    " created_at, sensitivity, tlp, originator, themes, countries, releasable_to, readers"
)
