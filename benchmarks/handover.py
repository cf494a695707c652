"""Hand-over: a package of 100,000 records from its folder to the registers, against bare COPY of the rows that came of it."""

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg

from benchmarks.figures import Figure
from deploy.environment import child_environment, service_environment
from tests.platforms import LoadedPlatform
from tests.services.liaison.handover.packages import Json, contact, engagement, make_package, party, series

RECORDS = 100_000
LEAST_PER_SECOND = 2_000.0
TABLES = ("parties", "contacts", "positions", "engagements", "handover_records", "handover_origins")


async def measure(platform: LoadedPlatform) -> list[Figure]:
    """Records per second by the command, whole: started, copied to the shelf, checked, placed."""
    with tempfile.TemporaryDirectory(prefix="goodoffices-bench-") as name:
        package = make_package(Path(name) / "package", parts_of(RECORDS), slug="benchmark")
        ours = await asyncio.to_thread(_import, platform, package)
    copied = await asyncio.to_thread(_copy, platform)
    what = f"hand-over of {RECORDS:,} records, package to registers"
    return [
        Figure(what, ours, "records/s", "limit", LEAST_PER_SECOND, least=1.0),
        Figure(what, ours, "records/s", "bare COPY of the same rows, same indexes", copied, least=0.05),
    ]


def parts_of(records: int) -> list[tuple[Json, list[Json | str]]]:
    """A package of four kinds, a quarter each."""
    count = range(1, records // 4 + 1)
    reports: Iterator[Json] = (
        {"external_id": f"R-{n}", "title": f"Weekly {n}", "body": "A quiet week at the bridge. " * 10} for n in count
    )
    return [
        series("parties", map(party, count)),
        series("contacts", map(contact, count)),
        series("engagements", map(engagement, count)),
        series("reports", reports),
    ]


def _import(platform: LoadedPlatform, package: Path) -> float:
    environment = service_environment("liaison", platform.platform.surroundings())
    command = [sys.executable, "-m", "deploy.cli", "handover", "import", str(package)]
    began = time.perf_counter()
    done = subprocess.run(command, env=child_environment(os.environ | environment), capture_output=True, text=True, check=False)
    took = time.perf_counter() - began
    assert done.returncode == 0, done.stderr[-2000:]
    return RECORDS / took


def _copy(platform: LoadedPlatform) -> float:
    """COPY what the package became into twins of the tables; as many records a second."""
    url = platform.platform.postgres.url("goodoffices_liaison").replace("+psycopg", "")
    took = 0.0
    with psycopg.connect(url) as connection:
        for table in TABLES:
            took += _copy_table(connection, table)
    return RECORDS / took


def _copy_table(connection: psycopg.Connection[Any], table: str) -> float:
    twin = f"twin_{table}"
    connection.execute(f"drop table if exists {twin}".encode())
    connection.execute(f"create table {twin} (like {table} including all)".encode())
    with connection.cursor() as cursor, cursor.copy(f"copy {table} to stdout".encode()) as source:
        rows = b"".join(bytes(part) for part in source)
    connection.commit()
    began = time.perf_counter()
    with connection.cursor() as cursor, cursor.copy(f"copy {twin} from stdin".encode()) as copy:
        copy.write(rows)
    connection.commit()
    took = time.perf_counter() - began
    connection.execute(f"drop table {twin}".encode())
    connection.commit()
    return took
