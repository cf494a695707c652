"""Accounts near one another are found by source, too: those of one's own are many and never looked at."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

CURRENT = sa.text("superseded_by is null")


def upgrade() -> None:
    """The squares come first as before, so that boxes are found by it as well."""
    op.drop_index("ix_observations_place_time", "observations")
    op.create_index("ix_observations_near", "observations", ["grid", "source", "occurred_at"], postgresql_where=CURRENT)
