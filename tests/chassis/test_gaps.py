"""F1, F2: a reader that misses messages knows it, calls nothing fresh, and gets them without a person."""

import asyncio
import shutil
from pathlib import Path

import pytest

from chassis.bus import StreamState
from chassis.continuity import LOST, find_gap
from tests.chassis.gaps import SOURCE, Stage
from tests.waiting import eventually

LAST = "select sequence from publishing"
OLDER = "update places set sequence = :sequence, reading = reading + 1"


@pytest.mark.parametrize(
    ("stream", "sequence", "found", "gap"),
    [
        ("a", 7, StreamState("a", 1, 7), None),
        ("a", 7, StreamState("a", 8, 9), None),
        ("a", 7, StreamState("a", 8, 7), None),
        ("a", 7, StreamState("b", 1, 9), "the stream is another one"),
        ("a", 7, StreamState("a", 9, 9), "messages were removed before they were read"),
        ("a", 7, StreamState("a", 1, 6), "the stream ends before what was read"),
        ("", 0, StreamState("a", 2, 5), None),
    ],
)
def test_a_gap_is_told_from_a_place_to_read_on(stream: str, sequence: int, found: StreamState, gap: str | None) -> None:
    assert find_gap(stream, sequence, found) == gap


async def test_a_store_lost_while_the_reader_is_away(stage: Stage) -> None:
    async with stage.publishing():
        async with stage.reading():
            await stage.announce(1, 2)
            await stage.all_read(1, 2)
        await stage.announce(3)
        await stage.published()
    await stage.lose_store()
    await stage.announce(4)
    async with stage.reading():
        # The old mark is young still; what it speaks of is not what there is to know.
        await asyncio.wait_for(_until_gap(stage), 10)
        assert not await stage.fresh()
        async with stage.publishing():
            await stage.all_read(1, 2, 3, 4)


async def _until_gap(stage: Stage) -> None:
    while await stage.gap() is None:
        await asyncio.sleep(0.02)


async def test_a_store_lost_while_all_run(stage: Stage) -> None:
    async with stage.both():
        await stage.announce(1, 2)
        await stage.all_read(1, 2)
        await stage.lose_store()
        await stage.announce(3)
        await stage.all_read(1, 2, 3)


async def test_a_stream_removed_while_all_run_is_declared_again(stage: Stage) -> None:
    async with stage.both():
        await stage.announce(1)
        await stage.all_read(1)
        async with stage.jetstream() as stream:
            await stream.delete_stream(SOURCE.upper())
        await stage.announce(2)
        await stage.all_read(1, 2)


async def test_a_stream_purged_before_it_was_read(stage: Stage) -> None:
    async with stage.publishing():
        async with stage.reading():
            await stage.announce(1)
            await stage.all_read(1)
        await stage.announce(2, 3)
        await stage.published()
        await stage.purge()
        await stage.announce(4)
        async with stage.reading():
            await stage.all_read(1, 2, 3, 4)


async def test_what_is_left_of_a_stream_waits_for_what_was_before_it(stage: Stage) -> None:
    """Released is missing, recalled is there: recalled comes behind released all the same."""
    async with stage.publishing():
        async with stage.reading():
            await stage.announce(1)
            await stage.all_read(1)
        await stage.announce(2)
        await stage.published()
        released = await stage.ask(stage.source, LAST)
        await stage.announce(3)
        await stage.published()
        await stage.purge(released + 1)
        async with stage.reading():
            await stage.all_read(1, 2, 3)


async def test_a_reader_whose_database_was_put_back(stage: Stage) -> None:
    async with stage.publishing():
        async with stage.reading():
            await stage.announce(1)
            await stage.all_read(1)
            before = await stage.ask(stage.reader, "select sequence from places")
            ordinal = await stage.ask(stage.reader, "select ordinal from watermarks")
            await stage.announce(2, 3)
            await stage.all_read(1, 2, 3)
        forget = "update inbox set event_id = gen_random_uuid() where handled_at > (select min(handled_at) from inbox)"
        await stage.ask(stage.reader, forget)
        await stage.ask(stage.reader, OLDER, sequence=before)
        mark = "update watermarks set ordinal = :ordinal, seen_until = now() - interval '1 hour'"
        await stage.ask(stage.reader, mark, ordinal=ordinal)
        await stage.purge()
        stage.handled = [1]
        async with stage.reading():
            await stage.all_read(1, 2, 3)


