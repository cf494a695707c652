"""Incidents merged, split and suggested to be one."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"

# All of them: a reason may speak of any, so who may not read one does not see that it was moved.
OF_OBSERVATIONS = """
    cardinality(incident_moves.observations)
    = (select count(*) from observations where observations.id = any(incident_moves.observations))
"""
OF_BOTH = """
    exists (select from observations where observations.incident_id = match_suggestions.incident_id)
    and exists (select from observations where observations.incident_id = match_suggestions.other_id)
"""


def upgrade() -> None:
    """Regroupings and suggestions are seen by whoever may read what they are about."""
    uuids, key = sa.ARRAY(sa.Uuid()), sa.ForeignKeyConstraint
    op.create_table(
        "incident_aliases",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("incident_id", sa.Uuid(), nullable=False),
        key(["id"], ["incidents.id"], name=op.f("fk_incident_aliases_id")),
        key(["incident_id"], ["incidents.id"], name=op.f("fk_incident_aliases_incident_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident_aliases")),
    )
    op.create_index(op.f("ix_incident_aliases_incident_id"), "incident_aliases", ["incident_id"], unique=False)
    op.create_table(
        "incident_moves",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("incident_id", sa.Uuid(), nullable=False),
        sa.Column("other_id", sa.Uuid(), nullable=False),
        sa.Column("observations", uuids, nullable=False),
        sa.Column("renamed", uuids, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("moved_by", sa.Text(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.Text(), nullable=True),
        sa.Column("undo_reason", sa.Text(), nullable=True),
        *_identified(),
        key(["incident_id"], ["incidents.id"], name=op.f("fk_incident_moves_incident_id")),
        key(["other_id"], ["incidents.id"], name=op.f("fk_incident_moves_other_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident_moves")),
    )
    op.create_table(
        "match_suggestions",
        sa.Column("incident_id", sa.Uuid(), nullable=False),
        sa.Column("other_id", sa.Uuid(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("parts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        *_identified(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_suggestions")),
    )
    for table in ("incident_moves", "match_suggestions"):
        for column in ("incident_id", "other_id"):
            op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)
    op.create_index("ix_match_suggestions_open", "match_suggestions", ["id"], unique=False, postgresql_where=sa.text("state = 'open'"))
    op.add_column("observations", sa.Column("matched", postgresql.JSONB(astext_type=sa.Text()), nullable=True))
    _protect("incident_moves", OF_OBSERVATIONS)
    _protect("match_suggestions", OF_BOTH)


def _identified() -> list[Any]:
    times = [sa.Column(name, sa.DateTime(timezone=True), nullable=False) for name in ("created_at", "updated_at")]
    return [sa.Column("id", sa.Uuid(), nullable=False), *times]


def _protect(table: str, seen: str) -> None:
    op.execute(f"alter table {table} enable row level security")
    op.execute(f"alter table {table} force row level security")
    op.execute(f"create policy readers on {table} for select using ({seen})")
    op.execute(f"create policy writers on {table} for insert with check (true)")
    op.execute(f"create policy changers on {table} for update using ({seen}) with check (true)")
