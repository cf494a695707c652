"""The audit rows of one service over HTTP, for auditors; the gateway puts the trails together."""

import operator
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel
from sqlalchemy import ColumnElement, Select, select, tuple_, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.audit import as_exported
from chassis.errors import NotPermitted
from chassis.principal import PRINCIPAL_HEADER
from chassis.sealing import SEALED_FIELDS
from chassis.tables import AuditRow, Seal

audit_trail = APIRouter(include_in_schema=False)
MAX_ROWS = 201
MAX_BATCHES = 11
MAX_HEADS = 100


class Sought(BaseModel):
    """Which rows an auditor asks for; None leaves a filter out. `until` is exclusive."""

    item: str | None = None
    actor: str | None = None
    operation: str | None = None
    since: datetime | None = None
    until: datetime | None = None


async def auditing(request: Request) -> AsyncIterator[AsyncSession]:
    """A transaction as an auditor; NotPermitted for anybody else."""
    state = request.app.state
    principal = state.principals.read(request.headers.get(PRINCIPAL_HEADER))
    if not principal.has("auditor"):
        raise NotPermitted("The audit trail is for auditors.")
    async with state.database.transaction(principal) as session:
        yield session


Auditing = Annotated[AsyncSession, Depends(auditing)]


@audit_trail.get("/audit")
async def list_audit_rows(
    session: Auditing,
    sought: Annotated[Sought, Depends()],
    before: int | None = None,
    limit: int = 50,
) -> list[dict[str, Any]]:
    """The rows before a seq, newest first."""
    return await read_rows(session, before, sought, min(limit, MAX_ROWS))


@audit_trail.get("/audit/seals")
async def list_sealed_batches(session: Auditing, after: int = 0, limit: int = 1) -> list[dict[str, Any]]:
    """The sealed batches after a number, with their rows."""
    return await read_batches(session, after, min(limit, MAX_BATCHES))


@audit_trail.get("/audit/heads")
async def list_heads(session: Auditing, limit: int = MAX_HEADS) -> list[dict[str, Any]]:
    """The newest seals, newest first, without their rows."""
    return await read_heads(session, min(limit, MAX_HEADS))


async def read_rows(session: AsyncSession, before: int | None, sought: Sought, limit: int) -> list[dict[str, Any]]:
    """Rows as they are exported and sealed."""
    query = select(AuditRow).order_by(AuditRow.seq.desc()).limit(limit).where(*_wanted(sought))
    if before is not None:
        query = query.where(AuditRow.seq < before)
    if sought.item is not None:
        query = query.where(AuditRow.seq.in_(_about(sought.item)))
    return [as_exported(row) for row in (await session.execute(query)).scalars()]


def _wanted(sought: Sought) -> list[ColumnElement[bool]]:
    """The filters but the item."""
    asked = [
        (AuditRow.actor, operator.eq, sought.actor),
        (AuditRow.operation, operator.eq, sought.operation),
        (AuditRow.at, operator.ge, sought.since),
        (AuditRow.at, operator.lt, sought.until),
    ]
    return [fits(column, value) for column, fits, value in asked if value is not None]


def _about(item: str) -> Select[Any]:
    """The rows that name an item: sealed ones by their index, the few of the last seconds by
    looking through them."""
    names_it = AuditRow.ids.contains([item])
    sealed = select(AuditRow.seq).where(names_it, AuditRow.ordinal.is_not(None))
    waiting = select(AuditRow.seq).where(names_it, AuditRow.ordinal.is_(None))
    return select(union_all(sealed, waiting).cte("about").prefix_with("materialized").c.seq)


async def read_heads(session: AsyncSession, limit: int) -> list[dict[str, Any]]:
    """The newest seals, newest first."""
    query = select(Seal).order_by(Seal.number.desc()).limit(limit)
    return [_told(seal) for seal in (await session.execute(query)).scalars()]


async def read_batches(session: AsyncSession, after: int, limit: int) -> list[dict[str, Any]]:
    """Seals after number `after`, in order, each with the rows it covers as `entries`."""
    before, batches = await session.get(Seal, after), []
    query = select(Seal).where(Seal.number > after).order_by(Seal.number).limit(limit)
    for seal in (await session.execute(query)).scalars():
        batches.append(_told(seal) | {"entries": await read_under(session, seal, before)})
        before = seal
    return batches


def _told(seal: Seal) -> dict[str, Any]:
    return {name: getattr(seal, name) for name in SEALED_FIELDS}


async def seal_over(session: AsyncSession, row: AuditRow) -> tuple[Seal | None, Seal | None]:
    """The seal that covers a row, and the one before it."""
    if row.ordinal is None:
        return None, None
    of_first = select(Seal).where(
        Seal.upto_ordinal.is_(None),
        tuple_(Seal.upto_transaction, Seal.upto_seq) >= (row.transaction, row.seq),
    )
    seal = (await session.execute(of_first.order_by(Seal.number).limit(1))).scalar_one_or_none()
    if seal is None:
        later = select(Seal).where(Seal.upto_ordinal >= row.ordinal)
        found = await session.execute(later.order_by(Seal.upto_ordinal).limit(1))
        seal = found.scalar_one_or_none()
    return seal, await session.get(Seal, seal.number - 1) if seal else None


async def read_under(session: AsyncSession, seal: Seal, before: Seal | None) -> list[dict[str, Any]]:
    """The rows under a seal in the order they were sealed in; `before` is the seal before it."""
    covered = _covered(seal, before)
    query = select(AuditRow).where(*covered).order_by(AuditRow.ordinal)
    return [as_exported(row) for row in (await session.execute(query)).scalars()]


def _covered(seal: Seal, before: Seal | None) -> list[ColumnElement[bool]]:
    """The rows a seal covers: by their ordinals, or as seals of the first form counted them."""
    if seal.upto_ordinal is not None:
        ordinal = AuditRow.ordinal
        return [ordinal > seal.upto_ordinal - seal.rows, ordinal <= seal.upto_ordinal]
    begin = (before.upto_transaction, before.upto_seq) if before else (0, 0)
    place = tuple_(AuditRow.transaction, AuditRow.seq)
    return [place > begin, place <= (seal.upto_transaction, seal.upto_seq)]
