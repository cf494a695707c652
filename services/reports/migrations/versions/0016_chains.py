"""Chains of messages that update one another."""

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
