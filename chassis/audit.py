"""The audit trail: one row per request, in the transaction it speaks of, sealed in batches (R17).

A seal is a Merkle root over the rows' hashes, chained to the seal before it and signed with the service's Ed25519 key,
so that an export can be verified offline (`goodoffices verify-audit`).
"""

import asyncio
import hashlib
import json
from pathlib import Path
from typing import Any, TypedDict

from joserfc.jwk import OKPKey
from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm.attributes import set_committed_value

from chassis.columns import now
from chassis.database import Database, principal_of
from chassis.logs import current_request_id, log
from chassis.outbox import announce
from chassis.principal import Principal, system_principal
from chassis.settled import SETTLED
from chassis.tables import AuditRow, Seal
from contracts.events import EVENTS
from contracts.events.gateway import AuditSealed
from contracts.labels import Label
from contracts.vocabulary import CENTRE, Sensitivity, Tlp

SEAL_SECONDS = 10.0
SEAL_ROWS = 1000
NO_SEAL = "0" * 64
# Of the seals that are made now; those of the first form go on verifying.
FORMAT = 2
# One statement however many there are: it is prepared once.
_RECORD = text(
    "insert into audit (at, actor, organization, operation, ids, outcome, request_id)"
    " select :at, actor, organization, operation, ids, outcome, request_id from jsonb_to_recordset(cast(:rows as jsonb))"
    " as told (actor text, organization text, operation text, ids text[], outcome text, request_id text)"
)
_NUMBER = text(
    "update audit set ordinal = :last + given.n"
    " from unnest(cast(:seqs as bigint[])) with ordinality as given (seq, n)"
    " where audit.seq = given.seq and ordinal is null"
)
logger = log(__name__)


class NewRow(TypedDict):
    """A row of the trail that is to be written: ids only, never names or text of persons."""

    actor: str
    organization: str
    operation: str
    ids: list[str]
    outcome: str
    request_id: str


async def record(session: AsyncSession, operation: str, ids: list[str], outcome: str) -> None:
    """Write the audit row of this request: ids only, never names or text of persons."""
    await record_rows(session, [audit_row(principal_of(session), operation, ids, outcome)])


async def record_each(session: AsyncSession, operation: str, parts: list[list[str]]) -> None:
    """Write a row of its own for each part of an answer, as streams do: the ids it shows."""
    principal = principal_of(session)
    await record_rows(session, [audit_row(principal, operation, ids, "200") for ids in parts])


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


def audit_row(principal: Principal, operation: str, ids: list[str], outcome: str) -> NewRow:
    """A row about the current request."""
    return {
        "actor": principal.client_id,
        "organization": principal.organization,
        "operation": operation,
        "ids": ids,
        "outcome": outcome,
        "request_id": current_request_id() or "",
    }


def row_hash(row: dict[str, Any]) -> bytes:
    """SHA-256 over the row as canonical JSON: keys sorted, no spaces, time in RFC 3339."""
    canonical = json.dumps(row, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(b"\x00" + canonical.encode()).digest()


def merkle_root(leaves: list[bytes]) -> bytes:
    """The root over `leaves` (RFC 9162 prefixes; an odd last node rises unchanged). ValueError for no leaves."""
    if not leaves:
        raise ValueError("no leaves")
    level = leaves
    while len(level) > 1:
        paired = [hashlib.sha256(b"\x01" + level[n] + level[n + 1]).digest() for n in range(0, len(level) - 1, 2)]
        level = paired + ([level[-1]] if len(level) % 2 else [])
    return level[0]


def as_exported(row: AuditRow) -> dict[str, Any]:
    """The row as it is hashed and exported."""
    return {
        "seq": row.seq,
        "transaction": row.transaction,
        "at": row.at.isoformat(),
        "actor": row.actor,
        "organization": row.organization,
        "operation": row.operation,
        "ids": row.ids,
        "outcome": row.outcome,
        "request_id": row.request_id,
    }


def signed_bytes(seal: Seal) -> bytes:
    """What a seal's signature covers, in the form the seal has."""
    if seal.format == 1:
        place = f"{seal.upto_transaction}:{seal.upto_seq}"
        return f"{seal.number}:{seal.rows}:{place}:{seal.root}:{seal.previous}".encode()
    told = f"{seal.number}:{seal.rows}:{seal.upto_ordinal}:{seal.root}:{seal.previous}"
    return f"{seal.format}:{told}".encode()


class Sealer:
    """Closes batches of audit rows of one service."""

    def __init__(self, database: Database, service: str, key: Path) -> None:
        self._database, self._service = database, service
        self._key: Any = OKPKey.import_key(json.loads(key.read_text())).get_op_key("sign")

    async def seal_all(self) -> None:
        """Seal all there is to seal."""
        while await self.seal() == SEAL_ROWS:
            continue

    async def seal(self) -> int:
        """Seal the next batch; how many rows it holds (0 when there is nothing new)."""
        async with self._database.transaction(system_principal(self._service)) as session:
            await session.execute(text("select pg_advisory_xact_lock(hashtext('audit seal'))"))
            before = (await session.execute(select(Seal).order_by(Seal.number.desc()).limit(1))).scalar_one_or_none()
            rows = await _number_unsealed(session)
            if rows:
                await self._close(session, rows, before)
            return len(rows)

    async def _close(self, session: AsyncSession, rows: list[AuditRow], before: Seal | None) -> None:
        seal = Seal(
            format=FORMAT,
            number=before.number + 1 if before else 1,
            rows=len(rows),
            upto_ordinal=rows[-1].ordinal,
            upto_transaction=rows[-1].transaction,
            upto_seq=rows[-1].seq,
            root=merkle_root([row_hash(as_exported(row)) for row in rows]).hex(),
            previous=before.root if before else NO_SEAL,
        )
        seal.signature = self._key.sign(signed_bytes(seal)).hex()
        session.add(seal)
        sealed = EVENTS[f"{self._service}.audit.sealed.v1"]
        assert issubclass(sealed, AuditSealed)
        label = Label(sensitivity=Sensitivity.strictly_confidential, tlp=Tlp.red, originator=CENTRE)
        said = {name: getattr(seal, name) for name in ("number", "rows", "root", "previous", "signature")}
        await announce(session, sealed(id=f"{self._service}-{seal.number}", label=label, **said))


async def _number_unsealed(session: AsyncSession) -> list[AuditRow]:
    """The next rows that no running transaction can still come before, numbered in the order they are sealed in."""
    query = select(AuditRow).where(AuditRow.ordinal.is_(None), text(SETTLED)).order_by(AuditRow.seq).limit(SEAL_ROWS)
    rows = list((await session.execute(query)).scalars())
    last = (await session.execute(select(func.max(AuditRow.ordinal)))).scalar() or 0
    values = {"seqs": [row.seq for row in rows], "last": last}
    if rows:
        await session.execute(_NUMBER, values)
    for ordinal, row in enumerate(rows, start=last + 1):
        set_committed_value(row, "ordinal", ordinal)
    return rows
