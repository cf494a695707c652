"""Reads of identity, and the doorkeeper that knows for a moment whom it has just let in."""

import asyncio
import time
from dataclasses import dataclass

from joserfc.errors import JoseError
from joserfc.jwk import OKPKey
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import now
from chassis.database import Database
from chassis.errors import NotAuthenticated, NotFound
from chassis.pagination import Paging, Rows, page_by_key
from chassis.principal import Principal, system_principal
from services.gateway.identity.rules import SCOPES, AccessToken, hash_of, read_access_token, sign_principal
from services.gateway.identity.tables import BrowserSession, Client, ClientSecret, RevokedToken


async def find_client(session: AsyncSession, client_id: str) -> Client:
    """The client under its public id; NotFound otherwise."""
    found = (await session.execute(select(Client).where(Client.client_id == client_id))).scalar_one_or_none()
    if found is None:
        raise NotFound("client")
    return found


async def list_clients(session: AsyncSession, paging: Paging) -> Rows[Client]:
    """All clients."""
    return await page_by_key(session, select(Client), Client, paging)


async def lock_administrators(session: AsyncSession, besides: str) -> list[Client]:
    """The active administrators but one, locked: of two that revoke each other one comes second."""
    query = select(Client).where(Client.state == "active", Client.roles.contains(["administrator"]))
    locked = query.order_by(Client.id).with_for_update().execution_options(populate_existing=True)
    return [each for each in (await session.execute(locked)).scalars() if each.client_id != besides]


async def find_active(session: AsyncSession, token: AccessToken) -> Client | None:
    """The client of a token, if it is active and neither it nor the token was revoked."""
    revoked = select(RevokedToken.id).where(RevokedToken.id == token.id).exists()
    held = Client.client_id == token.client_id, Client.state == "active", Client.epoch == token.epoch
    return (await session.execute(select(Client).where(*held, ~revoked))).scalar_one_or_none()


async def is_active(session: AsyncSession, principal: Principal, credential: str) -> bool:
    """True while nothing was revoked; for streams, which live longer than the token or session they were opened with."""
    held = Client.client_id == principal.client_id, Client.state == "active", Client.epoch == principal.epoch
    revoked = select(RevokedToken.id).where(RevokedToken.id == credential).exists()
    ended = select(BrowserSession.id).where(BrowserSession.hash == credential, BrowserSession.ended_at.is_not(None)).exists()
    return (await session.execute(select(Client.id).where(*held, ~revoked, ~ended))).scalar() is not None


async def find_by_secret(session: AsyncSession, client_id: str, secret: str) -> tuple[Client, ClientSecret] | None:
    """The active client with that secret, if both are right."""
    query = (
        select(Client, ClientSecret)
        .join(ClientSecret, ClientSecret.client_key == Client.id)
        .where(Client.client_id == client_id, Client.state == "active")
        .where(ClientSecret.hash == hash_of(secret), ClientSecret.revoked_at.is_(None))
    )
    found = (await session.execute(query)).one_or_none()
    return (found[0], found[1]) if found else None


async def find_by_cookie(session: AsyncSession, cookie: str) -> Client | None:
    """The active client whose browser holds `cookie`."""
    query = (
        select(Client)
        .join(BrowserSession, BrowserSession.client_key == Client.id)
        .where(BrowserSession.hash == hash_of(cookie), BrowserSession.ended_at.is_(None), BrowserSession.ends_at > now())
        .where(Client.state == "active", Client.epoch == BrowserSession.epoch)
    )
    return (await session.execute(query)).scalar_one_or_none()


@dataclass(frozen=True)
class Admitted:
    """Who was let in, with what, for what and until when. `credential` is the token's id, or the session's hash."""

    principal: Principal
    credential: str
    scopes: frozenset[str]
    until: float


class Doorkeeper:
    """Authenticates requests. Whom it let in it remembers for five seconds, and forgets at once on a revocation."""

    REMEMBERED_SECONDS = 5.0
    VOUCHED_SECONDS = 30.0

    def __init__(self, database: Database, token_key: OKPKey, signing_key: OKPKey) -> None:
        self._database, self._token_key, self._signing_key = database, token_key, signing_key
        self._known: dict[str, Admitted] = {}
        self._vouched: dict[tuple[Principal, str], tuple[str, float]] = {}
        self._looking: dict[str, asyncio.Future[Admitted]] = {}
        self._forgotten = 0

    def forget(self) -> None:
        """Look everybody up anew: somebody's access was revoked."""
        self._forgotten += 1
        self._known.clear()
        self._vouched.clear()
        # Who comes from now on does not join a look that began before.
        self._looking.clear()

    def recall(self, bearer: str | None, cookie: str | None) -> Admitted | None:
        """Who sends this request, if it was let in a moment ago."""
        known = self._known.get(f"bearer {bearer}" if bearer else f"cookie {cookie}")
        return known if known and known.until > time.time() else None

    async def admit(self, bearer: str | None, cookie: str | None) -> Admitted:
        """Who sends this request; NotAuthenticated when neither token nor cookie holds."""
        credential = f"bearer {bearer}" if bearer else f"cookie {cookie}"
        # Of many requests that come with it at the same time one looks it up, and the others wait for that.
        looking = self._looking.get(credential)
        if looking is None:
            looking = self._looking[credential] = asyncio.ensure_future(self._look_up(credential, bearer, cookie))
            looking.add_done_callback(lambda ended: self._found(credential, ended))
        return await asyncio.shield(looking)

    def _found(self, credential: str, ended: "asyncio.Future[Admitted]") -> None:
        if self._looking.get(credential) is ended:
            del self._looking[credential]
        if not ended.cancelled():
            ended.exception()  # Whoever waits is told; nobody may be left that does.

    async def _look_up(self, credential: str, bearer: str | None, cookie: str | None) -> Admitted:
        forgotten = self._forgotten
        admitted = await (self._by_token(bearer) if bearer else self._by_cookie(cookie))
        if len(self._known) > 10_000:
            self.forget()
        # What was read before a revocation is not remembered behind it.
        elif forgotten == self._forgotten:
            self._known[credential] = admitted
        return admitted

    def vouch(self, principal: Principal, service: str) -> str:
        """The signed principal to send to `service`."""
        token, until = self._vouched.get((principal, service), ("", 0.0))
        if until < time.time():
            token = sign_principal(self._signing_key, principal, service)
            self._vouched[principal, service] = (token, time.time() + self.VOUCHED_SECONDS)
        return token

    async def _by_token(self, bearer: str) -> Admitted:
        try:
            token = read_access_token(self._token_key, bearer)
        except (JoseError, ValueError) as error:
            raise NotAuthenticated("The access token is expired or not one of ours. Get a new one from /oauth2/token.") from error
        async with self._database.transaction(system_principal("gateway")) as session:
            client = await find_active(session, token)
        if client is None:
            raise NotAuthenticated("This access was revoked.")
        until = min(token.ends, time.time() + self.REMEMBERED_SECONDS)
        return Admitted(client.principal, token.id, token.scopes, until)

    async def _by_cookie(self, cookie: str | None) -> Admitted:
        if not cookie:
            raise NotAuthenticated("Send an access token (Authorization: Bearer …) from /oauth2/token, or sign in.")
        async with self._database.transaction(system_principal("gateway")) as session:
            client = await find_by_cookie(session, cookie)
        if client is None:
            raise NotAuthenticated("The session has ended. Sign in again.")
        return Admitted(client.principal, hash_of(cookie), SCOPES, time.time() + self.REMEMBERED_SECONDS)
