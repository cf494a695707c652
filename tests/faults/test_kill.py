"""Kill -9 in the middle of the journey: nothing acknowledged is lost, nothing is doubled."""

import asyncio
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.faults.stubborn import insist, keep_listening
from tests.journeys.listeners import Listener, hooks
from tests.journeys.rows import ucdp_rows
from tests.journeys.test_journey import OPEN, RELEASED, situation_report
from tests.platforms import LoadedPlatform, People
from tests.waiting import eventually

Json = dict[str, Any]
VICTIMS = ["reports", "coordination", "gateway", "nats", "postgres"]


async def strike(fragile: LoadedPlatform, victim: str) -> None:
    """Kill -9, and start it again after a moment, as the supervisor of a real deployment does."""
    platform = fragile.platform
    servers: dict[str, Any] = {"nats": platform.nats, "postgres": platform.postgres}
    server = servers.get(victim) or platform.service(victim)
    server.kill()
    await asyncio.sleep(0.5)
    await asyncio.to_thread(server.start)
    await asyncio.to_thread(server.wait_ready)


async def post_submissions(people: People, rows: list[Json], acknowledged: list[Json]) -> None:
    """One row after the other, each until it is acknowledged."""
    for row in rows:
        receipt = await insist(people, "unama-field", "/feeds/unama-field/submissions", [row])
        acknowledged.append(receipt)


async def clear_a_report(people: People, row: Json) -> Json:
    """From evidence to issue, each step until it is acknowledged."""
    await insist(people, "unct-tjk", "/feeds/unct-tjk/submissions", [row])
    incident = (await observations(people, row))[0]["incident"]
    await insist(people, "analyst", f"/incidents/{incident}/grade", {"reliability": "B", "credibility": 2})
    report = await insist(people, "analyst", "/reports", situation_report([incident], "In the storm", OPEN))
    for name, step in [("analyst", "submit"), ("reviewer", "review"), ("head-of-centre", "clear"), ("head-of-centre", "issue")]:
        report = await insist(people, name, f"/reports/{report['id']}/{step}")
    return report


@pytest.mark.timeout(240)
@pytest.mark.parametrize("victim", VICTIMS)
async def test_r5_kill_minus_nine_loses_and_doubles_nothing(fragile: LoadedPlatform, people: People, data: Path, victim: str) -> None:
    turn = VICTIMS.index(victim)
    rows, told = ucdp_rows(data, "AFG", 12, turn * 12), ucdp_rows(data, "TJK", 1, turn)[0]
    listener, acknowledged = Listener(), list[Json]()
    async with hooks() as server:
        made = await insist(people, "osce", "/webhooks", {"url": server.url, "events": [RELEASED]})
        server.secret = made["secret"]
        ears = asyncio.ensure_future(keep_listening(fragile.base_url, people.headers("analyst"), listener))
        await asyncio.wait_for(listener.opened.wait(), 20)
        posting = asyncio.ensure_future(post_submissions(people, rows, acknowledged))
        await eventually(lambda: len(acknowledged) >= 3, 60)
        report, _, _ = await asyncio.gather(clear_a_report(people, told), strike(fragile, victim), posting)

        submissions = {receipt["id"] for receipt in acknowledged}
        assert sum(receipt["accepted"] for receipt in acknowledged) == len(rows)
        for row in rows:
            assert len(await observations(people, row)) == 1
        await eventually(lambda: submissions <= {event["subject"]["id"] for event in listener.of("reports.intake.accepted.v1")}, 30)
        assert len({event["id"] for event in listener.events}) == len(listener.events)

        after = await read_in_the_end(people, f"/reports/{report['id']}")
        assert after["state"] == "issued"
        assert [step["step"] for step in after["steps"]].count("issued") == 1
        await eventually(lambda: server.of(RELEASED), 30)
        await asyncio.sleep(0.5)
        # A notice may be repeated under its own id (at least once); the package is released once.
        assert len({notice["delivery"] for notice in server.of(RELEASED)}) == 1
        ears.cancel()
        with suppress(asyncio.CancelledError):
            await ears
        await insist(people, "osce", f"/webhooks/{made['id']}/disable")


async def observations(people: People, row: Json) -> list[Json]:
    """What is stored of one row."""
    found = await read_in_the_end(people, f"/observations?external_id={row['external_id']}")
    items: list[Json] = found["items"]
    return items


async def read_in_the_end(people: People, path: str) -> Json:
    """GET as the analyst, again until it is answered."""
    for _ in range(60):
        with suppress(httpx.TransportError):
            answer = await people.try_get("analyst", path)
            if answer.is_success:
                found: Json = answer.json()
                return found
        await asyncio.sleep(0.5)
    raise AssertionError(f"{path} was not answered in time")
