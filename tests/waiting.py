"""Waiting for what happens soon, but not at once."""

import asyncio
import inspect
import time
from collections.abc import Callable
from typing import Any


async def eventually(check: Callable[[], Any], seconds: float = 10.0) -> Any:
    """The first true answer of `check`, which may be asynchronous; AssertionError when none comes in time."""
    deadline = time.monotonic() + seconds
    while True:
        found = check()
        if inspect.isawaitable(found):
            found = await found
        if found:
            return found
        assert time.monotonic() < deadline, f"did not come true within {seconds} s"
        await asyncio.sleep(0.02)
