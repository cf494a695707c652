"""A pool whose connections were cut: those that rested are seen to first, and of those used a moment ago one request pays at most."""

import asyncio
from collections.abc import AsyncIterator

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from chassis.database import RESTED_SECONDS, Database
from chassis.principal import system_principal
from deploy.environment import Surroundings
from deploy.postgres.server import PostgresAddress
from services.liaison.app import SERVICE


@pytest.fixture
async def database(surroundings: Surroundings) -> AsyncIterator[Database]:
    database = SERVICE.connect(surroundings.database_urls["liaison"], pool_size=2)
    yield database
    await database.close()


async def ask(database: Database) -> int:
    """Which of the server's processes answers."""
    async with database.transaction(system_principal("liaison")) as session:
        answer = await session.execute(text("select pg_backend_pid(), pg_sleep(0.1)"))
    return int(answer.scalar_one())


async def cut(address: PostgresAddress, pids: list[int]) -> None:
    """Ends connections at the server's side."""
    async with await psycopg.AsyncConnection.connect(address.url().replace("+psycopg", ""), autocommit=True) as connection:
        await connection.execute("select pg_terminate_backend(pid, 5000) from unnest(%s::int[]) as pid", [pids])


async def test_connections_that_rested_are_made_anew_before_anybody_asks_on_them(
    database: Database, postgres_address: PostgresAddress
) -> None:
    before = await asyncio.gather(ask(database), ask(database))
    await cut(postgres_address, before)
    await asyncio.sleep(RESTED_SECONDS)
    after = await asyncio.gather(ask(database), ask(database))
    assert len({*before, *after}) == 4


async def test_of_connections_cut_a_moment_ago_one_request_pays(database: Database, postgres_address: PostgresAddress) -> None:
    before = await asyncio.gather(ask(database), ask(database))
    await cut(postgres_address, before)
    with pytest.raises(OperationalError):
        await ask(database)
    after = await asyncio.gather(ask(database), ask(database))
    assert len({*before, *after}) == 4
