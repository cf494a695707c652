"""The gateway with the three services behind it, over real HTTP."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import httpx
import pytest

from tests.services.gateway.people import Door
from tests.serving import serving


@pytest.fixture
async def behind(
    door: Door,
    liaison: httpx.AsyncClient,
    reports: httpx.AsyncClient,
    coordination: httpx.AsyncClient,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[Door]:
    """The gateway, whose hop leads to all services."""
    clients = {"liaison": liaison, "reports": reports, "coordination": coordination}
    async with AsyncExitStack() as stack:
        urls = {
            name: await stack.enter_async_context(serving(client.app))  # type: ignore[attr-defined]
            for name, client in clients.items()
        }
        monkeypatch.setattr(door.app.state.hop, "_address_of", urls.__getitem__)
        yield door
