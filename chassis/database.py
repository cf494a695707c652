"""One database per service: the engine, and the transaction as which everything runs."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from math import inf
from typing import Any, Final

from psycopg import InterfaceError as LinkBroken
from psycopg import OperationalError as ServerAway
from psycopg.pq import TransactionStatus
from sqlalchemy import Engine, event, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import InterfaceError, InvalidatePoolError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from chassis.context import context_of, open_context
from chassis.principal import Principal, system_principal
from chassis.reactions import InternalEvent, Reactions
from chassis.visibility import see_as
from contracts.events import Announcement

# Over the second between two watermarks, which would else be pinged for each.
RESTED_SECONDS: Final = 1.5
AWAY: Final = (
    OperationalError,
    InterfaceError,
    NoConnection,
    ServerAway,
    LinkBroken,
    ConnectionError,
)
"""The database is away, or broke off: who tries again shortly finds it back, and nothing half done."""


class ServiceSession(AsyncSession):
    """The session of a transaction, which knows how its service reacts to what happens in it."""

    def __init__(self, *args: Any, reactions: Reactions, **options: Any) -> None:
        super().__init__(*args, **options)
        self.reactions = reactions


class Database:
    """The engine of a service's database, under the role that row-level security binds.

    `reactions` are those of the service (`chassis.app.Service.connect`): no transaction is opened
    without them.
    """

    def __init__(self, url: str, reactions: Reactions, pool_size: int = 10) -> None:
        self.url = url
        # The connection that was used last goes first: its server process knows tables, dictionaries and statements by then.
        self.engine = create_async_engine(url, pool_size=pool_size, max_overflow=10, pool_recycle=1800, pool_use_lifo=True)
        _ping_after_rest(self.engine.sync_engine)
        self._sessions = async_sessionmaker(self.engine, class_=ServiceSession, reactions=reactions, expire_on_commit=False, autoflush=True)

    @property
    def dsn(self) -> str:
        """The address as psycopg reads it, for connections outside the pool (LISTEN, locks)."""
        return self.url.replace("postgresql+psycopg://", "postgresql://")

    @asynccontextmanager
    async def transaction(self, principal: Principal) -> AsyncIterator[AsyncSession]:
        """One transaction as `principal`: committed when the block ends, rolled back when it raises."""
        async with self._sessions() as session, session.begin():
            open_context(session, principal)
            await see_as(session, principal)
            yield session

    async def close(self) -> None:
        """Give all connections back."""
        await self.engine.dispose()


def _ping_after_rest(engine: Engine) -> None:
    """See whether a connection still holds before it is used, unless it was used a moment ago.

    SQLAlchemy's own ping before every transaction takes three more turns. When one is found broken, all others are pinged or made anew.
    """

    @event.listens_for(engine, "checkin")
    def rest(_: object, record: ConnectionPoolEntry) -> None:
        record.info["rests_since"] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def ping(connection: DBAPIConnection, record: ConnectionPoolEntry, _: object) -> None:
        if time.monotonic() - record.info.get("rests_since", inf) < RESTED_SECONDS:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise InvalidatePoolError from error


def principal_of(session: AsyncSession) -> Principal:
    """The principal as whom this transaction runs. KeyError when nobody was named."""
    return context_of(session).principal


def reactions_of(session: AsyncSession) -> Reactions:
    """How the session's service reacts; TypeError for a session that no `Database` opened."""
    if not isinstance(session, ServiceSession):
        raise TypeError("the session was not opened by chassis.database.Database")
    return session.reactions


async def react_to(session: AsyncSession, *events: Announcement | InternalEvent) -> None:
    """Let other capabilities of this service react in this transaction, in the order of the events.

    `announce` does so with what it publishes; only an InternalEvent needs this by itself. Raises
    what a reaction raises.
    """
    reactions = reactions_of(session)
    for each in events:
        await reactions.run(session, each)


async def notify(session: AsyncSession, channel: str) -> None:
    """Wake who listens on `channel` when this transaction has committed; once, however often it is asked."""
    notified = context_of(session).notified
    if channel in notified:
        return
    await session.execute(text(f"notify {channel}"))
    if not session.in_nested_transaction():  # What a savepoint takes back was not notified.
        notified.add(channel)


@asynccontextmanager
async def seeing_all(session: AsyncSession, service: str) -> AsyncIterator[None]:
    """Let a rule see every row while it decides, whoever asked: what must be suspended is suspended unseen, too.

    What was seen so must not be shown to the caller. Within another one it changes nothing: a
    reaction may need it as much as what it reacts to, and the outermost ends it.
    """
    context = context_of(session)
    if context.sees_all:
        yield
        return
    await session.flush()
    await see_as(session, system_principal(service))
    context.sees_all = True
    try:
        yield
        await session.flush()
    finally:
        context.sees_all = False
        # After an error of the database the transaction takes no statement any more, and shows nothing.
        if await _takes_statements(session):
            await see_as(session, context.principal)


async def _takes_statements(session: AsyncSession) -> bool:
    if not session.is_active:
        return False
    connection = (await (await session.connection()).get_raw_connection()).driver_connection
    return connection is not None and connection.info.transaction_status == TransactionStatus.INTRANS
