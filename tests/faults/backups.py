"""`goodoffices` as a person calls it, and a partner who reads all the while."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from tests.faults.stubborn import may_be_repeated
from tests.platforms import People
from tests.waiting import eventually

Done = subprocess.CompletedProcess[str]


def command(*words: object, **variables: str) -> Done:
    """One command to its end, with what it says."""
    foreign = "GOODOFFICES_"
    ours = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    call = [sys.executable, "-m", "deploy.cli", *map(str, words)]
    env = ours | variables
    return subprocess.run(call, env=env, capture_output=True, text=True, timeout=120, check=False)


async def beside(*words: object, **variables: str) -> Done:
    """The same while everything else goes on."""
    return await asyncio.to_thread(lambda: command(*words, **variables))


@asynccontextmanager
async def reading(people: People, package: str) -> AsyncIterator[Callable[[], int]]:
    """OSCE reads a package again and again; gives how often it was answered with its content."""
    answers: list[bool] = []

    async def read_on() -> None:
        while True:
            answer = await people.try_get("osce", f"/packages/{package}")
            assert answer.is_success or may_be_repeated(answer), answer.text
            answers.append(answer.is_success)
            await asyncio.sleep(0.02)

    task = asyncio.ensure_future(read_on())
    try:
        await eventually(lambda: task.done() or sum(answers) >= 3, 20)
        yield lambda: sum(answers)
        assert not task.done(), task.exception()
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def modes(folder: Path) -> dict[str, int]:
    """Rights of every file below, by its path."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {str(path.relative_to(folder)): path.stat().st_mode & 0o777 for path in files}


def rows_of(found: dict[str, Any]) -> list[str]:
    """Keys of a page."""
    return [each["id"] for each in found["items"]]
