"""What people decided of names in observations, and when names were taken out in files."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from chassis.migrations import append_only, protect

revision = "0015"
down_revision = "0014"

OF_ITS_OBSERVATION = "exists (select from observations where observations.id = name_marks.observation_id)"


def upgrade() -> None:
    """A mark is seen by whoever may read the observation it was made in."""
    texts = {
        name: sa.Column(name, sa.Text(), nullable=False) for name in ("feed", "external_id", "words", "key", "role", "state", "marked_by")
    }
    op.create_table(
        "name_marks",
        sa.Column("observation_id", sa.Uuid(), nullable=False),
        *texts.values(),
        sa.Column("version", sa.Integer(), nullable=False),
        *_identified(),
        sa.ForeignKeyConstraint(["observation_id"], ["observations.id"], name=op.f("fk_name_marks_observation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_name_marks")),
        sa.UniqueConstraint("feed", "external_id", "key", name=op.f("uq_name_marks_feed_external_id_key")),
    )
    op.create_index(op.f("ix_name_marks_observation_id"), "name_marks", ["observation_id"], unique=False)
    op.create_table(
        "names_shown",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("operation", "shown_by", "reason")),
        *_identified(),
        *_labelled(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_names_shown")),
    )
    protect("names_shown")
    append_only("names_shown")
    _protect("name_marks", OF_ITS_OBSERVATION)


def _identified() -> list[Any]:
    times = [sa.Column(name, sa.DateTime(timezone=True), nullable=False) for name in ("created_at", "updated_at")]
    return [sa.Column("id", sa.Uuid(), nullable=False), *times]


def _labelled() -> list[Any]:
    lists: list[Any] = [
        sa.Column(name, sa.ARRAY(sa.Text()), nullable=False) for name in ("themes", "countries", "releasable_to", "readers")
    ]
    words = [sa.Column(name, sa.Text(), nullable=False) for name in ("tlp", "originator")]
    return [sa.Column("sensitivity", sa.SmallInteger(), nullable=False), *words, *lists]


def _protect(table: str, seen: str) -> None:
    op.execute(f"alter table {table} enable row level security")
    op.execute(f"alter table {table} force row level security")
    op.execute(f"create policy readers on {table} for select using ({seen})")
    op.execute(f"create policy writers on {table} for insert with check (true)")
    op.execute(f"create policy changers on {table} for update using ({seen}) with check (true)")
