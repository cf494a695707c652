"""Reviews of contacts that were announced."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column("contacts", sa.Column("review_announced", sa.Date(), nullable=True))
