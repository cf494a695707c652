"""`goodoffices handover …` as an officer types it, on a database of its own."""

import asyncio
import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import bagit
import psycopg
import pytest

from deploy.environment import Surroundings, child_environment, service_environment
from deploy.postgres.bootstrap import DatabaseUrls
from services.liaison.handover.adapters.archives import remove
from tests.services.liaison.handover.packages import contact, make_package, party, series, whole

ORDERS_TO_TERMINAL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
Command = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def command(emptied: list[DatabaseUrls], surroundings: Surroundings) -> Command:
    """`command("import", package)`: runs it to its end, in a terminal 160 columns wide."""
    around = replace(surroundings, database_urls=dict(surroundings.database_urls) | {"liaison": emptied[0].app_url})
    terminal = {"FORCE_COLOR": "1", "NO_COLOR": "1", "TERM": "xterm", "COLUMNS": "160"}
    environment = child_environment(os.environ | service_environment("liaison", around) | terminal)

    def run(*words: str | Path) -> "subprocess.CompletedProcess[str]":
        line = [sys.executable, "-m", "deploy.cli", "handover", *map(str, words)]
        done = subprocess.run(line, env=environment, capture_output=True, text=True, timeout=90, check=False)
        done.stdout = ORDERS_TO_TERMINAL.sub("", done.stdout)
        return done

    return run


def count(urls: DatabaseUrls, table: str) -> int:
    """Rows of a table that bears no label."""
    with psycopg.connect(urls.owner_url.replace("+psycopg", "")) as connection:
        row = connection.execute(f"select count(*) from {table}".encode()).fetchone()
    assert row is not None
    return int(row[0])


async def test_r19_a_dry_run_says_what_would_happen_and_writes_nothing(
    command: Command, emptied: list[DatabaseUrls], tmp_path: Path
) -> None:
    package = make_package(tmp_path / "package", whole())
    done = await asyncio.to_thread(command, "import", package, "--dry-run")
    assert done.returncode == 0, done.stderr
    rows = {
        line.split("│")[1].strip(): [cell.strip() for cell in line.split("│")[2:-1]] for line in done.stdout.splitlines() if "│" in line
    }
    assert rows == {
        "parties-1": ["parties", "2", "0"],
        "contacts-1": ["contacts", "2", "1"],
        "engagements-1": ["engagements", "1", "1"],
        "concurrences-1": ["concurrences", "1", "0"],
        "reports-1": ["reports", "1", "0"],
    }
    assert "contacts-1, line 3: /purpose" in done.stdout
    assert "engagements-1, line 2: /parties/0" in done.stdout
    assert (count(emptied[0], "handover_series"), count(emptied[0], "outbox")) == (0, 0)


async def test_r19_the_import_shows_its_progress_and_what_became_of_each_kind(command: Command, tmp_path: Path) -> None:
    many = range(1, 1_501)
    package = make_package(tmp_path / "package", [series("parties", map(party, many)), series("contacts", map(contact, many))])
    done = await asyncio.to_thread(command, "import", package)
    assert done.returncode == 0, done.stderr
    shown = [(int(now), int(total)) for now, total in re.findall(r"Placing records.*?(\d+)/(\d+)", done.stdout)]
    assert shown == sorted(shown), "it never goes back"
    assert len(set(shown)) > 2
    assert shown[-1] == (3_001, 3_001)
    assert re.search(r"contacts\s+│\s+1500\s+│\s+1500\s+│", done.stdout)


async def test_r19_a_package_that_does_not_hold_is_refused_with_its_files(command: Command, tmp_path: Path) -> None:
    package = make_package(tmp_path / "package", whole())
    (package / "data/contacts/contacts-1.ndjson").write_text("{}\n")
    for more in ((), ("--dry-run",)):
        done = await asyncio.to_thread(command, "import", package, *more)
        assert (done.returncode, done.stdout) == (1, "")
        assert "/data/contacts/contacts-1.ndjson" in done.stderr


async def test_r19_the_export_is_a_bag_and_is_written_over_nothing(command: Command, tmp_path: Path) -> None:
    package = make_package(tmp_path / "package", [series("parties", [party(1)]), series("contacts", [contact(1)])])
    assert (await asyncio.to_thread(command, "import", package)).returncode == 0
    ours = tmp_path / "ours"
    words = ("export", "--to", ours, "--begin", "2007-12-10", "--end", "2030-12-31", "--custodian", "The custodian")
    done = await asyncio.to_thread(command, *words)
    assert done.returncode == 0, done.stderr
    digest = hashlib.sha256((ours / "manifest-sha256.txt").read_bytes()).hexdigest()
    assert done.stdout.strip() == f"{ours}: {digest}"
    bagit.Bag(str(ours)).validate()
    assert "Сергей" in (ours / "data/contacts/contacts.ndjson").read_text()
    again = await asyncio.to_thread(command, *words)
    assert (again.returncode, again.stderr.strip()) == (1, f"error: {ours} is there already")
    remove(ours)
    assert (await asyncio.to_thread(command, *words)).returncode == 0
