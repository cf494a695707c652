"""Seals batches of audit rows, so that an export can be verified offline (R17).

A seal is a Merkle root over the rows' hashes, chained to the seal before it and signed with the
service's Ed25519 key. Its root is the next leaf of the service's log (chassis.audit_log), whose
root the seal signs, too.
"""

import asyncio
import json
from pathlib import Path
from typing import Any, Final

from joserfc.jwk import OKPKey
from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm.attributes import set_committed_value

from chassis.audit import FORMAT, as_exported, row_hash
from chassis.audit_log import extend_log
from chassis.database import Database
from chassis.merkle import merkle_root
from chassis.outbox import announce
from chassis.principal import system_principal
from chassis.settled import SETTLED
from chassis.tables import AuditRow, Seal
from contracts.events import EVENTS
from contracts.events.gateway import AuditSealed
from contracts.labels import Label
from contracts.vocabulary import CENTRE, Sensitivity, Tlp

SEAL_SECONDS: Final = 10.0
SEAL_ROWS: Final = 1000
NO_SEAL: Final = "0" * 64
SEALED_FIELDS: Final = (
    "format", "number", "rows", "upto_transaction", "upto_seq", "upto_ordinal", "root", "previous",
    "signature", "log_root",
)  # fmt: skip
_NUMBER = text(
    "update audit set ordinal = :last + given.n"
    " from unnest(cast(:seqs as bigint[])) with ordinality as given (seq, n)"
    " where audit.seq = given.seq and ordinal is null"
)


def signed_bytes(seal: Seal) -> bytes:
    """What a seal's signature covers, in the form the seal has."""
    if seal.format == 1:
        place = f"{seal.upto_transaction}:{seal.upto_seq}"
        return f"{seal.number}:{seal.rows}:{place}:{seal.root}:{seal.previous}".encode()
    told = f"{seal.number}:{seal.rows}:{seal.upto_ordinal}:{seal.root}:{seal.previous}"
    log = f":{seal.log_root}" if seal.format >= 3 else ""
    return f"{seal.format}:{told}{log}".encode()


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
            newest = select(Seal).order_by(Seal.number.desc()).limit(1)
            before = (await session.execute(newest)).scalar_one_or_none()
            rows = await _number_unsealed(session)
            if rows:
                await self._close(session, rows, before)
            return len(rows)

    async def _close(self, session: AsyncSession, rows: list[AuditRow], before: Seal | None) -> None:
        root = await asyncio.to_thread(_root_over, [as_exported(row) for row in rows])
        seal = Seal(
            format=FORMAT,
            number=before.number + 1 if before else 1,
            rows=len(rows),
            upto_ordinal=rows[-1].ordinal,
            upto_transaction=rows[-1].transaction,
            upto_seq=rows[-1].seq,
            root=root,
            previous=before.root if before else NO_SEAL,
        )
        seal.log_root = await extend_log(session, seal.number - 1, seal.root)
        seal.signature = self._key.sign(signed_bytes(seal)).hex()
        session.add(seal)
        await self._announce(session, seal)

    async def _announce(self, session: AsyncSession, seal: Seal) -> None:
        sealed = EVENTS[f"{self._service}.audit.sealed.v1"]
        assert issubclass(sealed, AuditSealed)
        strictest = Sensitivity.strictly_confidential
        label = Label(sensitivity=strictest, tlp=Tlp.red, originator=CENTRE)
        fields = ("number", "rows", "root", "previous", "signature")
        told = {name: getattr(seal, name) for name in fields}
        await announce(session, sealed(id=f"{self._service}-{seal.number}", label=label, **told))


def _root_over(rows: list[dict[str, Any]]) -> str:
    return merkle_root([row_hash(row, FORMAT) for row in rows]).hex()


async def _number_unsealed(session: AsyncSession) -> list[AuditRow]:
    """The next rows that no running transaction can still come before, numbered in the order they
    are sealed in."""
    waiting = select(AuditRow).where(AuditRow.ordinal.is_(None), text(SETTLED))
    query = waiting.order_by(AuditRow.seq).limit(SEAL_ROWS)
    rows = list((await session.execute(query)).scalars())
    last = (await session.execute(select(func.max(AuditRow.ordinal)))).scalar() or 0
    if rows:
        await session.execute(_NUMBER, {"seqs": [row.seq for row in rows], "last": last})
    for ordinal, row in enumerate(rows, start=last + 1):
        set_committed_value(row, "ordinal", ordinal)
    return rows
