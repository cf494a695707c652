"""The audit trail: one row per request, in the transaction it speaks of (R17).

`chassis.sealing` closes rows into batches that can be verified offline.
"""

import asyncio
import hashlib
import json
from typing import Any, Final, TypedDict

import rfc8785
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import now
from chassis.database import Database, principal_of
from chassis.logs import current_request_id
from chassis.merkle import leaf_hash
from chassis.origin import current_origin, current_rule
from chassis.principal import Principal
from chassis.tables import AuditRow

# Of the seals that are made now; those of earlier formats go on verifying.
FORMAT: Final = 3
FIELDS_OF_FIRST: Final = (
    "seq", "transaction", "at", "actor", "organization", "operation", "ids", "outcome", "request_id",
)  # fmt: skip
FIELDS: Final = (*FIELDS_OF_FIRST, "rule", "origin", "content_hash")
# Whole numbers that every reader of JSON has exactly (RFC 8785, 3.2.2.3).
EXACT: Final = 2**53
# One statement however many there are: it is prepared once.
_RECORD = text(
    "insert into audit"
    " (at, actor, organization, operation, ids, outcome, request_id, rule, origin, content_hash)"
    " select :at, actor, organization, operation, ids, outcome, request_id, rule, origin,"
    " content_hash from jsonb_to_recordset(cast(:rows as jsonb)) as told (actor text,"
    " organization text, operation text, ids text[], outcome text, request_id text, rule text,"
    " origin text, content_hash text)"
)


class NewRow(TypedDict):
    """A row of the trail that is to be written: ids only, never names or text of persons.

    The policy or rule that decided, the address it came from, and the hash of what left.
    """

    actor: str
    organization: str
    operation: str
    ids: list[str]
    outcome: str
    request_id: str
    rule: str | None
    origin: str | None
    content_hash: str | None


async def record(
    session: AsyncSession,
    operation: str,
    ids: list[str],
    outcome: str,
    content: bytes | None = None,
) -> None:
    """Write an audit row of this request: ids only, never names or text of persons; of `content`,
    what leaves, its hash."""
    principal = principal_of(session)
    await record_rows(session, [audit_row(principal, operation, ids, outcome, hash_of(content))])


async def record_each(session: AsyncSession, operation: str, parts: list[tuple[list[str], bytes]]) -> None:
    """Write a row of its own for each part of an answer, as streams do: the ids it shows, and the
    hash of what it is."""
    principal = principal_of(session)
    rows = [audit_row(principal, operation, ids, "200", hash_of(part)) for ids, part in parts]
    await record_rows(session, rows)


async def record_rows(session: AsyncSession, rows: list[NewRow]) -> None:
    """Write rows made by `audit_row`, where several requests share a transaction."""
    if rows:
        await session.execute(_RECORD, {"rows": json.dumps(rows), "at": now()})


class Trail:
    """Rows about reads and refusals, which have no transaction of their own to stand in.

    Rows that come while a commit runs share the next one (group commit): alone nobody waits, and the more
    come the less each costs. A row is durable when `record` returns.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: list[tuple[NewRow, asyncio.Future[None]]] = []
        self._writing: asyncio.Task[None] | None = None

    async def record(self, row: NewRow) -> None:
        """Write one row made by `audit_row`; raises what the database raised."""
        written: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((row, written))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write_all())
        await asyncio.shield(written)

    async def record_all(self, rows: list[NewRow]) -> None:
        """Write rows made by `audit_row`; raises what the database raised."""
        await asyncio.gather(*(self.record(row) for row in rows))

    async def _write_all(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting, []
            error = await self._write([row for row, _ in batch])
            for _, written in batch:
                if written.done():
                    continue
                if error:
                    written.set_exception(error)
                else:
                    written.set_result(None)

    async def _write(self, rows: list[NewRow]) -> Exception | None:
        try:
            async with self._database.engine.begin() as connection:
                await connection.execute(_RECORD, {"rows": json.dumps(rows), "at": now()})
        except Exception as error:  # noqa: BLE001 -- whoever waits for a row is told
            return error
        return None


def hash_of(content: bytes | None) -> str | None:
    """SHA-256 of what leaves, before it is compressed; None when nothing does."""
    return hashlib.sha256(content).hexdigest() if content else None


def audit_row(
    principal: Principal,
    operation: str,
    ids: list[str],
    outcome: str,
    content_hash: str | None = None,
    rule: str | None = None,
) -> NewRow:
    """A row about the current request: from where it came, and `rule`, or the one that let it
    pass."""
    return {
        "actor": principal.client_id,
        "organization": principal.organization,
        "operation": operation,
        "ids": ids,
        "outcome": outcome,
        "request_id": current_request_id() or "",
        "rule": rule or current_rule(),
        "origin": current_origin(),
        "content_hash": content_hash,
    }


def row_hash(row: dict[str, Any], form: int) -> bytes:
    """The hash of a row under a seal of format `form`: of the fields that format knows, and of
    whatever else the row says; up to format 2 as JSON with sorted keys, from 3 on by RFC 8785."""
    fields = FIELDS_OF_FIRST if form < FORMAT else FIELDS
    told = {name: value for name, value in row.items() if name in fields or value is not None}
    return leaf_hash(_sorted(told) if form < FORMAT else canonical(told))


def canonical(row: dict[str, Any]) -> bytes:
    """The row in the form of RFC 8785.

    Of text, whole numbers, null and lists of text under names of ASCII letters, which all rows are
    made of, JSON with sorted keys is that form already, and written six times as fast.
    """
    plain = all(name.isascii() and _is_plain(value) for name, value in row.items())
    return _sorted(row) if plain else rfc8785.dumps(row)


def _is_plain(value: Any) -> bool:
    if isinstance(value, list):
        return all(type(part) is str for part in value)
    return value is None or type(value) is str or (type(value) is int and abs(value) < EXACT)


def _sorted(row: dict[str, Any]) -> bytes:
    written = json.dumps(row, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return written.encode()


def as_exported(row: AuditRow) -> dict[str, Any]:
    """The row as it is hashed and exported, times in RFC 3339."""
    told = {name: getattr(row, name) for name in FIELDS}
    return told | {"at": row.at.isoformat()}
