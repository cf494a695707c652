"""Kill -9 in the middle of the journey: nothing acknowledged is lost, nothing is doubled."""

import asyncio
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.faults.storms import OFFICER, Talks, clear_a_report, observations, post_submissions
from tests.faults.stubborn import insist, keep_listening, read_in_the_end
from tests.journeys.listeners import Hooks, Listener, hooks
from tests.journeys.rows import ucdp_rows
from tests.journeys.test_journey import RELEASED
from tests.platforms import LoadedPlatform, People
from tests.waiting import eventually

Json = dict[str, Any]
VICTIMS = ["liaison", "reports", "coordination", "gateway", "nats", "postgres"]
ROUND = {"concurrence": ["requested", "granted", "withdrawn"], "engagements": ["proposed", "scheduled", "suspended"]}


async def strike(fragile: LoadedPlatform, victim: str, calm: asyncio.Event) -> None:
    """Kill -9, and start it again after a moment, as the supervisor of a real deployment does."""
    platform = fragile.platform
    servers: dict[str, Any] = {"nats": platform.nats, "postgres": platform.postgres}
    server = servers.get(victim) or platform.service(victim)
    server.kill()
    await asyncio.sleep(0.5)
    await asyncio.to_thread(server.start)
    await asyncio.to_thread(server.wait_ready)
    calm.set()


@pytest.mark.timeout(240)
@pytest.mark.parametrize("victim", VICTIMS)
async def test_r5_kill_minus_nine_loses_and_doubles_nothing(fragile: LoadedPlatform, people: People, data: Path, victim: str) -> None:
    turn, title, calm = VICTIMS.index(victim), f"In the storm of {victim}", asyncio.Event()
    rows, told = ucdp_rows(data, "AFG", 12, turn * 12), ucdp_rows(data, "TJK", 1, turn)[0]
    listener, acknowledged, talks = Listener(), list[Json](), await Talks.begin(people, f"Council of {victim}")
    async with hooks() as server:
        webhook = await insist(people, "osce", "/webhooks", {"url": server.url, "events": [RELEASED]})
        server.secret = webhook["secret"]
        ears = asyncio.ensure_future(keep_listening(fragile.base_url, people.headers("analyst"), listener))
        await asyncio.wait_for(listener.opened.wait(), 20)
        storm = [post_submissions(people, rows, acknowledged), talks.go_on(calm), clear_a_report(people, told, title)]
        work = asyncio.gather(*storm)
        await eventually(lambda: work.done() or len(acknowledged) >= 3, 60)
        await strike(fragile, victim, calm)
        report = (await work)[2]

        await submissions_are_kept_once(people, rows, acknowledged, listener)
        await talks_are_kept_once(fragile, talks)
        await clearance_is_kept_once(fragile, people, report)
        await delivery_is_kept_once(fragile, people, report, webhook, server)
        ears.cancel()
        with suppress(asyncio.CancelledError):
            await ears
        await insist(people, "osce", f"/webhooks/{webhook['id']}/disable")


async def submissions_are_kept_once(people: People, rows: list[Json], acknowledged: list[Json], listener: Listener) -> None:
    """Each row is one observation, each submission one event."""
    assert sum(receipt["accepted"] for receipt in acknowledged) == len(rows)
    for row in rows:
        assert len(await observations(people, row)) == 1
    submissions = {receipt["id"] for receipt in acknowledged}
    await eventually(lambda: submissions <= {event["subject"]["id"] for event in listener.of("reports.intake.accepted.v1")}, 30)
    assert len({event["id"] for event in listener.events}) == len(listener.events)


async def talks_are_kept_once(fragile: LoadedPlatform, talks: Talks) -> None:
    """Every concurrence and engagement that was acknowledged is there and no other, each step of each announced once."""
    for collection, known, state in (("concurrences", talks.concurrences, "withdrawn"), ("engagements", talks.engagements, "suspended")):
        found = await read_in_the_end(talks.people, OFFICER, f"/{collection}?party={talks.party}&limit=200")
        assert Counter(each["id"] for each in found["items"]) == Counter(known)
        assert {each["state"] for each in found["items"]} == {state}
    wanted = {"concurrence": talks.concurrences, "engagements": talks.engagements}
    for capability, known in wanted.items():
        once = Counter((key, f"liaison.{capability}.{step}.v1") for key in known for step in ROUND[capability])
        await eventually(lambda known=known, once=once: told_of(fragile, known) >= once, 30)
        assert told_of(fragile, known) == once


async def clearance_is_kept_once(fragile: LoadedPlatform, people: People, report: Json) -> None:
    """One report of that title, each step of it taken once, its issue announced once."""
    after = await read_in_the_end(people, "analyst", f"/reports/{report['id']}")
    assert after["state"] == "issued"
    assert [step["step"] for step in after["steps"]] == ["drafted", "submitted", "reviewed", "cleared", "issued"]
    assert ask(fragile, "reports", "select count(*) from reports where title = %s", report["title"]) == [(1,)]
    await eventually(lambda: told_of(fragile, [report["id"]])[report["id"], "reports.production.issued.v1"], 30)
    told = told_of(fragile, [report["id"]])
    assert (told[report["id"], "reports.production.drafted.v1"], told[report["id"], "reports.production.issued.v1"]) == (1, 1)


async def delivery_is_kept_once(fragile: LoadedPlatform, people: People, report: Json, webhook: Json, server: Hooks) -> None:
    """One package for the recipient, released once, and one delivery of it in the log, arrived."""
    await eventually(lambda: server.of(RELEASED), 30)

    async def log() -> list[Json]:
        found = await read_in_the_end(people, "osce", f"/webhooks/{webhook['id']}/deliveries")
        return [each for each in found["items"] if each["type"] == RELEASED]

    async def arrived() -> bool:
        return all(each["state"] == "delivered" for each in await log())

    await eventually(arrived, 30)
    # A notice may be repeated under its own id (at least once); the package is released once.
    (delivery,) = await log()
    assert {notice["delivery"] for notice in server.of(RELEASED)} == {delivery["id"]}
    packages = await read_in_the_end(people, "coordination-officer", f"/packages?recipient=osce&item=report:{report['id']}")
    assert [each["id"] for each in packages["items"]] == [delivery["payload"]["data"]["id"]]
    assert told_of(fragile, [packages["items"][0]["id"]])[packages["items"][0]["id"], RELEASED] == 1


def told_of(fragile: LoadedPlatform, subjects: list[str]) -> Counter[tuple[str, str]]:
    """How often each event of these things came to the gateway, by thing and type."""
    query = "select subject_id, type, count(*)::int from events where subject_id = any(%s) group by 1, 2"
    return Counter({(subject, kind): count for subject, kind, count in ask(fragile, "gateway", query, subjects)})


def ask(fragile: LoadedPlatform, service: str, query: str, *values: object) -> list[Any]:
    """Rows of a service's database, seen as they are."""
    url = fragile.platform.postgres.url(f"goodoffices_{service}").replace("+psycopg", "")
    with psycopg.connect(url) as connection:
        return connection.execute(query.encode(), values).fetchall()
