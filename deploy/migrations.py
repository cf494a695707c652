"""Brings a service's database to the newest migration, one process at a time."""

import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from alembic import command
from alembic.config import Config

from deploy.errors import ServiceFailed
from deploy.places import PROJECT

_WAIT_SECONDS = 120.0


def upgrade(service: str, url: str) -> None:
    """Runs the migrations of services/<service>/migrations as the owner role at `url` (postgresql+psycopg://…).

    Not safe in two threads of one process (alembic keeps its context in a global); safe in any number of processes.
    """
    folder = PROJECT / "services" / service / "migrations"
    if not (folder / "env.py").exists():
        raise ServiceFailed(service, f"no migrations in {folder}")
    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.attributes["url"] = url
    with migration_lock(service, url):
        command.upgrade(config, "head")


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


def _taken(connection: psycopg.Connection, key: int) -> bool:
    row = connection.execute("SELECT pg_try_advisory_lock(%s)", [key]).fetchone()
    return row is not None and bool(row[0])
