"""A platform that has something of everything, and everybody who may ask it."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from tests.architecture.shown_reader import Reader, Trail
from tests.architecture.shown_world import World
from tests.platforms import LoadedPlatform, People
from tests.waiting import eventually


async def sealed_row(people: People) -> str | None:
    """A row under a seal that was announced."""
    seals = (await people.get("auditor", "/audit/seals?service=reports"))["items"]
    told = seals and seals[0]["announced_root"]
    return f"reports:{seals[0]['entries'][0]['seq']}" if told else None


@pytest.fixture(scope="session")
async def reader(platform: LoadedPlatform, data: Path) -> AsyncIterator[Reader]:
    """Everybody signed in, and something in every collection."""
    trail = Trail(platform)
    async with httpx.AsyncClient(base_url=platform.base_url, timeout=60) as http:
        people = await People.sign_in(http, platform.credentials)
        found = Reader(people, await World.build(people, data), trail)
        await found.learn()
        await found.world.name_what_is_listed()
        found.world.ids["row"] = await eventually(lambda: sealed_row(people), 60)
        yield found
    trail.close()
