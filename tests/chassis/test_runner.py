"""The background runner: what fails is counted and tried again, and ends neither the process nor its neighbours."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from itertools import pairwise
from typing import Any
from uuid import uuid4

import httpx
import psycopg
import pytest

from chassis.leading import Connection
from chassis.listening import Listener
from chassis.runner import Reader, Runner, Task
from chassis.slots import Slots
from deploy.environment import Surroundings
from deploy.postgres.bootstrap import DatabaseUrls
from services.liaison.app import create_app
from tests.conftest import running
from tests.waiting import eventually


class Panic(BaseException):
    """As a library in Rust raises it: no Exception."""


ERRORS = [ValueError("no"), SystemExit(1), KeyboardInterrupt(), asyncio.CancelledError(), Panic(), TimeoutError()]


@pytest.fixture
def dsn(databases: dict[str, DatabaseUrls]) -> str:
    return databases["liaison"].app_url.replace("+psycopg", "")


@asynccontextmanager
async def run(dsn: str, *work: Task | Reader) -> AsyncIterator[Runner]:
    runner = Runner("liaison", dsn, Listener(dsn), list(work))
    runner.start()
    try:
        yield runner
    finally:
        await runner.stop()


def name() -> str:
    return f"test-{uuid4().hex[:8]}"


def raises_once(error: BaseException, rounds: list[int]) -> Callable[[], Any]:
    async def work() -> None:
        rounds.append(len(rounds))
        if len(rounds) == 1:
            raise error

    return work


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
async def test_whatever_a_task_raises_is_counted_and_tried_again(dsn: str, error: BaseException) -> None:
    rounds: list[int] = []
    task = Task(name=name(), work=raises_once(error, rounds), every=0.01)
    async with run(dsn, task) as runner:
        standing = runner.standing[task.name]
        await eventually(lambda: standing.failures == 1)
        await eventually(lambda: len(rounds) >= 3)
        assert standing.failures == 0
        assert standing.late() is None


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
async def test_a_reader_is_begun_anew_whatever_it_raises(dsn: str, error: BaseException) -> None:
    begun: list[int] = []
    reader = Reader(name=name(), run=raises_once(error, begun))
    async with run(dsn, reader):
        await eventually(lambda: len(begun) >= 2)


async def test_a_failing_task_disturbs_no_other_and_waits_longer_and_longer(dsn: str) -> None:
    failed, done = [], []

    async def fail() -> None:
        failed.append(asyncio.get_running_loop().time())
        raise ValueError

    async def work() -> None:
        done.append(1)

    tasks = Task(name=name(), work=fail, every=0.01), Task(name=name(), work=work, every=0.01)
    async with run(dsn, *tasks) as runner:
        await eventually(lambda: len(failed) >= 4)
        assert len(done) > 50
        assert runner.standing[tasks[0].name].failures >= 3
    pauses = [later - earlier for earlier, later in pairwise(failed)]
    assert 0.25 <= pauses[0] < pauses[2]


async def test_a_round_over_its_limit_is_ended_and_counted(dsn: str) -> None:
    ended = asyncio.Event()

    async def hang() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    task = Task(name=name(), work=hang, every=1, limit=0.3, overdue=0.1)
    async with run(dsn, task) as runner:
        assert "at one round" in await eventually(runner.standing[task.name].late)
        await eventually(lambda: runner.standing[task.name].failures)
        assert ended.is_set()


async def test_a_notice_wakes_at_once_and_so_does_the_moment_a_round_named(dsn: str) -> None:
    channel, rounds, due = name().replace("-", "_"), [], [0.05]

    async def work() -> float | None:
        rounds.append(1)
        return due.pop() if due else None

    async with run(dsn, Task(name=name(), work=work, every=3600, wake_on=channel)) as runner:
        await eventually(lambda: runner.listener.is_listening and len(rounds) >= 2)
        before = len(rounds)
        with psycopg.connect(dsn, autocommit=True) as connection:
            connection.execute(f"notify {channel}".encode())
        await eventually(lambda: len(rounds) > before)


async def test_a_lost_connection_of_notices_comes_back_and_wakes_everybody(dsn: str, postgres_address: Any) -> None:
    channel, rounds = name().replace("-", "_"), []

    async def work() -> None:
        rounds.append(1)

    async with run(dsn, Task(name=name(), work=work, every=3600, wake_on=channel)) as runner:
        await eventually(lambda: runner.listener.is_listening)
        before = len(rounds)
        end = "select pg_terminate_backend(pid) from pg_stat_activity where query = %s"
        with psycopg.connect(postgres_address.url().replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute(end, (f'listen "{channel}"',))
        await eventually(lambda: runner.standing["listener"].failures)
        await eventually(lambda: runner.listener.is_listening and len(rounds) > before)


async def test_one_process_leads_and_another_takes_over(dsn: str) -> None:
    led: list[str] = []

    def led_by(process: str) -> Any:
        async def work(_: Connection) -> None:
            led.append(process)

        return work

    shared = name()
    first = Task(name=shared, led=led_by("first"), every=0.02)
    second = Task(name=shared, led=led_by("second"), every=0.02)
    async with run(dsn, second) as other:
        await eventually(lambda: "second" in led)
        async with run(dsn, first):
            await eventually(lambda: len(led) > 20)
            assert set(led) == {"second"}
            await other.stop()
            await eventually(lambda: "first" in led)


async def test_a_task_that_is_late_makes_its_service_unready_by_name(surroundings: Surroundings) -> None:
    async def fail() -> None:
        raise ValueError

    async with running(create_app, "liaison", surroundings) as http:
        runner: Runner = http.app.state.runner  # type: ignore[attr-defined]

        async def is_ready() -> bool:
            return (await http.get("/readyz")).status_code == 200

        await eventually(is_ready)
        runner.begin(Task(name="bad task", work=fail, every=0.01, overdue=0.3))
        await eventually(lambda: runner.overdue())
        answer = await http.get("/readyz")
        assert answer.status_code == 503
        assert "ValueError" in answer.json()["task bad task"]
        metrics = (await http.get("/metrics")).text
        assert 'goodoffices_task_failures_total{service="liaison",task="bad task"}' in metrics
        assert 'goodoffices_task_lag_seconds{service="liaison",task="bad task"}' in metrics
        assert 'goodoffices_task_last_success_timestamp_seconds{service="liaison",task="relay"}' in metrics


async def test_every_service_runs_its_work_under_the_runner(
    liaison: httpx.AsyncClient, reports: httpx.AsyncClient, coordination: httpx.AsyncClient, gateway: httpx.AsyncClient
) -> None:
    own = {
        "liaison": {"restricted contacts", "reminders of reviews", "screening", "what the clock made", "imports", "sanctions list"},
        "reports": {"stored deliveries", "searches", "silent feeds", "feeds"},
        "coordination": {"deliveries", "mandates"},
        "gateway": {"webhooks", "revoked clients", "pool of the hop", "watch over audit trails", "counted refusals"},
    }
    for service, http in zip(own, (liaison, reports, coordination, gateway), strict=True):
        state = http.app.state  # type: ignore[attr-defined]
        common = {"listener", "relay", "answers to readers", "sealer", "retention", "revocations"}
        inboxes = {f"inbox of {each.source}" for each in state.inboxes}
        assert set(state.runner.standing) == common | inboxes | own[service]


async def test_slots_bound_all_and_each_and_a_piece_that_raises_ends_alone() -> None:
    freed, go_on = [], asyncio.Event()

    async def hold() -> None:
        await go_on.wait()

    async def panic() -> None:
        raise Panic

    slots = Slots(total=3, each=2, seconds=10, freed=lambda: freed.append(1))
    slots.start("a", "1", hold())
    slots.start("a", "2", hold())
    assert (slots.full, slots.free) == (["a"], 1)
    assert slots.fitting([("a", 3), ("b", 4), ("b", 5)]) == [4]
    with pytest.raises(ValueError, match="no slot"):
        slots.start("a", "3", hold())
    slots.start("b", "4", panic())
    await eventually(lambda: slots.free == 1)
    go_on.set()
    await eventually(lambda: slots.free == 3)
    assert len(freed) == 3


async def test_a_piece_over_its_time_is_ended_and_closing_ends_the_rest() -> None:
    slots = Slots(total=2, each=2, seconds=0.05, freed=lambda: None)
    slots.start("a", "1", asyncio.sleep(3600))
    await eventually(lambda: slots.free == 2)
    slots.seconds = 3600
    slots.start("a", "2", asyncio.sleep(3600))
    await slots.close()
    assert slots.free == 2
