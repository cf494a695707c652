"""The migrated database is what the tables say, and every labelled table is under row-level security."""

import subprocess
import sys
from collections import defaultdict
from typing import Any

import psycopg
import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import create_engine

from chassis.migrations import protect
from deploy.environment import SERVICES
from deploy.places import PROJECT
from deploy.postgres.bootstrap import DatabaseUrls

CHECK = """
import sys
from alembic import command
from alembic.config import Config
config = Config()
config.set_main_option("script_location", f"services/{sys.argv[1]}/migrations")
config.attributes["url"] = sys.argv[2]
command.check(config)
"""


@pytest.mark.parametrize("service", SERVICES)
def test_the_migrations_make_the_tables(service: str, databases: dict[str, DatabaseUrls]) -> None:
    """In a process of its own, where only this service's tables are known."""
    command = [sys.executable, "-c", CHECK, service, databases[service].owner_url]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr[-2000:] + done.stdout[-2000:]


@pytest.mark.parametrize("service", SERVICES)
def test_every_labelled_table_forces_row_level_security(service: str, databases: dict[str, DatabaseUrls]) -> None:
    query = """
        select c.relname, c.relrowsecurity and c.relforcerowsecurity and count(p.polname) filter (where p.polpermissive) = 4
        from pg_class c
        join pg_attribute a on a.attrelid = c.oid and a.attname = 'sensitivity' and not a.attisdropped
        left join pg_policy p on p.polrelid = c.oid
        where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
        group by 1, c.relrowsecurity, c.relforcerowsecurity
    """
    with psycopg.connect(databases[service].owner_url.replace("+psycopg", "")) as connection:
        found = dict(connection.execute(query).fetchall())
    assert found
    assert all(found.values()), found


THROUGH_ANOTHER = {
    "liaison": {"party_versions", "positions", "mergers"},
    "reports": {"incidents", "incident_moves", "match_suggestions", "triage_claims", "translations", "name_marks"},
}
POLICIES = """
    select c.relname, p.polname, p.polcmd::text, p.polpermissive, p.polroles::text,
        coalesce(pg_get_expr(p.polqual, p.polrelid), ''), coalesce(pg_get_expr(p.polwithcheck, p.polrelid), '')
    from pg_policy p join pg_class c on c.oid = p.polrelid where p.polpermissive
"""


@pytest.mark.parametrize("service", SERVICES)
def test_every_policy_is_the_one_rule(service: str, databases: dict[str, DatabaseUrls]) -> None:
    """As PostgreSQL itself writes it, beside a table that `protect` is called on here: `using (true)` would differ."""
    engine = create_engine(databases[service].owner_url)
    columns = "sensitivity smallint, tlp text, originator text, countries text[], readers text[]"
    policies: dict[str, set[tuple[Any, ...]]] = defaultdict(set)
    with engine.connect() as connection:
        connection.exec_driver_sql(f"create temp table reference ({columns})")
        with Operations.context(MigrationContext.configure(connection)):
            protect("reference")
        for table, *policy in connection.exec_driver_sql(POLICIES):
            policies[table].add(tuple(policy))
    engine.dispose()
    wanted = policies.pop("reference")
    assert {command for _, command, *_ in wanted} == {"r", "a", "w", "d"}
    assert policies
    others = {table: found for table, found in policies.items() if found != wanted}
    assert set(others) == THROUGH_ANOTHER.get(service, set())
    # These bear no label: a row is seen where a row of another table is, and that one is under the rule.
    reading = [policy[4] for found in others.values() for policy in found if policy[1] != "a"]
    through = ("EXISTS ( SELECT", "cardinality(observations) = ( SELECT count(*)")
    assert all(qualifier.lstrip("(").startswith(through) and " OR " not in qualifier for qualifier in reading), reading


@pytest.mark.parametrize("service", SERVICES)
def test_r17_the_service_cannot_change_its_audit_trail(service: str, databases: dict[str, DatabaseUrls]) -> None:
    with psycopg.connect(databases[service].app_url.replace("+psycopg", ""), autocommit=True) as connection:
        columns = connection.execute(b"select column_name from information_schema.columns where table_name = 'audit'")
        # Its number is given to a row when it is sealed, and stands under the seal.
        written = [name for (name,) in columns.fetchall() if name != "ordinal"]
        changes = [f"update audit set {name} = {name}" for name in written]
        assert len(changes) >= 9
        for statement in (*changes, "delete from audit", "truncate audit", "drop table audit"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement.encode())
