"""Chains of messages that update one another, and mentions of leads."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.add_column("observations", sa.Column("said_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "chained_messages",
        sa.Column("feed", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("chain", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("feed", "message", name=op.f("pk_chained_messages")),
    )
    op.create_index("ix_chained_messages_chain", "chained_messages", ["feed", "chain"], unique=False)
    op.create_table(
        "mentions",
        sa.Column("feed", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("article_hash", sa.LargeBinary(), nullable=False),
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("mentioned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confidence", sa.SmallInteger(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("feed", "external_id", "article_hash", name=op.f("pk_mentions")),
    )
