"""One moment of four databases: nobody has read what its publisher has not said.

Readers are held for an instant, in all databases, while a snapshot of each is taken: every event
that was handled anywhere was committed at its publisher before. What was published and not handled
yet is a gap after a restore, and closes from the outbox (docs/decisions/0072).
"""

import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager

import psycopg

from deploy.errors import BackupRefused, in_one_line

# Whoever handles an event moves its place first, and claims the event in the inbox then.
_HOLD = "lock table places, inbox in share mode"
Exporting = Mapping[str, psycopg.Connection]
_HELD_MILLISECONDS, _TRIES, _PAUSE_SECONDS = 2000, 15, 1.0


@contextmanager
def one_moment(databases: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """Names of snapshots by service, that `pg_dump` takes until the block ends. BackupRefused."""
    with ExitStack() as kept:
        try:
            exporting = {name: kept.enter_context(_reading(url)) for name, url in databases.items()}
            snapshots = _export(databases, exporting)
        except psycopg.Error as error:
            raise BackupRefused(f"the databases were not read: {in_one_line(error)}") from error
        yield snapshots


def _reading(url: str) -> psycopg.Connection:
    connection = psycopg.connect(url)
    connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    connection.read_only = True
    return connection


def _export(databases: Mapping[str, str], exporting: Exporting) -> dict[str, str]:
    for turn in range(_TRIES):
        try:
            with ExitStack() as held:
                for url in databases.values():
                    _hold(held.enter_context(psycopg.connect(url)))
                return {name: _snapshot(each) for name, each in exporting.items()}
        except psycopg.errors.LockNotAvailable:
            # Somebody is at a long event: let others go on before it is tried again.
            time.sleep(_PAUSE_SECONDS * (turn < _TRIES - 1))
    raise BackupRefused("events are being handled without a pause; try again later")


def _hold(connection: psycopg.Connection) -> None:
    connection.execute(f"set local lock_timeout = {_HELD_MILLISECONDS}".encode())
    connection.execute(_HOLD)


def _snapshot(connection: psycopg.Connection) -> str:
    row = connection.execute("select pg_export_snapshot()").fetchone()
    assert row is not None
    return str(row[0])
