"""F1, F2: a reader that misses messages knows it, calls nothing fresh, and gets them without a person."""

import asyncio
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from chassis.bus import StreamState
from chassis.columns import now
from chassis.continuity import find_gap
from chassis.database import Database
from deploy.environment import Surroundings, service_environment
from deploy.migrations import upgrade
from deploy.postgres.bootstrap import drop_database, prepare_database
from deploy.postgres.server import PostgresAddress
from deploy.servers import NatsServer, start_nats
from deploy.supervisor import Supervisor
from tests.chassis.gaps import READER, SOURCE, Stage
from tests.waiting import eventually

CLEAN = "truncate outbox, inbox, places, watermarks, publishing, dead_letters"
LAST = "select sequence from publishing"
OLDER = "update places set sequence = :sequence, reading = reading + 1"


@pytest.fixture(scope="module")
def urls(postgres_address: PostgresAddress, worker_id: str) -> Any:
    """Databases of liaison and coordination that nobody else uses."""
    names = {service: f"test_gaps_{service}_{worker_id}" for service in (SOURCE, READER)}
    made = {each: prepare_database(postgres_address, each, name) for each, name in names.items()}
    for service, found in made.items():
        upgrade(service, found.owner_url)
    yield made
    for name in names.values():
        drop_database(postgres_address, name)


@pytest.fixture
async def stage(urls: Any, tmp_path_factory: Any, work_folder: Path) -> AsyncIterator[Stage]:
    """Both services as they are on the first day, and a new broker."""
    nats = await asyncio.to_thread(start_nats, work_folder / "nats-gaps")
    source, reader = (Database(urls[each].app_url, pool_size=3) for each in (SOURCE, READER))
    yield Stage(source, reader, nats)
    for service, database in ((SOURCE, source), (READER, reader)):
        await database.close()
        owner = Database(urls[service].owner_url, pool_size=1)
        await Stage(source, reader, nats).ask(owner, CLEAN)
        await owner.close()
    nats.erase()


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
        forget = "delete from inbox where handled_at > (select min(handled_at) from inbox)"
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
    await stage.ask(stage.source, "delete from publishing")
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


async def test_the_command_publishes_again(stage: Stage, urls: Any, surroundings: Surroundings) -> None:
    begun = now() - timedelta(seconds=1)
    async with stage.both():
        await stage.announce(1, 2)
        await stage.all_read(1, 2)
        # A hole that nobody can see: as if the two had never been handled.
        await stage.ask(stage.reader, "delete from inbox")
        stage.handled.clear()
        own = replace(
            surroundings,
            nats_url=stage.nats.url,
            database_urls=dict(surroundings.database_urls) | {SOURCE: urls[SOURCE].app_url},
        )
        words = [sys.executable, "-m", "deploy.cli", "republish", SOURCE]
        done = await asyncio.to_thread(
            subprocess.run,
            [*words, "--since", begun.isoformat()],
            env=os.environ | service_environment(SOURCE, own),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout == "2 events of liaison are published again\n"
        await stage.all_read(1, 2)


async def test_a_broker_that_refuses_to_write_is_started_again(stage: Stage) -> None:
    """F3: a limit on the size of files stands for a full disk; JetStream goes on refusing when it is lifted."""
    clock, said = [0.0], list[str]()

    def look() -> bool:
        clock[0] += 1.0
        return supervisor.look()

    async with stage.both():
        await stage.announce(1)
        await stage.all_read(1)
        supervisor = Supervisor([stage.nats], said.append, lambda: clock[0], at_once)
        assert not look()
        limit_files(stage.nats, 1)
        await stage.announce(2)
        await eventually(lambda: not stage.nats.answers(), 10)
        limit_files(stage.nats, resource.RLIM_INFINITY)
        assert not stage.nats.answers()
        await eventually(look, 10)
        assert said[0].startswith("NATS does not answer (")
        await stage.all_read(1, 2)


def limit_files(nats: NatsServer, size: int) -> None:
    """How large a file of the broker may grow."""
    resource.prlimit(nats.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def at_once(question: Callable[[], bool]) -> "Future[bool]":
    """Asked and answered in this thread."""
    answered = Future[bool]()
    answered.set_result(question())
    return answered
