"""When a recipient was first shown a recall (R16)."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("packages", sa.Column("recall_seen_at", sa.DateTime(timezone=True), nullable=True))
