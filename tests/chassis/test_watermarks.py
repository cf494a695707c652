"""F9: a mark from the future says nothing, is told, and what was stored of one is put right."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from prometheus_client import REGISTRY
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import watermarks
from chassis.bus import Place
from chassis.columns import now
from chassis.database import Database
from chassis.errors import StaleCopy
from chassis.inbox import Inbox, Subscribers
from chassis.marks import Mark
from chassis.reactions import Reactions
from chassis.watermarks import require_fresh
from deploy.environment import Surroundings

SOURCE = "a-source-of-the-test"
AHEAD = timedelta(minutes=10)
STORE = text("insert into watermarks (source, seen_until) values (:source, :seen)")
PLACE = text("insert into places (source, stream, sequence) values (:source, 'a', 0)")


@pytest.fixture
async def session(surroundings: Surroundings) -> AsyncIterator[AsyncSession]:
    """A transaction on coordination's database that is rolled back."""
    database = Database(surroundings.database_urls["coordination"], Reactions(), pool_size=2)
    async with database.engine.connect() as connection:
        yield AsyncSession(connection)
    await database.close()


class OneTransaction(Database):
    """All transactions are the one of the test."""

    def __init__(self, session: AsyncSession) -> None:
        self._only = session

    def transaction(self, _: Any) -> Any:
        """The one there is."""
        return self

    async def __aenter__(self) -> AsyncSession:
        return self._only

    async def __aexit__(self, *_: object) -> None:
        await self._only.flush()


@pytest.fixture
async def inbox(session: AsyncSession) -> Inbox:
    """A reader at the beginning of a stream."""
    await session.execute(PLACE, {"source": SOURCE})
    bus: Any = None
    return Inbox(OneTransaction(session), bus, "coordination", SOURCE, Subscribers())


class Told:
    """A log that keeps what is told, whatever level the log of the run has."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, str]] = []

    def error(self, what: str, *, source: str, seconds_ahead: float) -> None:
        """Keep the line."""
        assert seconds_ahead > 500
        self.lines.append((what, source))


def refused() -> float:
    labels = {"service": "coordination", "source": SOURCE}
    return REGISTRY.get_sample_value("goodoffices_watermarks_refused_total", labels) or 0


async def is_fresh(session: AsyncSession) -> bool:
    try:
        await require_fresh(session, SOURCE)
    except StaleCopy:
        return False
    return True


async def test_a_mark_from_the_future_opens_no_gate_and_is_told(
    inbox: Inbox, session: AsyncSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, told = refused(), Told()
    monkeypatch.setattr(watermarks, "logger", told)
    await inbox._see(Mark(now() + AHEAD), Place("a", 1))
    assert not await is_fresh(session)
    assert refused() == before + 1
    assert told.lines == [("watermark from the future refused", SOURCE)]
    await inbox._see(Mark(now()), Place("a", 2))
    assert await is_fresh(session)


async def test_a_clock_that_is_a_little_ahead_is_capped(inbox: Inbox, session: AsyncSession) -> None:
    await inbox._see(Mark(now() + timedelta(seconds=1)), Place("a", 1))
    seen = (await session.execute(text("select seen_until from watermarks where source = :s"), {"s": SOURCE})).scalar_one()
    assert seen <= now()
    assert await is_fresh(session)


async def test_a_stored_mark_from_the_future_opens_no_gate_and_is_put_right(inbox: Inbox, session: AsyncSession) -> None:
    await session.execute(STORE, {"source": SOURCE, "seen": now() + AHEAD})
    assert not await is_fresh(session)
    await inbox._see(Mark(now()), Place("a", 1))
    assert await is_fresh(session)


async def test_an_open_gap_closes_the_gate_however_young_the_mark(inbox: Inbox, session: AsyncSession) -> None:
    await inbox._see(Mark(now()), Place("a", 1))
    assert await is_fresh(session)
    await session.execute(text("update places set gap_since = now() where source = :s"), {"s": SOURCE})
    assert not await is_fresh(session)
