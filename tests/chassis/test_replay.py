"""Dead letters replayed by the command, as it is typed: in order, whatever fails again, and the watermark moves on."""

import asyncio
import subprocess
import sys
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from chassis.columns import now
from chassis.outbox import envelope
from chassis.principal import system_principal
from contracts.events import Event
from contracts.events.liaison import PartyRegistered
from contracts.labels import Label
from deploy.environment import Surroundings, child_environment, service_environment
from tests.waiting import eventually

SYSTEM = system_principal("gateway")
BURY = text("insert into dead_letters values (:id, :type, cast(:event as jsonb), 5, 'for the test', :at)")


class Graveyard:
    """The gateway's dead letters."""

    def __init__(self, gateway: httpx.AsyncClient, surroundings: Surroundings) -> None:
        self.database: Any = gateway.app.state.database  # type: ignore[attr-defined]
        self.environment = child_environment(service_environment("gateway", surroundings) | {"GOODOFFICES_LOG_LEVEL": "CRITICAL"})

    async def ask(self, query: str, **values: Any) -> list[Any]:
        """Rows as the gateway sees them."""
        async with self.database.transaction(SYSTEM) as session:
            found = await session.execute(text(query), values)
            return list(found.all()) if found.returns_rows else []

    async def bury(self, *events: Event) -> None:
        """Give them up, the last first."""
        async with self.database.transaction(SYSTEM) as session:
            for event in reversed(events):
                row = {"id": event.id, "type": event.type, "event": event.model_dump_json(), "at": now()}
                await session.execute(BURY, row)

    async def replay(self, **settings: str) -> "subprocess.CompletedProcess[str]":
        """`goodoffices replay-dead-letters gateway`, while the gateway of this process goes on: it may hold what the command waits for."""
        words = [sys.executable, "-m", "deploy.cli", "replay-dead-letters", "gateway"]
        options: Any = {"env": self.environment | settings, "capture_output": True, "text": True, "timeout": 60}
        return await asyncio.to_thread(subprocess.run, words, **options)


@pytest.fixture
async def graveyard(gateway: httpx.AsyncClient, surroundings: Surroundings) -> Any:
    found = Graveyard(gateway, surroundings)
    yield found
    await found.ask("delete from dead_letters")


def events(count: int) -> list[Event]:
    """Of parties that nobody registered."""
    return [envelope(PartyRegistered(id=f"replayed-{number}", label=Label(originator="centre")), "test") for number in range(count)]


async def test_they_are_handled_in_the_order_they_were_announced(graveyard: Graveyard) -> None:
    buried = events(5)
    await graveyard.bury(*buried)
    done = await graveyard.replay()
    assert (done.returncode, done.stdout, done.stderr) == (0, "5 events handled, 0 failed again\n", "")
    stored = await graveyard.ask("select id from events where id = any(:ids) order by position", ids=[each.id for each in buried])
    assert [key for (key,) in stored] == [each.id for each in buried]
    assert await graveyard.ask("select 1 from dead_letters") == []
    assert (await graveyard.replay()).stdout == "0 events handled, 0 failed again\n"


async def test_one_that_fails_again_stays_with_its_error_and_keeps_nobody_back(graveyard: Graveyard) -> None:
    first, broken, last = events(3)
    # What a release before this one might have announced.
    broken = broken.model_copy(update={"data": broken.data | {"label": "none at all"}})
    await graveyard.bury(first, broken, last)
    done = await graveyard.replay()
    assert (done.returncode, done.stdout) == (1, "2 events handled, 1 failed again\n")
    assert done.stderr.startswith(f"error: liaison.parties.registered.v1 {broken.id}: ")
    assert "Traceback" not in done.stderr
    ((key, failures, error),) = await graveyard.ask("select event_id, failures, error from dead_letters")
    assert (key, failures) == (broken.id, 6)
    assert "label" in error
    stored = await graveyard.ask("select id from events where id = any(:ids)", ids=[first.id, broken.id, last.id])
    assert {found for (found,) in stored} == {first.id, last.id}


async def test_the_watermark_stands_still_until_they_are_replayed(graveyard: Graveyard, liaison: httpx.AsyncClient) -> None:
    async def seen() -> Any:
        return (await graveyard.ask("select max(seen_until) from watermarks where source = 'liaison'"))[0][0]

    begun = now()

    async def up_to_date() -> bool:
        return (await seen() or begun) > begun

    # The gateway may first have to catch up with all that tests before this one announced.
    await eventually(up_to_date, 60)
    await graveyard.bury(*events(1))
    await asyncio.sleep(0.2)
    stopped = await seen()
    # Two marks later: they come once a second.
    await asyncio.sleep(2.5)
    assert await seen() == stopped
    assert (await graveyard.replay()).returncode == 0
    begun = now()
    await eventually(up_to_date)


async def test_a_database_that_is_away_is_told_in_one_line(graveyard: Graveyard) -> None:
    done = await graveyard.replay(GOODOFFICES_DATABASE_URL="postgresql+psycopg://nobody@127.0.0.1:1/nothing")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("error: OperationalError: ")
    assert done.stderr.count("\n") == 1
