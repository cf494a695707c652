"""Feeds and their silence (R7)."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.principal import system_principal
from services.reports.feeds.rules import FeedState, feed_state, resets_clock
from services.reports.feeds.tables import Feed
from tests.services.reports.conftest import Desk, Make

Json = dict[str, Any]
AT = datetime(2026, 1, 1, tzinfo=UTC)
minutes = st.integers(1, 100_000)


@given(minutes, minutes)
def test_r7_a_feed_is_silent_exactly_when_its_interval_has_passed(interval: int, ago: int) -> None:
    last = AT - timedelta(minutes=ago)
    assert (feed_state(True, last, last, interval, AT) is FeedState.silent) == (ago > interval)
    assert feed_state(True, None, last, interval, AT) is (FeedState.silent if ago > interval else FeedState.waiting)
    assert feed_state(False, last, last, interval, AT) is FeedState.not_configured


@given(st.integers(0, 100), st.integers(0, 100))
def test_r7_only_an_all_rejected_delivery_does_not_reset_the_clock(received: int, rejected: int) -> None:
    rejected = min(rejected, received)
    assert resets_clock(received, rejected) == (received == 0 or rejected < received)


@pytest.fixture
def fall_silent(reports: httpx.AsyncClient) -> Callable[[], Awaitable[None]]:
    """Let the feed of the country team in Uzbekistan have been heard of two days ago."""

    async def set_clock() -> None:
        async with reports.app.state.database.transaction(system_principal("reports")) as session:  # type: ignore[attr-defined]
            feed = await session.get(Feed, "unct-uzb")
            feed.last_delivery_at = datetime.now(UTC) - timedelta(days=2)

    return set_clock


@pytest.fixture
def uzbek_team(desk: Make) -> Desk:
    """Its feed."""
    return desk("feed", client_id="unct-uzb", organization="unct-uzb")


async def test_r7_what_resets_the_clock_and_what_does_not(
    fall_silent: Callable[[], Awaitable[None]], analyst: Desk, uzbek_team: Desk, row: Callable[..., Json]
) -> None:
    async def state() -> str:
        return str((await analyst.get("/feeds/unct-uzb"))["state"])

    told = row(country="UZB")
    await uzbek_team.deliver("unct-uzb", [told])
    await fall_silent()
    assert await state() == "silent"
    refused = [{"external_id": told["external_id"]}]
    await uzbek_team.deliver("unct-uzb", refused)
    assert await state() == "silent"
    await uzbek_team.deliver("unct-uzb", refused)
    assert await state() == "silent"
    for alive in ([told], [told, told], [{}, row()]):
        await uzbek_team.deliver("unct-uzb", alive)
        assert await state() == "ok"
        await fall_silent()
    await uzbek_team.deliver("unct-uzb", [])
    assert await state() == "ok"


async def test_the_feeds_of_the_country_teams_and_of_unama_are_there(analyst: Desk, uzbek_team: Desk) -> None:
    listed = (await analyst.get("/feeds", limit=200))["items"]
    assert [each["id"] for each in listed if each["id"].startswith("un")] == [
        "unama-field",
        "unct-kaz",
        "unct-kgz",
        "unct-tjk",
        "unct-tkm",
        "unct-uzb",
    ]
    assert all(each["health"]["failures"] == 0 for each in listed), "also those of before the migration have one"
    first = await analyst.get("/feeds", limit=2)
    second = await analyst.get("/feeds", limit=200, cursor=first["next"])
    assert [each["id"] for each in first["items"] + second["items"]] == [each["id"] for each in listed]
    assert [each["id"] for each in (await uzbek_team.get("/feeds"))["items"]] == ["unct-uzb"]
    await uzbek_team.get("/feeds/unct-kaz", 404)
