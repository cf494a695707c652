"""The audit rows of one service over HTTP, for auditors; the gateway puts the services' trails together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import APIRouter, Request
from sqlalchemy import ColumnElement, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.audit import as_exported
from chassis.errors import NotPermitted
from chassis.principal import PRINCIPAL_HEADER
from chassis.tables import AuditRow, Seal
from chassis.verification import SEALED_FIELDS

audit_trail = APIRouter(include_in_schema=False)
MAX_ROWS = 201
MAX_BATCHES = 11


@audit_trail.get("/audit")
async def list_audit_rows(request: Request, before: int | None = None, actor: str | None = None, limit: int = 50) -> list[dict[str, Any]]:
    """The rows before a seq, newest first."""
    async with _auditing(request) as session:
        return await read_rows(session, before, actor, min(limit, MAX_ROWS))


@audit_trail.get("/audit/seals")
async def list_sealed_batches(request: Request, after: int = 0, limit: int = 1) -> list[dict[str, Any]]:
    """The sealed batches after a number, with their rows."""
    async with _auditing(request) as session:
        return await read_batches(session, after, min(limit, MAX_BATCHES))


@asynccontextmanager
async def _auditing(request: Request) -> AsyncIterator[AsyncSession]:
    state = request.app.state
    principal = state.principals.read(request.headers.get(PRINCIPAL_HEADER))
    if not principal.has("auditor"):
        raise NotPermitted("The audit trail is for auditors.")
    async with state.database.transaction(principal) as session:
        yield session


async def read_rows(session: AsyncSession, before: int | None, actor: str | None, limit: int) -> list[dict[str, Any]]:
    """Rows as they are exported and sealed."""
    query = select(AuditRow).order_by(AuditRow.seq.desc()).limit(limit)
    if before is not None:
        query = query.where(AuditRow.seq < before)
    if actor is not None:
        query = query.where(AuditRow.actor == actor)
    return [as_exported(row) for row in (await session.execute(query)).scalars()]


async def read_batches(session: AsyncSession, after: int, limit: int) -> list[dict[str, Any]]:
    """Seals after number `after`, in order, each with the rows it covers as `entries`."""
    before, batches = await session.get(Seal, after), []
    query = select(Seal).where(Seal.number > after).order_by(Seal.number).limit(limit)
    for seal in (await session.execute(query)).scalars():
        told = {name: getattr(seal, name) for name in SEALED_FIELDS}
        batches.append(told | {"entries": await _read_under(session, seal, before)})
        before = seal
    return batches


async def _read_under(session: AsyncSession, seal: Seal, before: Seal | None) -> list[dict[str, Any]]:
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
