"""Migrations of one database wait for one another."""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import psycopg
import pytest

from deploy.errors import DatabaseFailed, ServiceFailed
from deploy.heads import is_current
from deploy.migrations import migration_lock, upgrade
from deploy.postgres.bootstrap import DatabaseUrls, prepare_database
from deploy.servers import PostgresServer


def test_the_lock_is_held_by_one(urls: DatabaseUrls) -> None:
    seen: list[str] = []

    def wait() -> None:
        with migration_lock("liaison", urls.owner_url):
            seen.append("second")

    with migration_lock("liaison", urls.owner_url):
        second = threading.Thread(target=wait)
        second.start()
        time.sleep(0.3)
        seen.append("first")
    second.join(timeout=10)
    assert seen == ["first", "second"]


def test_waiting_ends_with_a_reason(urls: DatabaseUrls) -> None:
    with (
        migration_lock("liaison", urls.owner_url),
        pytest.raises(ServiceFailed, match="migrating its database"),
        migration_lock("liaison", urls.owner_url, seconds=0.1),
    ):
        pytest.fail("two held the lock")


def test_a_service_without_migrations_is_named(urls: DatabaseUrls) -> None:
    with pytest.raises(ServiceFailed, match="no migrations"):
        upgrade("nowhere", urls.owner_url)


def test_parallel_migrations_all_succeed(urls: DatabaseUrls, project: Path) -> None:
    command = [sys.executable, "-m", "deploy.cli", "migrate", "liaison"]
    environment = {**os.environ, "GOODOFFICES_MIGRATION_URL": urls.owner_url}
    runs = [subprocess.Popen(command, cwd=project, env=environment) for _ in range(3)]
    assert [run.wait(timeout=60) for run in runs] == [0, 0, 0]
    with psycopg.connect(urls.app_url.replace("+psycopg", "")) as connection:
        assert connection.execute("SELECT count(*) FROM runs").fetchone() == (3,)


def test_a_database_is_current_at_the_newest_migration_only(shared_postgres: PostgresServer) -> None:
    urls = prepare_database(shared_postgres, "coordination")
    assert not is_current("coordination", urls.owner_url)
    upgrade("coordination", urls.owner_url)
    assert is_current("coordination", urls.owner_url)
    with psycopg.connect(urls.owner_url.replace("+psycopg", "")) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
    assert not is_current("coordination", urls.owner_url)


def test_a_database_that_does_not_answer_is_named() -> None:
    with pytest.raises(DatabaseFailed, match="the database of liaison could not be prepared"):
        is_current("liaison", "postgresql+psycopg://nobody@127.0.0.1:1/nothing")


def test_a_service_whose_newest_migration_cannot_be_told_is_migrated(urls: DatabaseUrls) -> None:
    assert not is_current("nowhere", urls.owner_url)
