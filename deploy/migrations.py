"""Brings a service's database to the newest migration, one process at a time."""

import tempfile
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from alembic import command
from alembic.config import Config

from deploy.errors import ServiceFailed
from deploy.places import PROJECT
from deploy.postgres.bootstrap import prepare_database
from deploy.servers import start_postgres

_WAIT_SECONDS = 120.0


def upgrade(service: str, url: str) -> None:
    """Runs the migrations of services/<service>/migrations as the owner role at `url` (postgresql+psycopg://…).

    Not safe in two threads of one process (alembic keeps its context in a global); safe in any number of processes.
    """
    config = _config(service, url)
    with migration_lock(service, url):
        command.upgrade(config, "head")


def _config(service: str, url: str) -> Config:
    folder = PROJECT / "services" / service / "migrations"
    if not (folder / "env.py").exists():
        raise ServiceFailed(service, f"no migrations in {folder}")
    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.attributes["url"] = url
    return config


@contextmanager
def migration_lock(service: str, url: str, seconds: float = _WAIT_SECONDS) -> Iterator[None]:
    """Holds an advisory lock of the database while the migrations run; waits for it up to that many seconds.

    It asks again and again instead of waiting inside a statement: that would hold a snapshot, and a
    CREATE INDEX CONCURRENTLY of the process ahead would wait for it forever.
    """
    key = zlib.crc32(f"migrate {service}".encode())
    with psycopg.connect(url.replace("postgresql+psycopg://", "postgresql://", 1), autocommit=True) as connection:
        deadline = time.monotonic() + seconds
        while not _taken(connection, key):
            if time.monotonic() > deadline:
                raise ServiceFailed(service, f"another process has been migrating its database for {seconds:.0f} s")
            time.sleep(0.05)
        yield


def generate(service: str, revision: str, message: str) -> None:
    """Writes services/<service>/migrations/versions/<revision>_….py from the difference between tables and migrations.

    A scratch server is brought to the newest migration for it. Read what was written: labelled tables want `protect`.
    """
    with tempfile.TemporaryDirectory(prefix="goodoffices-migration-", ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o711)
        server = start_postgres(Path(name) / "postgres")
        try:
            url = prepare_database(server, service).owner_url
            upgrade(service, url)
            command.revision(_config(service, url), message, autogenerate=True, rev_id=revision)
        finally:
            server.stop()


def _taken(connection: psycopg.Connection, key: int) -> bool:
    row = connection.execute("SELECT pg_try_advisory_lock(%s)", [key]).fetchone()
    return row is not None and bool(row[0])
