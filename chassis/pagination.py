"""Lists: pages by key behind opaque, signed cursors that hold only for the filters they were made with."""

import base64
import binascii
import hashlib
import hmac
import json
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

from fastapi import Depends, Query, Request
from pydantic import BaseModel
from sqlalchemy import Select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.errors import Invalid

Item = TypeVar("Item")
MAX_LIMIT = 200


class Page(BaseModel, Generic[Item]):
    """One page of a list; `next` is the cursor of the page after it, or null."""

    items: list[Item]
    next: str | None = None


class Paging:
    """What the caller asked: how many, and from where. `limit` is capped at 200."""

    def __init__(self, limit: int, after: str | None, binding: str, secret: bytes) -> None:
        self.limit, self.after = min(limit, MAX_LIMIT), after
        self._binding, self._secret = binding, secret

    def cursor(self, position: str) -> str:
        """The opaque cursor behind `position`."""
        body = json.dumps([position, self._binding]).encode()
        return base64.urlsafe_b64encode(_sign(self._secret, body) + body).decode()


def _sign(secret: bytes, body: bytes) -> bytes:
    return hmac.new(secret, body, hashlib.sha256).digest()[:16]


def _position(cursor: str, binding: str, secret: bytes) -> str:
    refused = Invalid("This cursor was not given out for this list with these filters. Begin again without it.")
    try:
        raw = base64.urlsafe_b64decode(cursor.encode())
        position, bound = json.loads(raw[16:])
    except (binascii.Error, ValueError, UnicodeError) as error:
        raise refused from error
    if not hmac.compare_digest(raw[:16], _sign(secret, raw[16:])) or bound != binding:
        raise refused
    return str(position)


async def read_paging(
    request: Request,
    limit: Annotated[int, Query(ge=1, description="At most 200 are given at once.")] = 50,
    cursor: Annotated[str | None, Query(max_length=1000, description="The `next` of the page before.")] = None,
) -> Paging:
    """The paging of a request; Invalid for a cursor of another list or other filters."""
    filters = sorted((key, value) for key, value in request.query_params.multi_items() if key not in ("cursor", "limit"))
    principal = request.state.principal
    binding = hashlib.sha256(json.dumps([request.url.path, filters, principal.client_id]).encode()).hexdigest()[:16]
    secret: bytes = request.app.state.settings.cursor_secret.get_secret_value().encode()
    return Paging(limit, _position(cursor, binding, secret) if cursor else None, binding, secret)


PagingQuery = Annotated[Paging, Depends(read_paging)]


async def page_by_key(session: AsyncSession, query: Select[Any], table: Any, paging: Paging) -> dict[str, Any]:
    """A page of `query` over `table`, newest key first. Keys are UUIDv7, so rows added during a walk come before it."""
    if paging.after is not None:
        query = query.where(table.id < UUID(paging.after))
    rows = list((await session.execute(query.order_by(table.id.desc()).limit(paging.limit + 1))).scalars())
    more = len(rows) > paging.limit
    rows = rows[: paging.limit]
    return {"items": rows, "next": paging.cursor(str(rows[-1].id)) if more else None}
