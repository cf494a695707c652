"""Kill -9 in the middle of a hand-over, and the same command again: nothing is placed twice, nothing is lost (R19)."""

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
from tests.services.liaison.handover.packages import contact, engagement, make_package, party, series

RECORDS = 2_000


def command(fragile: LoadedPlatform, package: Path) -> "subprocess.Popen[bytes]":
    """`goodoffices handover import`, running."""
    environment = child_environment(os.environ | service_environment("liaison", fragile.platform.surroundings()))
    words = [sys.executable, "-m", "deploy.cli", "handover", "import", str(package)]
    return subprocess.Popen(words, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def placed(fragile: LoadedPlatform) -> tuple[int, int, int]:
    """Rows of parties, of origins, and how many records were looked at, of the package of this test."""
    url = fragile.platform.postgres.url("goodoffices_liaison").replace("+psycopg", "")
    query = """
        select (select count(*) from parties where originator = 'killed'),
            (select count(*) from handover_origins o join handovers h on h.id = o.handover_id where h.office = 'killed'),
            (select coalesce(sum(processed), 0) from handovers where office = 'killed')
    """
    with psycopg.connect(url) as connection:
        row = connection.execute(query.encode()).fetchone()
        assert row is not None
        return row[0], row[1], row[2]


@pytest.mark.timeout(240)
async def test_r19_kill_minus_nine_neither_doubles_nor_loses_a_record(fragile: LoadedPlatform, people: People, tmp_path: Path) -> None:
    count = range(1, RECORDS + 1)
    parts: list[Any] = [
        series(kind, map(make, count)) for kind, make in (("parties", party), ("contacts", contact), ("engagements", engagement))
    ]
    package = make_package(tmp_path / "package", parts, slug="killed")
    liaison = fragile.platform.service("liaison")
    # The service would go on with it by itself; here the command alone is to be seen.
    liaison.kill()
    kills = 0
    try:
        for after in (1, RECORDS, 2 * RECORDS):
            process = command(fragile, package)
            deadline = time.monotonic() + 60
            while placed(fragile)[2] < after and process.poll() is None:
                assert time.monotonic() < deadline
                await asyncio.sleep(0.01)
            if process.poll() is None:
                process.send_signal(signal.SIGKILL)
                kills += 1
            process.wait(20)
            parties, origins, processed = placed(fragile)
            assert origins == processed, "what is placed and what the checkpoint says are one transaction"
            assert parties <= RECORDS
        assert kills >= 1
        last = command(fragile, package)
        assert last.wait(120) == 0
    finally:
        liaison.start()
        liaison.wait_ready()
    assert placed(fragile) == (RECORDS, 3 * RECORDS, 3 * RECORDS + 1)
    handovers = (await people.get("head-of-centre", "/handovers?state=imported"))["items"]
    handover = next(each for each in handovers if each["office"] == "killed")
    assert (await people.get("head-of-centre", f"/handovers/{handover['id']}/reconciliation"))["reconciles"]
