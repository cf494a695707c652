"""Nothing runs, waits for a database or calls a stranger's server but by the chassis' one way."""

import re
from pathlib import Path

import pytest

from deploy.places import PROJECT

CODE = [*PROJECT.glob("chassis/**/*.py"), *PROJECT.glob("services/**/*.py")]


def _names(pattern: str) -> set[str]:
    found = re.compile(pattern)
    return {str(path.relative_to(PROJECT)) for path in CODE if found.search(path.read_text())}


def test_what_a_database_that_is_away_raises_is_listed_once() -> None:
    assert _names(r"\b(OperationalError|InterfaceError)\b(?! when the database)") == {"chassis/database.py"}


def test_strangers_servers_are_called_by_one_client() -> None:
    clients = (
        r"httpx\.(AsyncClient|Client|AsyncHTTPTransport|HTTPTransport|get|post|request|stream)\("
        r"|ClientSession\(|urlopen\(|\brequests\.(get|post)\(|\b(create|open)_connection\("
    )
    # The hop calls our own services, and nobody else's.
    assert _names(clients) == {"chassis/outbound.py", "services/gateway/routing/adapters/upstream.py"}


def test_tasks_of_the_loop_begin_in_few_places() -> None:
    """Each of these awaits what it begins, or is the runner itself."""
    assert _names(r"\b(create_task|ensure_future|TaskGroup)\(") == {
        "chassis/audit.py",
        "chassis/gathering.py",
        "chassis/outbox.py",
        "chassis/runner.py",
        "chassis/slots.py",
        "services/gateway/identity/queries.py",
        "services/gateway/streams/endpoints.py",
        "services/reports/intake/actions/judging.py",
        "services/reports/intake/actions/processing.py",
    }


@pytest.mark.parametrize("path", sorted(PROJECT.glob("services/*/jobs.py")), ids=lambda path: path.parent.name)
def test_jobs_are_rounds_and_no_loops(path: Path) -> None:
    assert not re.search(r"while True|asyncio\.sleep|AsyncConnection|listen ", path.read_text())


def test_one_connection_listens() -> None:
    assert _names(r"(?i)\bsql\(\"listen |\"listen |\.notifies\(") == {"chassis/listening.py"}
