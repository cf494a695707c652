"""Observations found by whom they are for and where they lie, in single values that indexes serve under row-level security."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

COUNTRIES = ("KAZ", "KGZ", "TJK", "TKM", "UZB", "AFG")
AUDIENCE = " + ".join(f"case when countries @> '{{{country}}}' then {1 << n} else 0 end" for n, country in enumerate(COUNTRIES))
NATION = "case when cardinality(located) = 1 then located[1] end"
CURRENT = sa.text("superseded_by is null")


def upgrade() -> None:
    """Both are computed by the database, so that nothing that writes can forget them."""
    audience = sa.Computed(f"cast({AUDIENCE} as smallint)", persisted=True)
    op.add_column("observations", sa.Column("audience", sa.SmallInteger(), audience, nullable=False))
    op.add_column("observations", sa.Column("nation", sa.Text(), sa.Computed(NATION, persisted=True)))
    op.create_index("ix_observations_audience", "observations", ["audience", "nation", "source"], postgresql_where=CURRENT)
    op.create_index("ix_observations_time", "observations", ["occurred_at"], postgresql_where=CURRENT)
