"""Observations found by theme and region beside whom they are for, and all words known by which one of a search may go on."""

import sqlalchemy as sa
from alembic import op

from chassis.principal import system_principal
from chassis.visibility import parameters

revision = "0018"
down_revision = "0017"

NEAR_WORD = "^[a-z]{4,30}$"
LEARN = sa.text("""
insert into spellings select distinct word from (
    select unnest(spelled) as word from observations
    union all select unnest(tsvector_to_array(translated)) from observations where translated is not null
) as held where word ~ '^[a-z].{3}' on conflict do nothing
""")


def upgrade() -> None:
    """Known were words of letters only, and none of translations."""
    op.drop_index("ix_observations_audience", "observations")
    op.create_index("ix_observations_audience", "observations", ["audience", "nation", "source"])
    op.create_index("ix_observations_subject", "observations", ["subject_themes", "regions"], postgresql_using="gin")
    connection = op.get_bind()
    for name, value in parameters(system_principal("reports")).items():
        connection.execute(sa.text("select set_config(:name, :value, true)"), {"name": name, "value": value})
    connection.execute(LEARN)
    op.drop_index("ix_spellings_near", "spellings")
    near, some = {"word": "gin_trgm_ops"}, sa.text(f"word ~ '{NEAR_WORD}'")
    op.create_index("ix_spellings_near", "spellings", ["word"], postgresql_using="gin", postgresql_ops=near, postgresql_where=some)
