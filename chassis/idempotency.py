"""Idempotency keys: the first answer again for the same request, a refusal for another one under the same key.

The key is claimed and the answer stored in the transaction that does the work: both are kept or neither is.
"""

import hashlib
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO, cast

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import ClientDisconnect
from starlette.responses import Response

from chassis.context import context_of
from chassis.database import principal_of
from chassis.errors import Conflict, Invalid
from chassis.tables import IdempotencyKey

_LOCK = text("select pg_try_advisory_xact_lock(hashtextextended(:key, 0))")
IN_MEMORY_BYTES, PART_BYTES = 1_000_000, 65_536
_KEPT_HEADERS = ("content-type", "location", "etag")


class KeyInUse(Conflict):
    """The first request under this key still runs."""

    slug, title = "idempotency-key-in-use", "The same request still runs"


class KeyReused(Invalid):
    """The key was used for another request."""

    slug, title = "idempotency-key-reused", "This Idempotency-Key was used for another request"


class SecretShown(Conflict):
    """The first answer showed a secret, which is kept nowhere and so cannot be repeated."""

    slug, title = "secret-shown-once", "This was done, and its secret was shown once"

    def __init__(self) -> None:
        super().__init__("The request was carried out before. Its secret cannot be shown again: make a new one.")


async def first_answer(session: AsyncSession, operation: str, key: str) -> IdempotencyKey | None:
    """The stored answer under `key`, if it was given; KeyInUse while the first request runs."""
    client = principal_of(session).client_id
    if not (await session.execute(_LOCK, {"key": f"{client}:{operation}:{key}"})).scalar():
        raise KeyInUse("A request with this Idempotency-Key is being worked on. Ask again in a moment.")
    return await session.get(IdempotencyKey, (client, operation, key))


def fingerprint(method: str, path: str, query: str, body_digest: str) -> str:
    """What makes two requests the same: method, path, query and body. Ends in the body's own digest."""
    address = hashlib.sha256("\n".join((method, path, query)).encode()).hexdigest()
    return f"{address}:{body_digest}"


def replay(stored: IdempotencyKey, request_hash: str) -> Response:
    """The stored answer; KeyReused when the request is another one.

    Keys kept by the release before hold the body's digest alone, for the 24 hours they live.
    """
    if stored.body_hash not in (request_hash, request_hash.rsplit(":", 1)[1]):
        raise KeyReused("Use a new Idempotency-Key for a new request, or send the first body again.")
    headers: dict[str, Any] = dict(stored.headers) | {"idempotency-replayed": "true"}
    return Response(stored.body, status_code=stored.status, headers=headers)


async def keep_answer(
    session: AsyncSession,
    operation: str,
    key: str,
    body_hash: str,
    response: Response,
) -> None:
    """Store the answer, and what it names, for repetitions of the request."""
    headers = {name: response.headers[name] for name in _KEPT_HEADERS if name in response.headers}
    session.add(
        IdempotencyKey(
            client_id=principal_of(session).client_id,
            operation=operation,
            key=key,
            body_hash=body_hash,
            status=response.status_code,
            headers=headers,
            body=bytes(response.body),
            ids=context_of(session).shown.ids,
        )
    )
    await session.flush()


class SpooledBody:
    """A request's body, read to its end before anything is begun: who sends slowly holds no transaction, who sends much no memory."""

    def __init__(self, receive: Any) -> None:
        self._receive = receive
        self.file: BinaryIO = cast(BinaryIO, SpooledTemporaryFile(max_size=IN_MEMORY_BYTES))  # noqa: SIM115 -- closed by __aexit__
        self.size = 0
        self._hash = hashlib.sha256()
        self._given = False

    async def __aenter__(self) -> "SpooledBody":
        """Read it; ClientDisconnect when its sender goes away before the end, TooLarge when it does not end."""
        try:
            while await self._read_part():
                continue
        except BaseException:
            self.file.close()
            raise
        self.file.seek(0)
        return self

    async def _read_part(self) -> bool:
        message = await self._receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        part = message.get("body", b"")
        self.size += self.file.write(part)
        self._hash.update(part)
        return bool(message.get("more_body", False))

    async def __aexit__(self, *_: object) -> None:
        self.file.close()

    @property
    def digest(self) -> str:
        """SHA-256 of the whole body."""
        return self._hash.hexdigest()

    async def receive(self) -> Any:
        """The body as ASGI messages; behind it, what the sender does."""
        if self._given:
            return await self._receive()
        part = self.file.read(PART_BYTES)
        self._given = len(part) < PART_BYTES
        return {"type": "http.request", "body": part, "more_body": not self._given}
