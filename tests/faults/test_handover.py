"""Kill -9 in the middle of a hand-over, by command and over the API: nothing is placed twice, nothing is lost (R19)."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psycopg
import pytest

from deploy.environment import child_environment, service_environment
from tests.platforms import LoadedPlatform, People
from tests.services.liaison.handover.packages import contact, engagement, make_package, party, series, zipped
from tests.waiting import eventually

RECORDS = 2_000


def command(fragile: LoadedPlatform, package: Path) -> "subprocess.Popen[bytes]":
    """`goodoffices handover import`, running."""
    environment = child_environment(os.environ | service_environment("liaison", fragile.platform.surroundings()))
    words = [sys.executable, "-m", "deploy.cli", "handover", "import", str(package)]
    return subprocess.Popen(words, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def placed(fragile: LoadedPlatform, office: str) -> tuple[int, int, int]:
    """Rows of parties, of origins, and how many records were looked at, of the package of that office."""
    url = fragile.platform.postgres.url("goodoffices_liaison").replace("+psycopg", "")
    query = """
        select (select count(*) from parties where originator = %(office)s),
            (select count(*) from handover_origins o join handovers h on h.id = o.handover_id where h.office = %(office)s),
            (select coalesce(sum(processed), 0) from handovers where office = %(office)s)
    """
    with psycopg.connect(url) as connection:
        row = connection.execute(query.encode(), {"office": office}).fetchone()
        assert row is not None
        return row[0], row[1], row[2]


def parts() -> list[Any]:
    """Three kinds of records."""
    kinds = (("parties", party), ("contacts", contact), ("engagements", engagement))
    return [series(kind, map(make, range(1, RECORDS + 1))) for kind, make in kinds]


@pytest.mark.timeout(240)
async def test_r19_kill_minus_nine_neither_doubles_nor_loses_a_record(fragile: LoadedPlatform, people: People, tmp_path: Path) -> None:
    package = make_package(tmp_path / "package", parts(), slug="killed")
    liaison = fragile.platform.service("liaison")
    # The service would go on with it by itself; here the command alone is to be seen.
    liaison.kill()
    kills = 0
    try:
        for after in (1, RECORDS, 2 * RECORDS):
            process = command(fragile, package)
            deadline = time.monotonic() + 60
            while placed(fragile, "killed")[2] < after and process.poll() is None:
                assert time.monotonic() < deadline
                await asyncio.sleep(0.01)
            if process.poll() is None:
                process.send_signal(signal.SIGKILL)
                kills += 1
            process.wait(20)
            parties, origins, processed = placed(fragile, "killed")
            assert origins == processed, "what is placed and what the checkpoint says are one transaction"
            assert parties <= RECORDS
        assert kills >= 1
        last = command(fragile, package)
        assert last.wait(120) == 0
    finally:
        liaison.start()
        liaison.wait_ready()
    assert placed(fragile, "killed") == (RECORDS, 3 * RECORDS, 3 * RECORDS + 1)
    await require_whole(people, "killed")


async def require_whole(people: People, office: str) -> None:
    """The hand-over of that office has ended, and its counts reconcile."""
    handovers = (await people.get("head-of-centre", "/handovers?state=imported"))["items"]
    handover = next(each for each in handovers if each["office"] == office)
    assert (await people.get("head-of-centre", f"/handovers/{handover['id']}/reconciliation"))["reconciles"]


@pytest.mark.timeout(240)
async def test_r19_a_killed_service_goes_on_by_itself_with_what_was_started_over_the_api(
    fragile: LoadedPlatform, people: People, tmp_path: Path
) -> None:
    package = zipped(make_package(tmp_path / "package", parts(), slug="struck"))
    media = people.headers("head-of-centre") | {"content-type": "application/zip"}
    sent = await people.http.post("/v1/handovers", content=package, headers=media)
    assert sent.status_code == 202, sent.text
    await people.post("head-of-centre", f"/handovers/{sent.json()['id']}/start")
    liaison, kills = fragile.platform.service("liaison"), 0
    for after in (1, RECORDS, 2 * RECORDS):
        await eventually(lambda: placed(fragile, "struck")[2] >= after, 60)  # noqa: B023 - asked in this very round
        liaison.kill()
        _, origins, processed = placed(fragile, "struck")
        assert origins == processed, "what is placed and what the checkpoint says are one transaction"
        kills += processed < 3 * RECORDS
        await asyncio.to_thread(liaison.start)
        await asyncio.to_thread(liaison.wait_ready)
    assert kills >= 1
    await eventually(lambda: placed(fragile, "struck")[2] == 3 * RECORDS + 1, 60)
    assert placed(fragile, "struck") == (RECORDS, 3 * RECORDS, 3 * RECORDS + 1)

    async def ended() -> bool:
        found = await people.http.get(f"/v1/handovers/{sent.json()['id']}", headers=people.headers("head-of-centre"))
        return found.status_code == 200 and found.json()["state"] == "imported"

    await eventually(ended, 30)
    await require_whole(people, "struck")
