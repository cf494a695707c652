"""Ingest: a submission from HTTP in to queryable, against bare COPY of the same rows into a table with the same indexes."""

import asyncio
import json
import time
import uuid
from statistics import median
from typing import Any

import httpx
import psycopg

from benchmarks.figures import Figure
from tests.platforms import LoadedPlatform, People

ROWS, ROUNDS = 20_000, 3
_COLUMNS = (
    "select column_name from information_schema.columns where table_name = 'twin' and is_generated = 'NEVER' order by ordinal_position"
)
Json = dict[str, Any]


async def measure(platform: LoadedPlatform) -> list[Figure]:
    """Rows per second, medians of interleaved rounds."""
    async with httpx.AsyncClient(base_url=platform.base_url, timeout=300) as http:
        people = await People.sign_in(http, {"unct-uzb": platform.credentials["unct-uzb"]})
        ours, copied = [], []
        for _ in range(ROUNDS):
            rows = [_row(number) for number in range(ROWS)]
            ours.append(await _submit(people, rows))
            copied.append(await asyncio.to_thread(_copy, platform, [row["external_id"] for row in rows]))
    return [Figure(f"ingest of {ROWS:,} rows", median(ours), "rows/s", "bare COPY, same indexes", median(copied), least=0.1)]


def _row(number: int) -> Json:
    """Spread over the country and the decade, so that hardly two speak of one event."""
    return {
        "external_id": str(uuid.uuid4()),
        "occurred_at": f"20{10 + number % 10}-{1 + number % 12:02d}-{1 + number % 28:02d}T{number % 24:02d}:00:00Z",
        "country": "UZB",
        "latitude": 38.0 + (number % 1000) * 0.004,
        "longitude": 60.0 + (number // 1000) * 0.3,
        "themes": ["political"],
        "title": f"Benchmark event {number}",
        "text": "A gathering was reported in the morning and ended by itself.",
        "figures": {"deaths": {"best": number % 3, "low": 0, "high": 3}},
    }


async def _submit(people: People, rows: list[Json]) -> float:
    body = "\n".join(json.dumps(row) for row in rows).encode()
    headers = people.headers("unct-uzb") | {"content-type": "application/x-ndjson"}
    began = time.perf_counter()
    answer = await people.http.post("/v1/feeds/unct-uzb/submissions", content=body, headers=headers)
    took = time.perf_counter() - began
    assert answer.status_code == 202, answer.text[:500]
    assert answer.json()["accepted"] == len(rows)
    return len(rows) / took


def _copy(platform: LoadedPlatform, keys: list[str]) -> float:
    """COPY the very rows that were stored into a twin of their table."""
    url = platform.platform.postgres.url("goodoffices_reports").replace("+psycopg", "")
    with psycopg.connect(url) as connection:
        connection.execute("drop table if exists twin")
        connection.execute("create table twin (like observations including all)")
        columns = [row[0] for row in connection.execute(_COLUMNS)]
        names = ", ".join(columns)
        source = connection.execute(f"select {names} from observations where external_id = any(%s)".encode(), (keys,)).fetchall()
        assert len(source) == len(keys), "the rows that were posted are the rows that are copied"
        connection.commit()
        dumped = [tuple(json.dumps(value) if isinstance(value, dict) else value for value in row) for row in source]
        began = time.perf_counter()
        with connection.cursor() as cursor, cursor.copy(f"copy twin ({names}) from stdin".encode()) as copy:
            for row in dumped:
                copy.write_row(row)
        connection.commit()
        took = time.perf_counter() - began
        connection.execute("drop table twin")
    return len(keys) / took
