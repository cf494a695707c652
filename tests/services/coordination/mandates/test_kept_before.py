"""R3 for what was there before: the migration gives every mandate the history that its row still tells."""

from collections.abc import Iterator

import psycopg
import pytest
from psycopg.rows import dict_row

from deploy.migrations import upgrade
from deploy.postgres.bootstrap import DatabaseUrls
from deploy.postgres.server import PostgresAddress
from tests.databases import database_at

BEFORE = """
    alter table mandates no force row level security;
    update mandates set created_at = '2026-01-01Z', updated_at = '2026-01-01Z';
    update mandates set ended_at = '2026-02-01Z', updated_at = '2026-02-01Z', reason = 'It was replaced.', version = 2
        where organization = 'cis';
    update mandates set valid_until = '2026-03-01Z', ended_at = '2026-03-01T00:00:01Z', reason = 'Its term ran out.', version = 2
        where organization = 'sco';
    alter table mandates force row level security;
"""
AFTER = """
    select r.version, r.recorded_at::date::text as recorded, r.effective_at::date::text as effective, r.ended_from::date::text as ended,
        r.reason, m.settled_at is not null as settled, m.ended_from::date::text as ends
    from mandate_records r join mandates m using (id) where r.organization = %s order by r.version
"""


@pytest.fixture
def urls(postgres_address: PostgresAddress, worker_id: str) -> Iterator[DatabaseUrls]:
    """A database as the release before kept it."""
    with database_at(postgres_address, "coordination", "0003", worker_id) as made:
        yield made


def test_r3_mandates_of_before_have_a_history(urls: DatabaseUrls) -> None:
    with psycopg.connect(urls.owner_url.replace("+psycopg", ""), row_factory=dict_row) as connection:
        connection.execute(BEFORE)
    upgrade("coordination", urls.owner_url)
    with psycopg.connect(urls.owner_url.replace("+psycopg", ""), row_factory=dict_row) as connection:
        for table in ("mandates", "mandate_records"):
            connection.execute(f"alter table {table} no force row level security".encode())
        osce, cis, sco = ([*connection.execute(AFTER, [slug])] for slug in ("osce", "cis", "sco"))
    first = {"version": 1, "recorded": "2026-01-01", "effective": "2007-05-07", "ended": None, "reason": None}
    assert osce == [first | {"settled": False, "ends": None}]
    second = {"version": 2, "recorded": "2026-02-01", "effective": "2026-02-01", "ended": "2026-02-01", "reason": "It was replaced."}
    assert cis == [each | {"settled": True, "ends": "2026-02-01"} for each in (first, second)]
    assert sco == [first | {"settled": True, "ends": None}], "a term that ran out is judged by the clock"
