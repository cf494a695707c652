"""Least privilege: what a service may delete is written down, table by table."""

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from deploy.environment import SERVICES
from deploy.postgres.bootstrap import DatabaseUrls

DELETES = {
    "liaison": {
        "leanings", "handover_quarantine", "incident_records", "positions", "sanctions_entries",
        "screened", "screenings",
    },
    "reports": {"delivery_parts", "incident_aliases", "saved_searches", "triage_claims"},
}  # fmt: skip


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_may_delete_what_is_meant_to_be(service: str, databases: dict[str, DatabaseUrls]) -> None:
    query = """
        select relname, has_table_privilege(oid, 'DELETE'), has_table_privilege(oid, 'TRUNCATE')
        from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
    """
    url = databases[service].app_url.replace("+psycopg", "")
    with psycopg.connect(url, autocommit=True) as connection:
        found = connection.execute(query.encode()).fetchall()
        with pytest.raises(InsufficientPrivilege):
            connection.execute("delete from outbox")
    assert {name for name, deletes, _ in found if deletes} == {
        "dead_letters",
        *DELETES.get(service, ()),
    }
    assert not [name for name, _, truncates in found if truncates]
