"""Administrators made and brought back on the machine itself, where nobody can sign in as one; each act is audited."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit
from chassis.columns import now
from chassis.database import Database, notify
from chassis.errors import Invalid, NotFound
from chassis.principal import system_principal
from chassis.reactions import Reactions
from contracts.vocabulary import CENTRE, Line, Sensitivity
from services.gateway.identity.actions.clients import add_secret
from services.gateway.identity.errors import ClientExists
from services.gateway.identity.rules import client_id_for
from services.gateway.identity.tables import Client, ClientSecret

ADMINISTRATOR = "administrator"
# Whoever runs a command on the machine: no client of the platform.
_MACHINE = system_principal("gateway").model_copy(update={"client_id": "system:machine"})


@asynccontextmanager
async def _at_the_machine(database_url: str) -> AsyncIterator[AsyncSession]:
    database = Database(database_url, Reactions(), pool_size=1)
    try:
        async with database.transaction(_MACHINE) as session:
            yield session
    finally:
        await database.close()


async def make_administrator(database_url: str, name: str) -> tuple[str, str]:
    """A new administrator's client id and secret. Invalid for no name, ClientExists for one that is taken."""
    try:
        name = TypeAdapter(Line).validate_python(name.strip())
    except ValidationError as error:
        raise Invalid("Give the administrator a name of one line.") from error
    async with _at_the_machine(database_url) as session:
        client_id = client_id_for(name)
        return client_id, await _make(session, client_id, name)


async def revive_administrator(database_url: str, client_id: str) -> tuple[str, str]:
    """An administrator's new and only secret; tokens, sessions and other secrets end. NotFound for who is none."""
    async with _at_the_machine(database_url) as session:
        query = select(Client).where(Client.client_id == client_id, Client.roles.contains([ADMINISTRATOR]))
        client = (await session.execute(query.with_for_update())).scalar_one_or_none()
        if client is None:
            raise NotFound("administrator")
        client.state, client.epoch = "active", client.epoch + 1
        held = update(ClientSecret).where(ClientSecret.client_key == client.id, ClientSecret.revoked_at.is_(None))
        await session.execute(held.values(revoked_at=now()))
        secret = await add_secret(session, client)
        await notify(session, "clients")
        await audit.record(session, "reviveAdministrator", [client_id], "200")
        return client_id, secret


async def create_administrator(database_url: str) -> tuple[str, str]:
    """The client id and a new secret of `administrator`, made where it is not there: for the exercise and for tests."""
    async with _at_the_machine(database_url) as session:
        found = await session.execute(select(Client).where(Client.client_id == ADMINISTRATOR))
        if (client := found.scalar_one_or_none()) is not None:
            return ADMINISTRATOR, await add_secret(session, client)
        return ADMINISTRATOR, await _make(session, ADMINISTRATOR, ADMINISTRATOR)


async def _make(session: AsyncSession, client_id: str, name: str) -> str:
    if (await session.execute(select(Client.id).where(Client.client_id == client_id))).scalar() is not None:
        raise ClientExists(client_id)
    client = Client(client_id=client_id, name=name, organization=CENTRE, roles=[ADMINISTRATOR], state="active")
    client.access, client.countries = Sensitivity.confidential, ["*"]
    session.add(client)
    await session.flush()
    await audit.record(session, "createAdministrator", [client_id], "201")
    return await add_secret(session, client)
