"""Triage: what is held back, who works on what, what was decided, translations. It came together with 0014 and 0015, and goes behind them."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from chassis.migrations import append_only, protect

revision = "0014"
down_revision = "0013"

TOLD = "exists (select from observations where observations.incident_id = triage_claims.incident_id)"
OF_ITS_ACCOUNT = "exists (select from observations where observations.id = translations.observation_id)"


def upgrade() -> None:
    """What is there stays listed."""
    op.add_column("observations", sa.Column("held_back", sa.Text(), nullable=True))
    op.create_index("ix_observations_waiting", "observations", ["id"], unique=False, postgresql_where=sa.text("held_back = 'waiting'"))
    key = sa.ForeignKeyConstraint
    op.create_table(
        "triage_claims",
        sa.Column("incident_id", sa.Uuid(), nullable=False),
        sa.Column("claimed_by", sa.Text(), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=False),
        key(["incident_id"], ["incidents.id"], name=op.f("fk_triage_claims_incident_id")),
        sa.PrimaryKeyConstraint("incident_id", name=op.f("pk_triage_claims")),
    )
    op.create_index(op.f("ix_triage_claims_claimed_by"), "triage_claims", ["claimed_by"], unique=False)
    op.create_table(
        "triage_decisions",
        sa.Column("incident_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("observations", sa.ARRAY(sa.Uuid()), nullable=False),
        *_identified(),
        *_labelled(),
        key(["incident_id"], ["incidents.id"], name=op.f("fk_triage_decisions_incident_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_triage_decisions")),
    )
    op.create_index(op.f("ix_triage_decisions_incident_id"), "triage_decisions", ["incident_id"], unique=False)
    op.create_table(
        "translations",
        sa.Column("observation_id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("translated_by", sa.Text(), nullable=False),
        *_identified(),
        key(["observation_id"], ["observations.id"], name=op.f("fk_translations_observation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_translations")),
    )
    op.create_index(op.f("ix_translations_observation_id"), "translations", ["observation_id"], unique=False)
    protect("triage_decisions")
    append_only("triage_decisions", "translations")
    _protect("triage_claims", TOLD)
    _protect("translations", OF_ITS_ACCOUNT)
    op.execute(f"create policy removers on triage_claims for delete using ({TOLD})")


def _identified() -> list[Any]:
    times = [sa.Column(name, sa.DateTime(timezone=True), nullable=False) for name in ("created_at", "updated_at")]
    return [sa.Column("id", sa.Uuid(), nullable=False), *times]


def _labelled() -> list[Any]:
    lists = ("themes", "countries", "releasable_to", "readers")
    return [
        sa.Column("sensitivity", sa.SmallInteger(), nullable=False),
        sa.Column("tlp", sa.Text(), nullable=False),
        sa.Column("originator", sa.Text(), nullable=False),
        *(sa.Column(name, postgresql.ARRAY(sa.Text()), nullable=False) for name in lists),
    ]


def _protect(table: str, seen: str) -> None:
    op.execute(f"alter table {table} enable row level security")
    op.execute(f"alter table {table} force row level security")
    op.execute(f"create policy readers on {table} for select using ({seen})")
    op.execute(f"create policy writers on {table} for insert with check (true)")
