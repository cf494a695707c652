"""What a gigabyte costs: the most memory that the service of reports takes while one delivery of that size is received and stored."""

import asyncio
import json
import time
import uuid
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp

from benchmarks.figures import Figure
from tests.platforms import LoadedPlatform, fetch_token_aio

FEED, BYTES, LIMIT_MB, SECONDS = "unct-uzb", 1_000_000_000, 300.0, 600
TEXT = "Собрание прошло спокойно и завершилось к вечеру. " * 60


async def measure(platform: LoadedPlatform) -> list[Figure]:
    """Peak resident memory of the process, against the limit of issue 4."""
    pid = platform.platform.service("reports").pid
    _forget_peak(pid)
    async with aiohttp.ClientSession() as http:
        headers = {"authorization": f"Bearer {await fetch_token_aio(http, platform, FEED)}"}
        address = f"{platform.base_url}/v1/feeds/{FEED}/submissions"
        async with http.post(address, data=_rows(), headers=headers | {"content-type": "application/x-ndjson"}) as answer:
            assert answer.status == 202, await answer.text()
            receipt = await answer.json()
        ends = time.perf_counter() + SECONDS
        while receipt["status"] != "completed":
            assert time.perf_counter() < ends, receipt
            await asyncio.sleep(1)
            headers = {"authorization": f"Bearer {await fetch_token_aio(http, platform, FEED)}"}
            async with http.get(f"{platform.base_url}/v1/submissions/{receipt['id']}", headers=headers) as answer:
                receipt = await answer.json()
    assert receipt["accepted"] == receipt["received"] > 0
    return [Figure(f"peak memory, {receipt['size'] / 1e9:.1f} GB of NDJSON", _peak_mb(pid), "MB", "limit", LIMIT_MB, most=1.0)]


async def _rows() -> AsyncIterator[bytes]:
    """A gigabyte of observations with long texts, a hundred at a time."""
    sent, prefix, number = 0, uuid.uuid4().hex, 0
    while sent < BYTES:
        part = b"".join(_row(f"{prefix}-{number + n}", number + n) for n in range(100))
        number, sent = number + 100, sent + len(part)
        yield part


def _row(key: str, number: int) -> bytes:
    at = f"20{number % 20:02d}-{1 + number % 12:02d}-01T00:00:00Z"
    row = {"external_id": key, "occurred_at": at, "country": "UZB", "themes": ["political"], "title": f"Benchmark {number}", "text": TEXT}
    return json.dumps(row, ensure_ascii=False).encode() + b"\n"


def _forget_peak(pid: int) -> None:
    """Let the kernel count the peak from now on."""
    Path(f"/proc/{pid}/clear_refs").write_text("5")


def _peak_mb(pid: int) -> float:
    """VmHWM: the most it ever held since it was reset."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1000
    raise AssertionError("the kernel tells no VmHWM")
