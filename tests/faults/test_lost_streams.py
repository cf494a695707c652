"""F1: NATS lost with all it kept, while a recall and a release were on their way. Nobody mends anything."""

import asyncio
import shutil
import time
from pathlib import Path
from typing import Any

import pytest

from tests.faults.storms import clear_a_report
from tests.faults.stubborn import insist, may_be_repeated
from tests.journeys.rows import ucdp_rows
from tests.platforms import LoadedPlatform, People
from tests.waiting import eventually

Json = dict[str, Any]
HEALED_SECONDS = 30.0


def told(data: Path, *years: int) -> list[Json]:
    """A real event of Tajikistan, as if it had happened in each of the years."""
    row = ucdp_rows(data, "TJK", 1)[0]
    return [row | {"external_id": f"lost-{year}", "occurred_at": f"{year}-03-01T00:00:00Z"} for year in years]


async def package_of(people: People, report: Json) -> Json | None:
    """What OSCE was given of a report."""
    answer = await people.try_get("osce", f"/packages?item=report:{report['id']}")
    if not answer.is_success:
        assert may_be_repeated(answer), answer.text
        return None
    found: list[Json] = answer.json()["items"]
    return found[0] if found else None


async def is_read(people: People, package: str) -> bool | None:
    """Whether OSCE reads the content of a package; None while the platform asks for patience."""
    answer = await people.try_get("osce", f"/packages/{package}")
    if answer.status_code == 503:
        assert may_be_repeated(answer), answer.text
        return None
    return answer.is_success and bool(answer.json()["content"])


async def lose_nats(fragile: LoadedPlatform) -> None:
    """Kill it, remove its store, start it again."""
    nats = fragile.platform.nats
    nats.kill()
    shutil.rmtree(nats.folder / "store")
    await asyncio.to_thread(nats.restart)


@pytest.mark.timeout(240)
async def test_r15_a_partner_reads_nothing_recalled_after_the_streams_were_lost(
    fragile: LoadedPlatform, people: People, data: Path
) -> None:
    rows = told(data, 2021, 2022)
    old = await clear_a_report(people, rows[0], "To be recalled in the dark")
    package = await eventually(lambda: package_of(people, old), 30)
    assert await eventually(lambda: is_read(people, package["id"]), 10)

    coordination = fragile.platform.service("coordination")
    coordination.kill()
    await insist(people, "head-of-centre", f"/reports/{old['id']}/recall", {"reason": "It was wrong."})
    new = await clear_a_report(people, rows[1], "To be issued in the dark")
    await lose_nats(fragile)
    await asyncio.to_thread(coordination.start)
    begun = time.monotonic()
    await asyncio.to_thread(coordination.wait_ready, 60.0)

    given = await eventually(lambda: package_of(people, new), HEALED_SECONDS)
    assert await eventually(lambda: is_read(people, given["id"]), HEALED_SECONDS)
    assert time.monotonic() - begun < HEALED_SECONDS
    # In order: whoever has the new report knows that the old one was recalled before it.
    assert await is_read(people, package["id"]) is False
    for service in fragile.platform.services():
        await eventually(service.ready, HEALED_SECONDS)


@pytest.mark.timeout(240)
async def test_r15_a_recalled_report_is_not_read_while_the_streams_are_lost(fragile: LoadedPlatform, people: People, data: Path) -> None:
    """Reports cannot publish the recall again, since it is away: coordination gives nothing out."""
    row = told(data, 2023)[0]
    old = await clear_a_report(people, row, "To be recalled and forgotten")
    package = await eventually(lambda: package_of(people, old), 30)
    coordination, reports = (fragile.platform.service(each) for each in ("coordination", "reports"))
    coordination.kill()
    await insist(people, "head-of-centre", f"/reports/{old['id']}/recall", {"reason": "It was wrong."})
    reports.ask_to_stop()
    assert await asyncio.to_thread(reports.ended_within, 20)
    await lose_nats(fragile)
    try:
        await asyncio.to_thread(coordination.start)
        await eventually(coordination.answers, 60)
        for _ in range(40):
            assert not await is_read(people, package["id"]), "it reads a report that was recalled"
            await asyncio.sleep(0.1)
        assert not coordination.ready()
    finally:
        await asyncio.to_thread(reports.start)
    await asyncio.to_thread(reports.wait_ready, 60.0)
    assert await eventually(lambda: recalled(people, package["id"]), HEALED_SECONDS)


async def recalled(people: People, package: str) -> bool:
    """Whether OSCE is told that it was recalled."""
    return await is_read(people, package) is False
