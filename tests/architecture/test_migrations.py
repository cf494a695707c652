"""The migrated database is what the tables say, and every labelled table is under row-level security."""

import subprocess
import sys

import psycopg
import pytest

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


@pytest.mark.parametrize("service", SERVICES)
def test_r17_the_service_cannot_change_its_audit_trail(service: str, databases: dict[str, DatabaseUrls]) -> None:
    with psycopg.connect(databases[service].app_url.replace("+psycopg", ""), autocommit=True) as connection:
        for statement in ("update audit set actor = 'x'", "delete from audit", "truncate audit", "drop table audit"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement.encode())
