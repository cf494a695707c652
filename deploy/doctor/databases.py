"""What is wrong in the databases: events, migrations, seals, clocks, administrators."""

import time
from collections.abc import Iterator
from typing import Any, LiteralString

import psycopg

from deploy.doctor.patient import Finding, Patient, bound
from deploy.errors import DatabaseFailed, in_one_line
from deploy.heads import is_current

_DEAD = "select type, count(*)::int, max(error) from dead_letters group by 1 order by 1"
_GAPS = "select source, gap from places where gap_since is not null order by 1"
_UNSEALED = "select extract(epoch from now() - min(at))::float from audit where ordinal is null"
# Of the newest seals: those before were compared when they were new.
_SEALS = "select number, root, signature from audit_seals order by number desc limit 10000"
_ANNOUNCED = """
    select number, root, signature from published_seals where service = %s
    order by number desc limit 10000
"""
_ADMINISTRATOR = """
    select count(*)::int from clients where state = 'active' and 'administrator' = any(roles)
        and exists (select from client_secrets where client_key = clients.id and revoked_at is null)
"""
_CLOCK = "select extract(epoch from clock_timestamp())::float"
Rows = list[tuple[Any, ...]]


def _ask(url: str, query: LiteralString, *values: object) -> Rows:
    with psycopg.connect(url, autocommit=True, connect_timeout=5) as connection:
        return connection.execute(query, values).fetchall()


def answering(patient: Patient) -> Iterator[Finding]:
    """Databases that do not answer; the other checks have nothing to say of them."""
    for service, url in patient.databases.items():
        try:
            _ask(url, "select 1")
        except psycopg.Error as error:
            said = f"the database of {service} does not answer: {in_one_line(error)}"
            yield Finding(said, "make run")


def dead_letters(patient: Patient) -> Iterator[Finding]:
    """Events a service gave up, with the last error."""
    for service, url in patient.databases.items():
        for kind, count, error in _ask(url, _DEAD):
            said = f"{service} gave up {count} events {kind}: {' '.join(error.split())[:120]}"
            yield Finding(said, f"goodoffices replay-dead-letters {service}")


def gaps(patient: Patient) -> Iterator[Finding]:
    """Streams in which a reader misses events."""
    for service, url in patient.databases.items():
        for source, gap in _ask(url, _GAPS):
            said = f"{service} misses events of {source}: {gap}"
            yield Finding(said, f"goodoffices republish {source}")


def migrations(patient: Patient) -> Iterator[Finding]:
    """Databases of an earlier release."""
    for service in patient.settings:
        url = patient.value(service, "MIGRATION_URL")
        try:
            due = url is not None and not is_current(service, url)
        except DatabaseFailed as error:
            yield Finding(str(error), "make run")
            continue
        if due:
            yield Finding(f"migrations of {service} are due", f"goodoffices migrate {service}")


def unsealed(patient: Patient) -> Iterator[Finding]:
    """Audit rows that wait for their seal for longer than GOODOFFICES_UNSEALED_SECONDS (120)."""
    most = bound("UNSEALED_SECONDS", 120)
    for service, url in patient.databases.items():
        ((age,),) = _ask(url, _UNSEALED)
        if age is not None and age > most:
            said = f"audit rows of {service} were not sealed for {age:.0f} s"
            yield Finding(said, f"read its log of the task `sealer`, and start {service} again")


def roots(patient: Patient) -> Iterator[Finding]:
    """Seals that are not what the gateway was told when they were made."""
    gateway = patient.databases.get("gateway")
    if gateway is None:
        return
    for service, url in patient.databases.items():
        held = {row[0]: row[1:] for row in _ask(url, _SEALS)}
        announced = {row[0]: row[1:] for row in _ask(gateway, _ANNOUNCED, service)}
        # What was cut as the setting of retention says lies before the first that is held.
        first = min(held, default=1)
        told = {number: seal for number, seal in announced.items() if number >= first}
        wrong = [number for number, seal in told.items() if held.get(number) != seal]
        if wrong:
            said = f"seal {min(wrong)} of {service} is missing, or not the one that was announced"
            mend = f"goodoffices export-audit {service} FILE, then goodoffices verify-audit"
            yield Finding(said, mend)


def clocks(patient: Patient) -> Iterator[Finding]:
    """PostgreSQL's clock is not this machine's, by more than GOODOFFICES_CLOCK_SECONDS (2)."""
    most = bound("CLOCK_SECONDS", 2)
    for service, url in patient.databases.items():
        with psycopg.connect(url, autocommit=True) as connection:
            before = time.time()
            row = connection.execute(_CLOCK).fetchone()
        assert row is not None
        # Within the question there and back nothing can be told.
        ahead = max(row[0] - time.time(), 0) or min(row[0] - before, 0)
        if abs(ahead) > most:
            yield Finding(
                f"the clock of {service}'s PostgreSQL is {ahead:+.0f} s off this one",
                "chronyc makestep",
            )


def administrators(patient: Patient) -> Iterator[Finding]:
    """Nobody can sign in as an administrator."""
    gateway = patient.databases.get("gateway")
    if gateway is not None and _ask(gateway, _ADMINISTRATOR) == [(0,)]:
        yield Finding("no administrator can sign in", "goodoffices administrator create NAME")
