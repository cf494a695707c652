"""Kill -9 while a large delivery is being stored: what was acknowledged is stored to the last row, each once (R5)."""

import asyncio
import json
import time

import pytest

from tests.platforms import LoadedPlatform, People

ROWS = 30_000
FEED = "unct-tkm"


def body() -> bytes:
    """Rows that no two tell of one event, over the limit of what is stored at once."""
    rows = (
        {
            "external_id": f"killed-{number}",
            "occurred_at": f"20{number % 20:02d}-01-01T00:00:00Z",
            "country": "TKM",
            "title": f"Exercise {number}",
            "text": "A gathering was reported in the morning and ended by itself. " * 4,
        }
        for number in range(ROWS)
    )
    return b"\n".join(json.dumps(row).encode() for row in rows)


@pytest.mark.timeout(240)
async def test_r5_kill_minus_nine_neither_doubles_nor_loses_a_row(fragile: LoadedPlatform, people: People) -> None:
    reports = fragile.platform.service("reports")
    headers = people.headers(FEED) | {"content-type": "application/x-ndjson"}
    answer = await people.http.post(f"/v1/feeds/{FEED}/submissions", content=body(), headers=headers, timeout=60)
    assert answer.status_code == 202, answer.text
    address = f"/submissions/{answer.json()['id']}"
    kills = 0
    for least in (1, ROWS // 2):
        receipt = await until(people, address, least)
        if receipt["status"] != "completed":
            kills += 1
            reports.kill()
            reports.start()
            reports.wait_ready()
    assert kills >= 1, "it was stored before anything could be killed"
    receipt = await until(people, address, ROWS, "completed")
    assert [receipt[name] for name in ("received", "accepted", "duplicate", "rejected")] == [ROWS, ROWS, 0, 0]


async def until(people: People, address: str, received: int, status: str = "") -> dict[str, object]:
    """The receipt once so many rows are stored, and it has that status, if one is given."""
    deadline = time.monotonic() + 120
    while True:
        found = await people.get(FEED, address)
        if found["received"] >= received and status in ("", found["status"]):
            return found
        assert time.monotonic() < deadline, found
        await asyncio.sleep(0.05)
