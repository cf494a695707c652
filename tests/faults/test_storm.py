"""The storm: kills, pauses and full disks by seed, under load.

Nothing acknowledged is lost or doubled, and nobody reads what was not released, or was recalled.

SECONDS=180 SEED=7 make storm
"""

import asyncio
import os
import secrets
import signal
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from deploy.environment import SERVICES
from tests.faults.oracle import Oracle, mark_of
from tests.faults.test_kill import ask, told_of
from tests.faults.weather import Storm, small_disk, watched
from tests.journeys.test_journey import RELEASED
from tests.platforms import LoadedPlatform, People, start_platform
from tests.waiting import eventually

SECONDS = float(os.environ.get("SECONDS", "40"))
SEED = int(os.environ.get("SEED", str(secrets.randbelow(10**6))))
# The supervisor waits longer each time that the same process falls: up to a minute.
CALM_SECONDS = 120.0
HEALED_SECONDS = 30.0


@pytest.fixture(scope="module")
def stormy(work_folder: Path) -> Iterator[LoadedPlatform]:
    """A platform on a disk of its own."""
    with small_disk(work_folder / "stormy") as folder, start_platform(folder) as started:
        yield started


@pytest.fixture
async def oracle(stormy: LoadedPlatform) -> AsyncIterator[Oracle]:
    """Everybody signed in, and what is acknowledged from now on."""
    async with httpx.AsyncClient(base_url=stormy.base_url, timeout=20) as http:
        yield Oracle(await People.sign_in(http, stormy.credentials), mark_of(SEED))


@pytest.mark.timeout(SECONDS + 600)
async def test_a_storm_loses_and_shows_nothing(stormy: LoadedPlatform, oracle: Oracle) -> None:
    storm, said = Storm(stormy.platform, SEED), list[str]()
    try:
        with watched(stormy.platform, said):
            work = asyncio.ensure_future(oracle.run())
            await storm.blow(SECONDS)
            oracle.ended.set()
            await work
            await all_ready(stormy)
            await nothing_is_lost_or_doubled(stormy, oracle)
            assert not oracle.wrong
            assert oracle.reads["content"] > 0
        # As after a calm minute: the supervisor forgets how often it had to start each again.
        with watched(stormy.platform, said):
            await heals_from_a_lost_store(stormy, oracle, storm)
    except BaseException:
        print(f"SEED={SEED} SECONDS={SECONDS:.0f}", *storm.log, *said, sep="\n")
        raise
    assert not oracle.wrong
    done = (len(oracle.rows), len(oracle.issued), len(oracle.recalled), oracle.reads.total())
    print(f"SEED={SEED}: {len(storm.log)} times trouble, {len(said)} restarts")
    print("{} rows, {} reports, {} recalls, {} reads".format(*done))


async def all_ready(stormy: LoadedPlatform) -> None:
    """Everything runs again by itself."""
    for service in stormy.platform.services():
        await eventually(lambda service=service: asyncio.to_thread(service.ready), CALM_SECONDS)


async def nothing_is_lost_or_doubled(stormy: LoadedPlatform, oracle: Oracle) -> None:
    """What was acknowledged is there once, and everybody was told of it once."""
    known = "from observations where external_id like %s group by 1"
    stored = f"select external_id, count(*)::int {known}"
    rows = dict(ask(stormy, "reports", stored, f"{oracle.mark}-%"))
    assert {row for row in oracle.rows if rows.get(row) != 1} == set()
    assert {row for row, count in rows.items() if count != 1} == set()
    doubled = "select title from reports where title like %s group by 1 having count(*) > 1"
    assert ask(stormy, "reports", doubled, f"{oracle.mark} %") == []
    await eventually(lambda: everybody_was_told(stormy), 60)
    told = told_of(stormy, oracle.reports)
    for step, reports in (("issued", oracle.issued), ("recalled", oracle.recalled)):
        kind = f"reports.production.{step}.v1"
        assert {report for report in reports if told[report, kind] != 1} == set()
    await each_has_one_package(stormy, oracle)
    for service in SERVICES:
        assert ask(stormy, service, "select type, error from dead_letters") == []


def everybody_was_told(stormy: LoadedPlatform) -> bool:
    """The gateway has every event of every outbox."""
    known = {row[0] for row in ask(stormy, "gateway", "select id from events")}
    said = "select id from outbox where type not like 'gateway.%%'"
    return all({row[0] for row in ask(stormy, each, said)} <= known for each in SERVICES)


async def each_has_one_package(stormy: LoadedPlatform, oracle: Oracle) -> None:
    """For OSCE, released once."""
    for report in oracle.issued:

        async def packages(report: str = report) -> list[Any]:
            path = f"/packages?recipient=osce&item=report:{report}"
            found = await oracle.people.get("coordination-officer", path)
            return [each["id"] for each in found["items"]]

        if report not in oracle.recalled:
            await eventually(packages, 60)
        given = await packages()
        assert len(given) <= 1
        assert all(told_of(stormy, given)[each, RELEASED] <= 1 for each in given)


async def heals_from_a_lost_store(stormy: LoadedPlatform, oracle: Oracle, storm: Storm) -> None:
    """A recall and a release are on their way to coordination when NATS loses all it kept."""
    old = await oracle.issue(10_001)
    assert await eventually(lambda: oracle.look_at(old), 30)
    coordination = stormy.platform.service("coordination")
    os.kill(coordination.pid, signal.SIGSTOP)
    try:
        await oracle.recall(old)
        new = asyncio.ensure_future(oracle.issue(10_002))
        await storm.lose_store()
    finally:
        os.kill(coordination.pid, signal.SIGCONT)
    begun = time.monotonic()
    report = await new
    assert await eventually(lambda: oracle.look_at(report), HEALED_SECONDS)
    assert await oracle.look_at(old) is False
    await all_ready(stormy)
    print(f"healed in {time.monotonic() - begun:.1f} s")
    assert time.monotonic() - begun < HEALED_SECONDS


@pytest.mark.timeout(120)
async def test_the_oracle_sees_what_must_not_be(stormy: LoadedPlatform, oracle: Oracle) -> None:
    """In calm: a row that is not there, and a report that is read too late or too early."""
    report = await oracle.issue(20_001)
    assert await eventually(lambda: oracle.look_at(report), 30)
    assert not oracle.wrong
    await nothing_is_lost_or_doubled(stormy, oracle)
    oracle.recalled[report] = time.monotonic() - 60
    assert await oracle.look_at(report)
    assert "after its recall" in oracle.wrong.pop()
    del oracle.recalled[report]
    oracle.may_be_read.remove(report)
    assert await oracle.look_at(report)
    assert "before it was issued" in oracle.wrong.pop()
    oracle.rows.add(f"{oracle.mark}-lost")
    with pytest.raises(AssertionError, match="lost"):
        await nothing_is_lost_or_doubled(stormy, oracle)
