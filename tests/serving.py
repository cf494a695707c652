"""An app of this process at an address of its own, for clients that need one."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import uvicorn

from deploy.machine import free_port
from tests.waiting import eventually


@asynccontextmanager
async def serving(app: Any) -> AsyncIterator[str]:
    """The address; its background work is somebody else's business."""
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(app, port=port, lifespan="off", log_config=None, timeout_graceful_shutdown=2))
    task = asyncio.ensure_future(server.serve())
    await eventually(lambda: server.started)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        await task
