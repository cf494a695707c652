"""F4: no order rests on the transaction ids of one cluster; dumped and restored, they begin again."""

import re

import psycopg
import pytest

from deploy.environment import SERVICES
from deploy.places import PROJECT
from deploy.postgres.bootstrap import DatabaseUrls

OF_A_CLUSTER = re.compile(r"pg_(current_)?xact|pg_(current_)?snapshot|txid_|\bxmin\b|\bctid\b")
# What asks only about transactions that run now, a column that seals of the first form rest on, and
# what names the rows it has just found, within one statement.
KNOWN = {"chassis/settled.py", "chassis/tables.py", "chassis/retiring.py"}
DEFAULTS = """
    select table_name, column_name from information_schema.columns
    where table_schema = 'public' and column_default ~ 'xact|snapshot|txid'
"""


@pytest.mark.parametrize("service", SERVICES)
def test_no_column_is_filled_with_what_a_cluster_counts(service: str, databases: dict[str, DatabaseUrls]) -> None:
    with psycopg.connect(databases[service].owner_url.replace("+psycopg", "")) as connection:
        found = connection.execute(DEFAULTS.encode()).fetchall()
    assert found == [("audit", "transaction")]


def test_no_statement_orders_by_what_a_cluster_counts() -> None:
    files = [path for folder in ("chassis", "services") for path in (PROJECT / folder).rglob("*.py")]
    using = {
        str(path.relative_to(PROJECT))
        for path in files
        if "migrations" not in path.parts and OF_A_CLUSTER.search(path.read_text(encoding="utf-8"))
    }
    assert using == KNOWN
