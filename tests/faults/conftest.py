"""A platform of its own, since these tests kill parts of it."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest

from tests.platforms import LoadedPlatform, People, start_platform


@pytest.fixture(scope="package")
def fragile(work_folder: Path) -> Iterator[LoadedPlatform]:
    """Started like `make run` starts it, without the supervisor that would mend what the tests break."""
    with start_platform(work_folder / "fragile") as started:
        yield started


@pytest.fixture
async def people(fragile: LoadedPlatform) -> AsyncIterator[People]:
    """Everybody of the demo set, signed in."""
    async with httpx.AsyncClient(base_url=fragile.base_url, timeout=20) as http:
        yield await People.sign_in(http, fragile.credentials)
