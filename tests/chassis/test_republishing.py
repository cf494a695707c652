"""Published again by hand, and after a broker that refused to write."""

import asyncio
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from datetime import timedelta
from typing import Any

from chassis.columns import now
from deploy.environment import Surroundings, service_environment
from deploy.servers import NatsServer
from deploy.supervisor import Supervisor
from tests.chassis.gaps import SOURCE, Stage
from tests.waiting import eventually


async def test_the_command_publishes_again(stage: Stage, urls: Any, surroundings: Surroundings) -> None:
    begun = now() - timedelta(seconds=1)
    async with stage.both():
        await stage.announce(1, 2)
        await stage.all_read(1, 2)
        # A hole that nobody can see: as if the two had never been handled.
        await stage.ask(stage.reader, "update inbox set event_id = gen_random_uuid()")
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
