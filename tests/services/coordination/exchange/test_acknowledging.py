"""R16: one acknowledges the version one has read, and a recall only when one knows of it."""

import asyncio
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from chassis.principal import system_principal
from tests.services.coordination.conftest import Desk, Json, label, section
from tests.waiting import eventually

WAITING = text(
    "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query ilike '%packages%'"
)


class Partner:
    """A recipient with one delivered package."""

    def __init__(self, desk: Desk, slug: str, report: str, package: Json) -> None:
        self.desk, self.slug, self.report = desk, slug, report
        self.path = f"/packages/{package['id']}"

    async def acknowledge(self, if_match: str | None = None) -> httpx.Response:
        """POST acknowledge."""
        headers = self.desk.as_("partner", organization=self.slug, access="confidential")
        named = {"if-match": if_match} if if_match else {}
        return await self.desk.client.post(f"/v1{self.path}/acknowledge", headers=headers | named)

    async def read(self) -> httpx.Response:
        """GET, as the recipient."""
        return await self.desk.as_partner(self.path, self.slug)

    async def found(self) -> Json:
        """As the Centre sees it."""
        return await self.desk.get(self.path)


@pytest.fixture
async def partner(desk: Desk) -> Partner:
    slug = await desk.partner()
    report = await desk.issue(section(label(slug)))
    package = await desk.package(report, slug)
    await desk.post(f"/packages/{package['id']}/release", role="head-of-centre")
    await desk.until(package["id"], "delivered")
    return Partner(desk, slug, report, package)


async def test_a_stale_version_is_not_acknowledged(partner: Partner) -> None:
    read = (await partner.read()).headers["etag"]
    await partner.desk.recall(partner.report)
    assert (await partner.acknowledge(read)).status_code == 412
    assert (await partner.found())["acknowledged_at"] is None
    seen = await partner.read()
    assert (await partner.acknowledge(seen.headers["etag"])).status_code == 200
    assert (await partner.found())["acknowledged_at"] is not None


@pytest.mark.parametrize("header", [None, "*"])
async def test_a_recall_that_was_not_seen_is_not_acknowledged(partner: Partner, header: str | None) -> None:
    await partner.read()
    await partner.desk.recall(partner.report)
    refused = await partner.acknowledge(header)
    assert (refused.status_code, refused.json()["type"].rsplit("/", 1)[-1]) == (412, "stale")
    assert (await partner.found())["acknowledged_at"] is None


@pytest.mark.parametrize("by", ["reading", "listing"])
async def test_a_recall_that_was_seen_is_acknowledged_without_a_version(partner: Partner, by: str) -> None:
    await partner.desk.recall(partner.report)
    before = (await partner.found())["updated_at"]
    if by == "reading":
        await partner.read()
    else:
        assert (await partner.desk.as_partner("/packages", partner.slug)).json()["items"][0]["state"] == "recalled"
    assert (await partner.found())["updated_at"] == before, "to be seen is no change"
    assert (await partner.acknowledge()).status_code == 200
    assert (await partner.found())["acknowledged_at"] is not None


async def test_what_others_see_is_not_seen_by_the_recipient(partner: Partner) -> None:
    await partner.desk.recall(partner.report)
    await partner.found()
    assert (await partner.acknowledge()).status_code == 412


async def test_f7_acknowledged_in_the_moment_of_the_recall_is_no_acknowledgement_of_it(partner: Partner) -> None:
    """Both wait for the package, the recall before the acknowledgement: the order that counted as one."""
    database: Any = partner.desk.client.app.state.database  # type: ignore[attr-defined]

    async def wait_for_it(count: int) -> None:
        async def all_wait() -> bool:
            async with database.transaction(system_principal("coordination")) as session:
                return bool((await session.execute(WAITING)).scalar() == count)

        await eventually(all_wait)

    async with database.transaction(system_principal("coordination")) as session:
        held = text("select from packages where id = :id for update")
        await session.execute(held, {"id": partner.path.rsplit("/", 1)[-1]})
        recalling = asyncio.ensure_future(partner.desk.recall(partner.report))
        await wait_for_it(1)
        acknowledging = asyncio.ensure_future(partner.acknowledge())
        await wait_for_it(2)
    await recalling
    assert (await acknowledging).status_code == 412
    found = await partner.found()
    assert (found["state"], found["acknowledged_at"]) == ("recalled", None)


async def test_f7_at_the_same_time_either_comes_first_and_no_recall_is_acknowledged(desk: Desk) -> None:
    for _ in range(8):
        slug = await desk.partner()
        report = await desk.issue(section(label(slug)))
        package = await desk.package(report, slug)
        await desk.post(f"/packages/{package['id']}/release", role="head-of-centre")
        await desk.until(package["id"], "delivered")
        partner = Partner(desk, slug, report, package)
        answer, _done = await asyncio.gather(partner.acknowledge(), desk.recall(report))
        found = await partner.found()
        assert answer.status_code in (200, 412)
        assert (found["state"], found["acknowledged_at"]) == ("recalled", None)
