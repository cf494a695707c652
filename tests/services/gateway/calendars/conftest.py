"""The gateway with liaison behind it, over real HTTP."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx
import pytest
import uvicorn

from tests.clients import Headers
from tests.services.gateway.people import Door
from tests.services.liaison.conftest import Officer


@pytest.fixture(scope="module")
async def liaison_url(liaison: httpx.AsyncClient) -> AsyncIterator[str]:
    """The address at which liaison is served; its background work is the fixture's."""
    app: Any = liaison.app  # type: ignore[attr-defined]
    config = uvicorn.Config(app, lifespan="off", ws="none", log_config=None, access_log=False)
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        await serving


@pytest.fixture
def door(door: Door, liaison_url: str, monkeypatch: pytest.MonkeyPatch) -> Door:
    """The gateway, whose hop leads to liaison."""
    monkeypatch.setattr(door.app.state.hop, "_address_of", lambda _: liaison_url)
    return door


@pytest.fixture
def officer(liaison: httpx.AsyncClient, as_: Callable[..., Headers]) -> Officer:
    """A political officer at liaison."""
    return Officer(liaison, as_("political-officer"))
