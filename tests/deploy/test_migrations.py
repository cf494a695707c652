"""Migrations of one database wait for one another."""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import psycopg
import pytest

from deploy.errors import ServiceFailed
from deploy.migrations import migration_lock, upgrade
from deploy.postgres.bootstrap import DatabaseUrls, prepare_database
from deploy.servers import PostgresServer


@pytest.fixture
def urls(postgres: PostgresServer) -> DatabaseUrls:
    return prepare_database(postgres, "liaison")


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
