"""Observations searched by their words: stemmed in English and Russian, and folded to one spelling in any script."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from chassis.principal import system_principal
from chassis.visibility import parameters
from services.reports.intake.rules import spelled_words

revision = "0011"
down_revision = "0010"

BATCH = 2_000
SEARCHED = "setweight(to_tsvector('russian', title), 'A') || to_tsvector('russian', coalesce(text, '')) || array_to_tsvector(spelled)"
FILL = sa.text("""
update observations set spelled = string_to_array(told.words, ' ')
from unnest(cast(:keys as uuid[]), cast(:words as text[])) as told (id, words) where observations.id = told.id
""")
LEARN = sa.text("""
insert into spellings select distinct word from observations, unnest(spelled) as word where word ~ '^[a-z]{4,30}$'
""")


def upgrade() -> None:
    """What is there is folded in batches, before the generated column, so that the table is written anew once."""
    op.create_table("spellings", sa.Column("word", sa.Text(), nullable=False), sa.PrimaryKeyConstraint("word", name=op.f("pk_spellings")))
    words: sa.Column[Any] = sa.Column("spelled", postgresql.ARRAY(sa.Text()), nullable=False, server_default="{}")
    op.add_column("observations", words)
    op.alter_column("observations", "spelled", server_default=None)
    _fill(op.get_bind())
    op.add_column("observations", sa.Column("search", postgresql.TSVECTOR(), sa.Computed(SEARCHED, persisted=True), nullable=False))
    op.create_index("ix_observations_search", "observations", ["search"], unique=False, postgresql_using="gin")
    op.create_index("ix_observations_area_incident", "observations", ["area_code", "incident_id"], unique=False)
    near = {"word": "gin_trgm_ops"}
    op.create_index("ix_spellings_near", "spellings", ["word"], unique=False, postgresql_using="gin", postgresql_ops=near)


def _fill(connection: Any) -> None:
    for name, value in parameters(system_principal("reports")).items():
        connection.execute(sa.text("select set_config(:name, :value, true)"), {"name": name, "value": value})
    some = sa.text("select id, title, text from observations where id > cast(:after as uuid) order by id limit :batch")
    after = "00000000-0000-0000-0000-000000000000"
    while rows := connection.execute(some, {"after": after, "batch": BATCH}).fetchall():
        words = [" ".join(spelled_words(title, said)) for _, title, said in rows]
        connection.execute(FILL, {"keys": [key for key, *_ in rows], "words": words})
        after = str(rows[-1].id)
    connection.execute(LEARN)
