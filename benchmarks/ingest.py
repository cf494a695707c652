"""Ingest: a submission from HTTP in to queryable, against bare COPY of the same rows into a table with the same indexes."""

import asyncio
import json
import time
import uuid
from collections.abc import Callable
from statistics import median
from typing import Any

import httpx
import psycopg
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from benchmarks.figures import Figure
from chassis.columns import new_id, now
from chassis.tables import OutboxRow
from services.reports.incidents.tables import Observation
from tests.platforms import LoadedPlatform, People

ROWS, ROUNDS, MAPPED_ROWS = 100_000, 3, 10_000
FEED = "unct-uzb"
_COLUMNS = (
    "select column_name from information_schema.columns where table_name = 'twin' and is_generated = 'NEVER' order by ordinal_position"
)
Json = dict[str, Any]


async def measure(platform: LoadedPlatform) -> list[Figure]:
    """Rows per second, medians of interleaved rounds."""
    url = platform.platform.postgres.url("goodoffices_reports")
    async with httpx.AsyncClient(base_url=platform.base_url, timeout=300) as http:
        people = await People.sign_in(http, {FEED: platform.credentials[FEED]})
        ours, encoded, copied, mapped = [], [], [], []
        for _ in range(ROUNDS):
            prefix = uuid.uuid4().hex
            ours.append(await _submit(people, prefix))
            encoded.append(await asyncio.to_thread(_copy, url, prefix, _write_encoded))
            copied.append(await asyncio.to_thread(_copy, url, prefix, _write_rows))
            mapped.append(await asyncio.to_thread(_map, url, prefix))
    what = f"ingest of {ROWS:,} rows"
    return [
        Figure(what, median(ours), "rows/s", "bare COPY of rows, same indexes", median(copied), least=0.5),
        Figure(what, median(ours), "rows/s", "bare COPY of encoded lines", median(encoded)),
        Figure(what, median(ours), "rows/s", "SQLAlchemy's add_all, an outbox row each", median(mapped), least=5.0),
    ]


def _row(key: str, number: int) -> Json:
    """Spread over the country and the decade, so that hardly two speak of one event."""
    return {
        "external_id": key,
        "occurred_at": f"20{10 + number % 10}-{1 + number % 12:02d}-{1 + number % 28:02d}T{number % 24:02d}:00:00Z",
        "country": "UZB",
        "latitude": 38.0 + (number % 1000) * 0.004,
        "longitude": 60.0 + (number // 1000) * 0.1,
        "themes": ["political"],
        "title": f"Benchmark event {number}",
        "text": "A gathering was reported in the morning and ended by itself.",
        "figures": {"deaths": {"best": number % 3, "low": 0, "high": 3}},
    }


async def _submit(people: People, prefix: str) -> float:
    """Until the last row is stored and can be asked for."""
    body = "\n".join(json.dumps(_row(f"{prefix}-{number}", number)) for number in range(ROWS)).encode()
    headers = people.headers(FEED) | {"content-type": "application/x-ndjson"}
    began = time.perf_counter()
    answer = await people.http.post(f"/v1/feeds/{FEED}/submissions", content=body, headers=headers)
    assert answer.status_code == 202, answer.text[:500]
    receipt = answer.json()
    while receipt["status"] != "completed":
        # Each question is audited, and costs the two cores ten milliseconds that storing would have.
        await asyncio.sleep(0.25)
        receipt = await people.get(FEED, f"/submissions/{receipt['id']}")
    took = time.perf_counter() - began
    assert receipt["accepted"] == ROWS
    return ROWS / took


def _copy(url: str, prefix: str, write: Callable[[psycopg.Copy, list[bytes]], None]) -> float:
    """COPY the very rows that were stored into a twin of their table."""
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        connection.execute("drop table if exists twin")
        connection.execute("create table twin (like observations including all)")
        columns = [row[0] for row in connection.execute(_COLUMNS)]
        names = ", ".join(columns)
        query = f"copy (select {names} from observations where external_id like '{prefix}%') to stdout"
        with connection.cursor() as cursor, cursor.copy(query.encode()) as copy:
            lines = [bytes(part) for part in copy]
        assert len(lines) == ROWS, "the rows that were posted are the rows that are copied"
        connection.commit()
        began = time.perf_counter()
        with connection.cursor() as cursor, cursor.copy(f"copy twin ({names}) from stdin".encode()) as copy:
            write(copy, lines)
        connection.commit()
        took = time.perf_counter() - began
        connection.execute("drop table twin")
    return ROWS / took


def _write_encoded(copy: psycopg.Copy, lines: list[bytes]) -> None:
    """Lines that are COPY's text format already: PostgreSQL's own limit."""
    for start in range(0, ROWS, 500):
        copy.write(b"".join(lines[start : start + 500]))


def _write_rows(copy: psycopg.Copy, lines: list[bytes]) -> None:
    """Rows of values, as a program has them."""
    for line in lines:
        copy.write_row([None if value == "\\N" else value for value in line.decode().rstrip("\n").split("\t")])


def _map(url: str, prefix: str) -> float:
    """Add mapped objects to the same table, with an outbox row each, as those do who have no batches; and take them out again."""
    engine = create_engine(url)
    with Session(engine) as session:
        source = session.query(Observation).filter(Observation.external_id.like(f"{prefix}%")).limit(MAPPED_ROWS).all()
        names = [column.key for column in Observation.__table__.columns if column.computed is None]
        rows = [{name: getattr(each, name) for name in names} for each in source]
    for row in rows:
        row |= {"id": new_id(), "external_id": f"mapped-{row['external_id']}"}
    began = time.perf_counter()
    with Session(engine) as session:
        session.add_all([Observation(**row) for row in rows])
        session.add_all([OutboxRow(id=new_id(), type="mapped", event={"subject": row["external_id"]}, published_at=now()) for row in rows])
        session.commit()
    took = time.perf_counter() - began
    with engine.begin() as connection:
        connection.exec_driver_sql("delete from observations where external_id like 'mapped-%%'")
        connection.exec_driver_sql("delete from outbox where type = 'mapped'")
    engine.dispose()
    return MAPPED_ROWS / took