async def test_a_place_behind_the_end_of_the_stream(stage: Stage) -> None:
    async with stage.publishing():
        async with stage.reading():
            await stage.announce(1)
            await stage.all_read(1)
        await stage.ask(stage.reader, OLDER, sequence=1_000_000)
        await stage.announce(2)
        async with stage.reading():
            await stage.all_read(1, 2)


async def test_a_stream_put_back_to_an_earlier_state(stage: Stage, tmp_path: Path) -> None:
    """The end of it is lost, and new messages come where the lost ones were, before the reader looks."""
    async with stage.publishing(), stage.reading():
        await stage.announce(1)
        await stage.all_read(1)
    stage.nats.stop()
    shutil.copytree(stage.nats.folder / "store", tmp_path / "store")
    await asyncio.to_thread(stage.nats.restart)
    async with stage.publishing():
        await stage.announce(2, 3)
        await stage.published()
        async with stage.reading():
            await stage.all_read(1, 2, 3)
        await stage.announce(4)
        await stage.published()
    stage.nats.stop()
    shutil.rmtree(stage.nats.folder / "store")
    shutil.copytree(tmp_path / "store", stage.nats.folder / "store")
    await asyncio.to_thread(stage.nats.restart)
    async with stage.publishing():
        await stage.announce(*range(5, 30))
        await stage.published()
        async with stage.reading():
            await stage.all_read(*range(1, 30))


async def test_messages_removed_while_a_reader_lags(stage: Stage) -> None:
    """More than the broker hands out at a time: those behind are gone when the reader asks for them."""
    async with stage.publishing(), stage.reading():
        await stage.announce(1)
        await stage.all_read(1)
        stage.flows.clear()
        await stage.announce(*range(2, 251))
        await stage.published()
        await stage.purge()
        await stage.announce(251)
        stage.flows.set()
        await stage.all_read(*range(1, 252))


async def test_two_processes_that_find_the_same_gap(stage: Stage) -> None:
    async with stage.publishing(), stage.reading(), stage.reading(), stage.reading():
        await stage.announce(1)
        await stage.all_read(1)
        await stage.lose_store()
        await stage.announce(*range(2, 50))
        await stage.all_read(*range(1, 50))


async def test_a_service_that_comes_later_gets_all_there_ever_was(stage: Stage) -> None:
    async with stage.publishing():
        await stage.announce(1, 2)
        await stage.published()
    await stage.lose_store()
    # As an upgrade finds it: of what was published before, nothing is known.
    await stage.ask(stage.source, "update publishing set service = 'another'")
    async with stage.publishing():
        await stage.announce(3)
        await stage.published()
        async with stage.reading():
            await stage.all_read(1, 2, 3)


async def test_a_relay_does_not_publish_into_a_stream_it_does_not_know(stage: Stage) -> None:
    """Somebody else made the stream anew between two events: what is missing comes first."""
    async with stage.both():
        await stage.announce(1)
        await stage.all_read(1)
        await stage.announce(2)
        await stage.published()
        async with stage.jetstream() as stream:
            config = (await stream.stream_info(SOURCE.upper())).config
            await stream.delete_stream(SOURCE.upper())
            await stream.add_stream(config)
        await stage.announce(3)
        await stage.all_read(1, 2, 3)


async def test_a_gap_whose_events_are_not_kept_any_more_stays_open_and_says_so(stage: Stage) -> None:
    async with stage.publishing():
        async with stage.reading():
            await stage.announce(1)
            await stage.all_read(1)
        await stage.announce(2, 3)
        await stage.published()
    await stage.ask(stage.source, "update outbox set published_at = now() - interval '200 days'")
    assert await stage.ask(stage.source, "select retire('outbox', now(), 1000)") == 2
    await stage.lose_store()
    async with stage.both():
        await eventually(lambda: _is_told(stage), 20)
        await stage.announce(4)
        await stage.published()
        assert not await stage.fresh()
        assert stage.handled == [1]


async def _is_told(stage: Stage) -> bool:
    return (await stage.gap() or "").endswith(LOST)
