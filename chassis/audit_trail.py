"""The audit rows of one service over HTTP, for auditors; the gateway puts the services' trails together."""

from typing import Any

from fastapi import APIRouter, Request
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.audit import as_exported
from chassis.errors import NotPermitted
from chassis.principal import PRINCIPAL_HEADER
from chassis.tables import AuditRow

audit_trail = APIRouter(include_in_schema=False)
MAX_ROWS = 201


@audit_trail.get("/audit")
async def list_audit_rows(request: Request, before: int | None = None, actor: str | None = None, limit: int = 50) -> list[dict[str, Any]]:
    """The rows before a seq, newest first."""
    state = request.app.state
    principal = state.principals.read(request.headers.get(PRINCIPAL_HEADER))
    if not principal.has("auditor"):
        raise NotPermitted("The audit trail is for auditors.")
    async with state.database.transaction(principal) as session:
        return await read_rows(session, before, actor, min(limit, MAX_ROWS))


async def read_rows(session: AsyncSession, before: int | None, actor: str | None, limit: int) -> list[dict[str, Any]]:
    """Rows as they are exported and sealed."""
    query = select(AuditRow).order_by(AuditRow.seq.desc()).limit(limit)
    if before is not None:
        query = query.where(AuditRow.seq < before)
    if actor is not None:
        query = query.where(AuditRow.actor == actor)
    return [as_exported(row) for row in (await session.execute(query)).scalars()]
