"""What the chassis' tests of streams begin with."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from chassis.database import Database
from chassis.reactions import Reactions
from deploy.migrations import upgrade
from deploy.postgres.bootstrap import drop_database, prepare_database
from deploy.postgres.server import PostgresAddress
from deploy.servers import start_nats
from tests.chassis.gaps import READER, SOURCE, Stage

CLEAN = "truncate outbox, inbox, places, watermarks, publishing, dead_letters"


@pytest.fixture(scope="package")
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
async def stage(urls: Any, work_folder: Path) -> AsyncIterator[Stage]:
    """Both services as they are on the first day, and a new broker."""
    nats = await asyncio.to_thread(start_nats, work_folder / "nats-gaps")
    source, reader = (Database(urls[each].app_url, Reactions(), pool_size=3) for each in (SOURCE, READER))
    yield Stage(source, reader, nats)
    for service, database in ((SOURCE, source), (READER, reader)):
        await database.close()
        owner = Database(urls[service].owner_url, Reactions(), pool_size=1)
        await Stage(source, reader, nats).ask(owner, CLEAN)
        await owner.close()
    nats.erase()
