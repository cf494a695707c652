"""Lists: pages by key behind opaque, signed cursors that hold only for the filters they were made with."""

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Generic, TypeVar, cast
from uuid import UUID

from fastapi import Depends, Query, Request
from pydantic import BaseModel
from sqlalchemy import Select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.errors import Invalid

Item = TypeVar("Item")
Row = TypeVar("Row", covariant=True)
Shown = TypeVar("Shown")
MAX_LIMIT = 200


class Page(BaseModel, Generic[Item]):
    """One page of a list; `next` is the cursor of the page after it, or null."""

    items: list[Item]
    next: str | None = None


@dataclass(frozen=True)
class Rows(Generic[Row]):
    """One page as a query found it; an endpoint answers it as a `Page` of its model."""

    items: Sequence[Row]
    next: str | None = None

    def showing(self, items: Sequence[Shown]) -> "Rows[Shown]":
        """The same page, with other items in place of these."""
        return Rows(items, self.next)


class Paging:
    """What the caller asked: how many, and from where. `limit` is capped at 200."""

    def __init__(self, limit: int, after: str | None, binding: str, secret: bytes) -> None:
        self.limit, self.after = min(limit, MAX_LIMIT), after
        self._binding, self._secret = binding, secret

    def cursor(self, position: str) -> str:
        """The opaque cursor behind `position`."""
        body = json.dumps([position, self._binding]).encode()
        return base64.urlsafe_b64encode(_sign(self._secret, body) + body).decode()

    def cut(self, found: Sequence[Row], position: Callable[[Row], object]) -> Rows[Row]:
        """The page out of up to `limit` + 1 rows; what is beyond it begins behind the last's `position`."""
        rows = found[: self.limit]
        return Rows(rows, self.cursor(str(position(rows[-1]))) if len(found) > len(rows) else None)


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


async def page_by_key(session: AsyncSession, query: Select[Any], table: type[Row], paging: Paging) -> Rows[Row]:
    """A page of `query` over `table`, newest first.

    Keys are UUIDv7, so rows added during a walk come before it.
    """
    key = cast(Any, table).id
    if paging.after is not None:
        query = query.where(key < UUID(paging.after))
    found = await session.execute(query.order_by(key.desc()).limit(paging.limit + 1))
    return paging.cut(found.scalars().all(), lambda row: cast(Any, row).id)
