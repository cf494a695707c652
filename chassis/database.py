"""One database per service: the engine, and the transaction as which everything runs."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

from chassis.principal import Principal, system_principal
from chassis.visibility import see_as


class Database:
    """The engine of a service's database, under the role that row-level security binds."""

    def __init__(self, url: str, pool_size: int = 10) -> None:
        self.url = url
        self.engine = create_async_engine(url, pool_size=pool_size, max_overflow=10, pool_pre_ping=True, pool_recycle=1800)
        self._sessions = async_sessionmaker(self.engine, expire_on_commit=False, autoflush=True)

    @property
    def dsn(self) -> str:
        """The address as psycopg reads it, for connections outside the pool (LISTEN, locks)."""
        return self.url.replace("postgresql+psycopg://", "postgresql://")

    @asynccontextmanager
    async def transaction(self, principal: Principal) -> AsyncIterator[AsyncSession]:
        """One transaction as `principal`: committed when the block ends, rolled back when it raises."""
        async with self._sessions() as session, session.begin():
            session.info["principal"] = principal
            await see_as(session, principal)
            yield session

    async def close(self) -> None:
        """Give all connections back."""
        await self.engine.dispose()


def principal_of(session: AsyncSession) -> Principal:
    """The principal as whom this transaction runs. KeyError when nobody was named."""
    principal: Principal = session.info["principal"]
    return principal


async def notify(session: AsyncSession, channel: str) -> None:
    """Wake who listens on `channel` when this transaction has committed; once, however often it is asked."""
    notified: set[str] = session.info.setdefault("notified", set())
    if channel in notified:
        return
    await session.execute(text(f"notify {channel}"))
    if not session.in_nested_transaction():  # What a savepoint takes back was not notified.
        notified.add(channel)


@asynccontextmanager
async def seeing_all(session: AsyncSession, service: str) -> AsyncIterator[None]:
    """Let a rule see every row while it decides, whoever asked: what must be suspended is suspended unseen, too.

    What was seen so must not be shown to the caller.
    """
    principal = principal_of(session)
    await session.flush()
    await see_as(session, system_principal(service))
    yield
    await session.flush()
    await see_as(session, principal)
