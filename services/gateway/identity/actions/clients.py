"""Writes of identity."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import now
from chassis.database import notify
from chassis.outbox import announce
from contracts.events.gateway import ClientRevoked
from contracts.labels import Label
from contracts.vocabulary import CENTRE, Sensitivity, Tlp
from services.gateway.identity.errors import ClientExists, LastAdministrator, UnknownRole, WrongCredentials
from services.gateway.identity.queries import find_by_secret, find_client, lock_administrators
from services.gateway.identity.rules import client_id_for, hash_of, new_secret
from services.gateway.identity.schemas import ROLES, ClientBody
from services.gateway.identity.tables import BrowserSession, Client, ClientSecret

LIVE_SECRETS = 2


async def create_client(session: AsyncSession, body: ClientBody) -> tuple[Client, str]:
    """Make a client; the secret is given this once."""
    unknown = sorted(set(body.roles) - set(ROLES))
    if unknown:
        raise UnknownRole(unknown, ROLES)
    client_id = body.client_id or client_id_for(body.name)
    if (await session.execute(select(Client.id).where(Client.client_id == client_id))).scalar() is not None:
        raise ClientExists(client_id)
    client = Client(client_id=client_id, state="active", **body.model_dump(exclude={"client_id"}))
    session.add(client)
    await session.flush()
    return client, await add_secret(session, client)


async def add_secret(session: AsyncSession, client: Client) -> str:
    """Give the client a further secret. Two live at a time: the third ends the oldest."""
    query = select(ClientSecret).where(ClientSecret.client_key == client.id, ClientSecret.revoked_at.is_(None))
    live = list((await session.execute(query.order_by(ClientSecret.id.desc()))).scalars())
    for oldest in live[LIVE_SECRETS - 1 :]:
        oldest.revoked_at = now()
    secret = new_secret()
    session.add(ClientSecret(client_key=client.id, hash=hash_of(secret)))
    await session.flush()
    return secret


async def rotate_secret(session: AsyncSession, client_id: str) -> tuple[Client, str]:
    """Give a client its next secret."""
    client = await find_client(session, client_id)
    return client, await add_secret(session, client)


async def revoke_client(session: AsyncSession, client_id: str) -> Client:
    """End all access of a client at once: tokens, sessions and open streams. LastAdministrator for that one."""
    others = await lock_administrators(session, client_id)
    client = await find_client(session, client_id)
    if client.is_administrator and not others:
        raise LastAdministrator
    await _revoke(session, client)
    return client


async def revoke_organization(session: AsyncSession, organization: str) -> None:
    """End all access of an organization that was removed (R15)."""
    found = await session.execute(select(Client).where(Client.organization == organization, Client.state == "active").with_for_update())
    for client in found.scalars():
        await _revoke(session, client)


async def _revoke(session: AsyncSession, client: Client) -> None:
    client.state, client.epoch = "revoked", client.epoch + 1
    await session.flush()
    label = Label(sensitivity=Sensitivity.confidential, tlp=Tlp.red, originator=CENTRE)
    await announce(session, ClientRevoked(id=client.client_id, version=client.version, label=label, epoch=client.epoch))
    await notify(session, "clients")


async def authenticate(session: AsyncSession, client_id: str, secret: str) -> Client:
    """The client with these credentials; WrongCredentials otherwise."""
    client = await find_authentic(session, client_id, secret)
    if client is None:
        raise WrongCredentials
    return client


async def find_authentic(session: AsyncSession, client_id: str, secret: str) -> Client | None:
    """The client with these credentials, whose use is noted."""
    found = await find_by_secret(session, client_id, secret)
    if found is None:
        return None
    found[1].last_used_at = now()
    return found[0]


async def open_session(session: AsyncSession, client: Client, hours: int) -> str:
    """A new browser session; the cookie's value."""
    cookie = new_secret()
    ends_at = now() + timedelta(hours=hours)
    session.add(BrowserSession(client_key=client.id, hash=hash_of(cookie), epoch=client.epoch, ends_at=ends_at))
    await session.flush()
    return cookie


async def end_session(session: AsyncSession, cookie: str | None) -> None:
    """End the browser session of `cookie`, if there is one."""
    if cookie:
        found = await session.execute(select(BrowserSession).where(BrowserSession.hash == hash_of(cookie)))
        for each in found.scalars():
            each.ended_at = now()
        await session.flush()
        await notify(session, "clients")
