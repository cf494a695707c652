"""Flagged talks, and the concurrences that talks rest on. It came together with 0009, and goes behind it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from chassis.migrations import protect

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column("talk_records", sa.Column("flagged_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(op.f("ix_talk_records_engagement"), "talk_records", ["engagement"], unique=False)
    op.create_table(
        "concurrence_records",
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("standing", sa.Text(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sensitivity", sa.SmallInteger(), nullable=False),
        sa.Column("tlp", sa.Text(), nullable=False),
        sa.Column("originator", sa.Text(), nullable=False),
        sa.Column("themes", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("countries", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("releasable_to", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("readers", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concurrence_records")),
    )
    protect("concurrence_records")
