"""What large deliveries cost in memory: the most that the service of reports takes while one is received and stored."""

import asyncio
import json
import time
import uuid
from collections.abc import AsyncIterator, Iterator
from itertools import count, islice, takewhile
from pathlib import Path
from typing import Any

import aiohttp

from benchmarks.figures import Figure
from tests.platforms import LoadedPlatform, fetch_token_aio

FEED, BYTES, LIMIT_MB, SECONDS = "unct-uzb", 1_000_000_000, 300.0, 600
ROWS, EARLY_ROWS, FLAT = 1_000_000, 100_000, 1.15
TEXT = "Собрание прошло спокойно и завершилось к вечеру. " * 60
Json = dict[str, Any]


async def measure(platform: LoadedPlatform) -> list[Figure]:
    """Peak resident memory of the process: of a million rows against that of their first tenth, of a gigabyte against a limit."""
    pid = platform.platform.service("reports").pid
    _forget_peak(pid)
    peaks = {receipt["received"]: _peak_mb(pid) async for receipt in _deliver(platform, islice(_rows(TEXT[:100]), ROWS))}
    early = max(peak for received, peak in peaks.items() if received <= EARLY_ROWS)
    flat = Figure(f"peak memory, {ROWS:,} rows", peaks[ROWS], "MB", f"of the first {EARLY_ROWS:,}", early, most=FLAT)
    _forget_peak(pid)
    size = [receipt["size"] async for receipt in _deliver(platform, _gigabyte())][-1]
    return [flat, Figure(f"peak memory, {size / 1e9:.1f} GB of NDJSON", _peak_mb(pid), "MB", "limit", LIMIT_MB, most=1.0)]


async def _deliver(platform: LoadedPlatform, rows: Iterator[bytes]) -> AsyncIterator[Json]:
    """The receipt, again and again until the last row is stored."""
    async with aiohttp.ClientSession() as http:
        headers = {"authorization": f"Bearer {await fetch_token_aio(http, platform, FEED)}"}
        address = f"{platform.base_url}/v1/feeds/{FEED}/submissions"
        async with http.post(address, data=_parts(rows), headers=headers | {"content-type": "application/x-ndjson"}) as answer:
            assert answer.status == 202, await answer.text()
            receipt = await answer.json()
        ends = time.perf_counter() + SECONDS
        while receipt["status"] != "completed":
            yield receipt
            assert time.perf_counter() < ends, receipt
            await asyncio.sleep(1)
            headers = {"authorization": f"Bearer {await fetch_token_aio(http, platform, FEED)}"}
            async with http.get(f"{platform.base_url}/v1/submissions/{receipt['id']}", headers=headers) as answer:
                receipt = await answer.json()
    assert receipt["accepted"] == receipt["received"] > 0
    yield receipt


async def _parts(rows: Iterator[bytes]) -> AsyncIterator[bytes]:
    """A hundred rows at a time."""
    for part in takewhile(bool, (b"".join(islice(rows, 100)) for _ in count())):
        yield part


def _gigabyte() -> Iterator[bytes]:
    """Observations with long texts."""
    sent = 0
    for row in _rows(TEXT):
        yield row
        sent += len(row)
        if sent >= BYTES:
            return


def _rows(text: str) -> Iterator[bytes]:
    prefix = uuid.uuid4().hex
    for number in count():
        at = f"20{number % 20:02d}-{1 + number % 12:02d}-01T00:00:00Z"
        said = {"country": "UZB", "themes": ["political"], "title": f"Benchmark {number}", "text": text}
        yield json.dumps({"external_id": f"{prefix}-{number}", "occurred_at": at} | said, ensure_ascii=False).encode() + b"\n"


def _forget_peak(pid: int) -> None:
    """Let the kernel count the peak from now on."""
    Path(f"/proc/{pid}/clear_refs").write_text("5")


def _peak_mb(pid: int) -> float:
    """VmHWM: the most it ever held since it was reset."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1000
    raise AssertionError("the kernel tells no VmHWM")
