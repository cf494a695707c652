"""Tokens are given and taken back."""

from datetime import UTC, datetime

from joserfc.errors import JoseError
from joserfc.jwk import OKPKey
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit
from chassis.database import notify
from services.gateway.identity.actions import find_authentic
from services.gateway.identity.rules import AccessToken, read_access_token
from services.gateway.identity.tables import Client, RevokedToken
from services.gateway.tokens.errors import ForeignToken, InvalidClient
from services.gateway.tokens.rules import Credentials


async def identify_client(session: AsyncSession, credentials: Credentials, operation: str) -> Client:
    """The client with these credentials, noted in the audit trail; InvalidClient otherwise."""
    client = await find_authentic(session, *credentials)
    if client is None:
        raise InvalidClient
    row = audit.audit_row(client.principal, operation, [client.client_id], "200")
    await audit.record_rows(session, [row])
    return client


async def revoke_token(session: AsyncSession, client: Client, key: OKPKey, token: str) -> None:
    """End one token of `client` at once, its streams included; one that holds no longer stays so.

    ForeignToken when it was given to another client.
    """
    found = _read(key, token)
    if found is None:
        return
    if found.client_id != client.client_id:
        raise ForeignToken
    ends_at = datetime.fromtimestamp(found.ends, UTC)
    row = {"id": found.id, "ends_at": ends_at}
    await session.execute(insert(RevokedToken).values(row).on_conflict_do_nothing())
    await notify(session, "clients")


def _read(key: OKPKey, token: str) -> AccessToken | None:
    try:
        return read_access_token(key, token)
    except (JoseError, ValueError):
        return None
