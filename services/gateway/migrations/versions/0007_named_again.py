"""What a kept answer named, so that the trail of its repetitions names the same (R17)."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Rows from before keep null: what they named is looked for in their bodies for 24 hours."""
    op.add_column("idempotency_keys", sa.Column("ids", sa.ARRAY(sa.Text()), nullable=True))
