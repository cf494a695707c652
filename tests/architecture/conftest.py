"""A platform that has something of everything, and everybody who may ask it."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from tests.architecture.shown_reader import Reader, Trail
from tests.architecture.shown_world import World
from tests.platforms import LoadedPlatform, People
from tests.waiting import eventually


async def sealed(people: People) -> bool:
    """Whether there is a seal to show."""
    return bool((await people.get("auditor", "/audit/seals?service=reports"))["items"])


@pytest.fixture(scope="session")
async def reader(platform: LoadedPlatform, data: Path) -> AsyncIterator[Reader]:
    """Everybody signed in, and something in every collection."""
    trail = Trail(platform)
    async with httpx.AsyncClient(base_url=platform.base_url, timeout=60) as http:
        people = await People.sign_in(http, platform.credentials)
        found = Reader(people, await World.build(people, data), trail)
        await found.learn()
        await found.world.name_what_is_listed()
        await eventually(lambda: sealed(people), 60)
        yield found
    trail.close()
