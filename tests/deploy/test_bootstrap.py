"""What the roles of a service may do, and that preparing twice at once does no harm."""

import subprocess
import sys
from typing import LiteralString

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from deploy.places import PROJECT
from deploy.postgres.bootstrap import DatabaseUrls, drop_database, prepare_database
from deploy.servers import PostgresServer

PREPARE = """
import sys
from pathlib import Path
from deploy.postgres.bootstrap import prepare_database
from deploy.servers import attach_postgres
print(prepare_database(attach_postgres(Path(sys.argv[1])), "liaison", sys.argv[2]).app_url)
"""


def _connect(url: str) -> psycopg.Connection:
    return psycopg.connect(url.replace("+psycopg", ""), autocommit=True)


def _run(url: str, statement: LiteralString) -> list[tuple[object, ...]]:
    with _connect(url) as connection:
        answer = connection.execute(statement)
        return list(answer.fetchall()) if answer.description else []


@pytest.fixture
def notes(urls: DatabaseUrls) -> DatabaseUrls:
    _run(urls.owner_url, "CREATE TABLE notes (id bigserial PRIMARY KEY, owner text)")
    return urls


def test_app_role_reads_and_writes_but_owns_nothing(notes: DatabaseUrls) -> None:
    _run(notes.app_url, "INSERT INTO notes (owner) VALUES ('a')")
    assert _run(notes.app_url, "SELECT id, owner FROM notes") == [(1, "a")]
    _run(notes.app_url, "CREATE TEMPORARY TABLE staging (id bigint)")
    for statement in ("CREATE TABLE mine (id bigint)", "DROP TABLE notes", "CREATE SCHEMA mine", "TRUNCATE notes"):
        with pytest.raises(InsufficientPrivilege):
            _run(notes.app_url, statement)


def test_row_level_security_binds_both_roles(notes: DatabaseUrls) -> None:
    _run(notes.owner_url, "INSERT INTO notes (owner) VALUES ('a')")
    _run(notes.owner_url, "ALTER TABLE notes ENABLE ROW LEVEL SECURITY")
    _run(notes.owner_url, "ALTER TABLE notes FORCE ROW LEVEL SECURITY")
    assert _run(notes.app_url, "SELECT * FROM notes") == []
    assert _run(notes.owner_url, "SELECT * FROM notes") == []


def test_no_role_is_above_the_rules(urls: DatabaseUrls, shared_postgres: PostgresServer) -> None:
    roles = "SELECT rolname FROM pg_roles WHERE rolname LIKE 'goodoffices%' AND (rolsuper OR rolbypassrls)"
    assert _run(shared_postgres.url(), roles) == []


def test_one_service_cannot_enter_the_database_of_another(urls: DatabaseUrls, shared_postgres: PostgresServer) -> None:
    other = prepare_database(shared_postgres, "reports")
    server, _, _ = other.app_url.rpartition("/")
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        _connect(f"{server}/goodoffices_liaison")


def test_preparing_again_changes_nothing(urls: DatabaseUrls, shared_postgres: PostgresServer) -> None:
    again = prepare_database(shared_postgres, "liaison")
    assert (urls.created, again.created) == (True, False)
    assert (again.owner_url, again.app_url) == (urls.owner_url, urls.app_url)


def test_workers_prepare_their_own_databases_at_once(postgres: PostgresServer) -> None:
    command = [sys.executable, "-c", PREPARE, str(postgres.folder)]
    names = ["liaison_gw0", "liaison_gw1", "liaison_gw1", "liaison_gw2"]
    workers = [subprocess.Popen([*command, name], cwd=PROJECT, stdout=subprocess.PIPE, text=True) for name in names]
    found = [worker.communicate(timeout=60)[0].strip() for worker in workers]
    for name, url in zip(names, found, strict=True):
        assert _run(url, "SELECT current_database()::text") == [(name,)]
    drop_database(postgres, "liaison_gw1")
    assert _run(postgres.url(), "SELECT 1 FROM pg_database WHERE datname = 'liaison_gw1'") == []


def test_array_operators_are_leakproof(urls: DatabaseUrls) -> None:
    leakproof = "SELECT proname::text FROM pg_proc WHERE proleakproof AND proname LIKE 'array%' ORDER BY 1"
    names = {name for (name,) in _run(urls.app_url, leakproof)}
    assert {"arraycontained", "arraycontains", "arrayoverlap"} <= names
