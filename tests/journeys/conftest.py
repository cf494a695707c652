"""Everybody of the demo set, signed in at the platform of this run."""

from collections.abc import AsyncIterator

import httpx
import pytest

from tests.platforms import LoadedPlatform, People


@pytest.fixture
async def people(platform: LoadedPlatform) -> AsyncIterator[People]:
    """`people.get("analyst", "/incidents")` and so on."""
    async with httpx.AsyncClient(base_url=platform.base_url, timeout=60) as http:
        yield await People.sign_in(http, platform.credentials)
