"""F4: everything dumped, and restored into a new cluster, beside a new NATS: the platform goes on where it was."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree
from typing import Any

import httpx
import psycopg
import pytest
from joserfc.jwk import OKPKey

from chassis.verification import verify_export
from deploy.environment import SERVICES, service_environment
from deploy.platform import Platform
from deploy.postgres.places import programs
from tests.journeys.listeners import Listener, listening
from tests.platforms import LoadedPlatform, People, start_platform
from tests.waiting import eventually

PARTY = {"kind": "other-party", "countries": ["KGZ"]}
# The old cluster is far ahead of a new one in its transactions, as any is after a year.
AHEAD = "do $$ begin for i in 1..20000 loop perform pg_current_xact_id(); commit; end loop; end $$"
SEALED = "select count(*) filter (where ordinal is null), (select max(number) from audit_seals) from audit"
WAITING = "select count(*) from outbox where published_at is null"
STALE = "select count(*) from watermarks where seen_until < now() - interval '5 seconds'"


def address(platform: Platform, service: str) -> str:
    return platform.postgres.url(f"goodoffices_{service}").replace("+psycopg", "")


def ask(platform: Platform, service: str, query: str) -> Any:
    """The first row, as the superuser sees it."""
    with psycopg.connect(address(platform, service), autocommit=True) as connection:
        found = connection.execute(query.encode())
        return found.fetchone() if found.description else None


def run(program: str, *words: str) -> None:
    """A client program of PostgreSQL's. CalledProcessError with what it says."""
    done = subprocess.run([programs() / program, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def move(old: Platform, new: Platform, folder: Path) -> None:
    """Dump each database of `old`, and restore it into the new cluster."""
    new.start_servers()
    new.prepare_databases()
    for service in SERVICES:
        file = str(folder / f"{service}.dump")
        run("pg_dump", "--format=custom", f"--file={file}", address(old, service))
        run("pg_restore", "--exit-on-error", f"--dbname={address(new, service)}", file)


@dataclass(frozen=True)
class Moved:
    """The platform after it was restored, and what was known before."""

    platform: Platform
    last_id: str | None
    seals: dict[str, int]
    credentials: dict[str, Any]


async def last_event(people: People, old: LoadedPlatform) -> str | None:
    """The id of an event that the analyst's stream has brought; two more follow it unheard."""
    listener = Listener()
    async with listening(old.base_url, people.headers("political-officer"), listener):
        await people.post("political-officer", "/parties", PARTY | {"name": "Heard before"})
        await eventually(lambda: listener.last_id, 20)
    for number in range(2):
        await people.post("political-officer", "/parties", PARTY | {"name": f"Unheard {number}"})
    return listener.last_id


def sealed(platform: Platform) -> bool:
    return all(ask(platform, service, SEALED)[0] == 0 for service in SERVICES)


@pytest.fixture
def old(work_folder: Path) -> Iterator[LoadedPlatform]:
    """The platform that is dumped."""
    with start_platform(work_folder / "dumped") as started:
        yield started


@pytest.fixture
async def moved(old: LoadedPlatform, work_folder: Path, tmp_path: Path) -> AsyncIterator[Moved]:
    """It stopped, and everything restored in another folder."""
    new = Platform(work_folder / "restored")
    async with httpx.AsyncClient(base_url=old.base_url, timeout=20) as http:
        last_id = await last_event(await People.sign_in(http, old.credentials), old)
    ask(old.platform, "liaison", AHEAD)
    for service in old.platform.services():
        service.stop()
    seals = {each: ask(old.platform, each, SEALED)[1] or 0 for each in SERVICES}
    copytree(work_folder / "dumped" / "keys", work_folder / "restored" / "keys")
    try:
        await asyncio.to_thread(move, old.platform, new, tmp_path)
        await asyncio.to_thread(new.migrate)
        await asyncio.to_thread(new.start_services)
        yield Moved(new, last_id, seals, old.credentials)
    finally:
        new.erase()


def verify(platform: Platform, service: str, folder: Path) -> None:
    """The whole trail, exported by command, under the key that was kept."""
    export = folder / f"{service}.jsonl"
    environment = os.environ | service_environment(service, platform.surroundings())
    words = [sys.executable, "-m", "deploy.cli", "export-audit", service, str(export)]
    subprocess.run(words, env=environment, check=True, capture_output=True)
    key = OKPKey.import_key(json.loads(platform.surroundings().keys.seal(service).read_text()))
    public = json.dumps(key.as_dict(private=False))
    assert list(verify_export(export.read_text().splitlines(), public)) == []


@pytest.mark.timeout(300)
async def test_a_restored_platform_delivers_publishes_and_seals(moved: Moved, tmp_path: Path) -> None:
    platform = moved.platform
    async with httpx.AsyncClient(base_url=platform.base_url, timeout=20) as http:
        people = await People.sign_in(http, moved.credentials)
        listener = Listener()
        listener.last_id = moved.last_id
        async with listening(platform.base_url, people.headers("political-officer"), listener):
            party = await people.post("political-officer", "/parties", PARTY | {"name": "After"})

            def brought() -> list[str]:
                found = listener.of("liaison.parties.registered.v1")
                return [event["subject"]["id"] for event in found]

            await eventually(lambda: party["id"] in brought(), 30)
            # The two that nobody had heard, then the new one: nothing is left out, nothing comes twice.
            assert len(brought()) == len(set(brought())) == 3
            assert brought()[-1] == party["id"]
    for service in SERVICES:
        assert ask(platform, service, WAITING) == (0,)
        await eventually(lambda service=service: ask(platform, service, STALE) == (0,), 20)  # type: ignore[misc]
    await eventually(lambda: sealed(platform), 60)
    for service in SERVICES:
        assert ask(platform, service, SEALED)[1] > moved.seals[service]
        await asyncio.to_thread(verify, platform, service, tmp_path)
