"""When held-back accounts were listed, what translations say, and the chains of alerts stored before there were any."""

import re
from collections.abc import Iterator
from typing import Any, Final

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from chassis.principal import system_principal
from chassis.visibility import parameters
from services.reports.feeds.adapters.records import identity
from services.reports.intake.rules import spelled_words

revision = "0017"
down_revision = "0016"

BATCH: Final = 2_000
# What cap.py writes into the text of an alert: its own message, and those it refers to.
MESSAGE: Final = re.compile(r"^Message: (?:Alert|Update|Cancel) (\S+) of (\S+) from (\S+)$", re.MULTILINE)
REFERS_TO: Final = re.compile(r"^Refers to: (.+)$", re.MULTILINE)
ALERTS: Final = sa.text("""
select observations.id, observations.feed, external_id, observations.text from observations join feeds on feeds.id = feed
where feeds.adapter = 'cap' and said_at is null and observations.id > cast(:after as uuid) order by observations.id limit :batch
""")
SAID: Final = sa.text("update observations set said_at = cast(:said_at as timestamptz) where id = :id")
# What a message says of itself goes before what another says of it.
REMEMBER: Final = "insert into chained_messages (feed, message, chain) values (:feed, :message, :chain) on conflict (feed, message) do {}"
OWN: Final = sa.text(REMEMBER.format("update set chain = excluded.chain"))
NAMED: Final = sa.text(REMEMBER.format("nothing"))
TRANSLATED: Final = sa.text("""
select distinct on (observation_id, language) observation_id, title, text from translations order by observation_id, language, id desc
""")
SEARCH: Final = sa.text("""
update observations set translated = coalesce(translated, '') || setweight(to_tsvector('russian', :title), 'A')
    || to_tsvector('russian', coalesce(cast(:text as text), '')) || array_to_tsvector(string_to_array(:words, ' '))
where id = :observation_id
""")


def upgrade() -> None:
    op.add_column("observations", sa.Column("listed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("observations", sa.Column("translated", postgresql.TSVECTOR(), nullable=True))
    listed, translated = (sa.text(f"{name} is not null") for name in ("listed_at", "translated"))
    op.create_index("ix_observations_listed", "observations", ["listed_at"], unique=False, postgresql_where=listed)
    op.create_index(
        "ix_observations_translated", "observations", ["translated"], unique=False, postgresql_using="gin", postgresql_where=translated
    )
    connection = op.get_bind()
    for name, value in parameters(system_principal("reports")).items():
        connection.execute(sa.text("select set_config(:name, :value, true)"), {"name": name, "value": value})
    _search_translations(connection)
    _chain_alerts(connection)


def _search_translations(connection: Any) -> None:
    rows = connection.execute(TRANSLATED).mappings().all()
    if rows:
        connection.execute(SEARCH, [{**row, "words": " ".join(spelled_words(row["title"], row["text"]))} for row in rows])


def _chain_alerts(connection: Any) -> None:
    """Updates still to come find the chain of what was stored before 0016, and its versions know when they were sent.

    Two accounts of one chain that stand apart stay so: merging what people have worked with is theirs.
    """
    after = "00000000-0000-0000-0000-000000000000"
    while rows := connection.execute(ALERTS, {"after": after, "batch": BATCH}).fetchall():
        for row in rows:
            if said := MESSAGE.search(row.text or ""):
                identifier, sent, sender = said.groups()
                chain = {"feed": row.feed, "chain": row.external_id}
                connection.execute(SAID, {"id": row.id, "said_at": sent})
                connection.execute(OWN, chain | {"message": _key(sender, identifier)})
                for named in _named(row.text):
                    connection.execute(NAMED, chain | {"message": named})
        after = str(rows[-1].id)


def _named(text: str) -> Iterator[str]:
    found = REFERS_TO.search(text)
    for reference in found[1].split() if found else []:
        if len(parts := reference.split(",")) == 3:
            yield _key(parts[0], parts[1])


def _key(sender: str, identifier: str) -> str:
    return identity(f"cap-{sender},{identifier}")
