"""What can be wrong with a platform: each fault is caused, and taken back when its block ends."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, timedelta

import psycopg

from deploy.platform import Platform
from deploy.secrets import write_json

Fault = Callable[[Platform], AbstractContextManager[None]]
LONG_AGO = (datetime.now(UTC) - timedelta(hours=30)).isoformat()


def write_note(platform: Platform, at: str) -> None:
    saved = platform.folder / "saved"
    saved.mkdir(exist_ok=True)
    (saved / "manifest.json").touch()
    write_json(platform.folder / "last-backup.json", {"at": at, "folder": str(saved)})


def connect(platform: Platform, service: str) -> psycopg.Connection:
    url = platform.postgres.url(f"goodoffices_{service}").replace("+psycopg", "")
    return psycopg.connect(url, autocommit=True)


def stated(service: str, cause: str, undo: str) -> Fault:
    """A fault in a database: a statement, and the one that takes it back."""

    @contextmanager
    def fault(platform: Platform) -> Iterator[None]:
        with connect(platform, service) as connection:
            connection.execute(cause.encode())
            try:
                yield
            finally:
                connection.execute(undo.encode())

    return fault


def opened(path: str, mode: int) -> Fault:
    """A file that others may read."""

    @contextmanager
    def fault(platform: Platform) -> Iterator[None]:
        (platform.folder / path).chmod(0o644)
        try:
            yield
        finally:
            (platform.folder / path).chmod(mode)

    return fault


def moved(path: str) -> Fault:
    """A file that is gone."""

    @contextmanager
    def fault(platform: Platform) -> Iterator[None]:
        aside = (platform.folder / path).rename(platform.folder / "aside")
        try:
            yield
        finally:
            aside.rename(platform.folder / path)

    return fault


@contextmanager
def unsaved(platform: Platform) -> Iterator[None]:
    """The backup is 30 hours old."""
    write_note(platform, LONG_AGO)
    yield
    write_note(platform, datetime.now(UTC).isoformat())


WAITING = "select 1 from audit where ordinal is null and at < now() - interval '2 minutes'"
OLD_ROW = """
    insert into audit (at, actor, organization, operation, ids, outcome, request_id)
    values (now() - interval '10 minutes', 'a', 'o', 'x', '{}', '200', 'r')
"""


@contextmanager
def unsealed(platform: Platform) -> Iterator[None]:
    """A transaction that does not end holds the seals up."""
    with connect(platform, "liaison") as holding, connect(platform, "liaison") as writing:
        with holding.transaction():
            holding.execute("select pg_current_xact_id()")
            writing.execute(OLD_ROW)
            yield
        deadline = time.monotonic() + 40
        while writing.execute(WAITING).fetchall():
            assert time.monotonic() < deadline
            time.sleep(0.1)


@contextmanager
def killed(platform: Platform) -> Iterator[None]:
    """A service that fell."""
    service = platform.service("coordination")
    service.kill()
    yield
    service.start()
    service.wait_ready()


@contextmanager
def deaf(platform: Platform) -> Iterator[None]:
    """NATS fell, and the services know."""
    platform.nats.kill()
    deadline = time.monotonic() + 30
    while platform.service("liaison").ready():
        assert time.monotonic() < deadline
    yield
    platform.nats.restart()
    for service in platform.services():
        service.wait_ready()


LETTER = """
    insert into dead_letters values
    ('00000000-0000-0000-0000-000000000001', 'reports.production.issued.v1', '{}', 5, 'KeyError: x', now())
"""
OLDER = "update alembic_version set version_num = '0' || version_num"
NOBODY = "update clients set state = 'suspended' where 'administrator' = any(roles)"
FAULTS: dict[str, tuple[Fault, str, str]] = {
    "key missing": (moved("keys/token.json"), "keys are missing: token.json", "cp -p BACKUP/keys/"),
    "key readable": (opened("keys/token.json", 0o600), "keys are readable by others: token.json", "chmod -R go= "),
    "settings readable": (
        opened("environment/liaison.json", 0o600), "settings are readable by others: liaison.json", "chmod -R go= ",
    ),
    "settings missing": (moved("environment/liaison.json"), "settings of liaison are missing", "make run"),
    "no backup for long": (unsaved, "the last backup is 30 hours old, more than 24", "goodoffices backup NEW-FOLDER"),
    "backup gone": (moved("saved/manifest.json"), "the last backup is not in ", "goodoffices backup NEW-FOLDER"),
    "service fell": (killed, "coordination does not answer at http://", "make run"),
    "NATS fell": (deaf, "NATS does not answer at http://", "make run"),
    "service not ready": (deaf, "liaison is not ready: broker: not connected", "start NATS again"),
    "dead letter": (
        stated("coordination", LETTER, "delete from dead_letters"),
        "coordination gave up 1 events reports.production.issued.v1: KeyError: x",
        "goodoffices replay-dead-letters coordination",
    ),
    "gap": (
        stated(
            "reports",
            "insert into places (source, stream, sequence, gap_since, gap) values ('nobody', 's', 1, now(), 'another one')",
            "delete from places where source = 'nobody'",
        ),
        "reports misses events of nobody: another one",
        "goodoffices republish nobody",
    ),
    "migration due": (
        stated("reports", OLDER, "update alembic_version set version_num = substr(version_num, 2)"),
        "migrations of reports are due",
        "goodoffices migrate reports",
    ),
    "unsealed": (unsealed, "audit rows of liaison were not sealed for ", "start liaison again"),
    "seal cut off": (
        stated(
            "gateway",
            "insert into published_seals values ('liaison', 900000, 1, 'r', 'p', 's', now())",
            "delete from published_seals where number = 900000",
        ),
        "seal 900000 of liaison is missing, or not the one that was announced",
        "goodoffices export-audit liaison",
    ),
    "no administrator": (
        stated("gateway", NOBODY, NOBODY.replace("suspended", "active")),
        "no administrator can sign in",
        "goodoffices administrator create NAME",
    ),
}  # fmt: skip
