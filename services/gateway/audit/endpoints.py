"""The audit trail over HTTP."""

from fastapi import Request

from chassis.operation import Session, router
from chassis.pagination import Page, PagingQuery, Rows
from services.gateway.audit import queries
from services.gateway.audit.schemas import Audited, AuditRecord, SealedBatch

routes = router("audit")


@routes.get("/audit", response_model=Page[AuditRecord])
async def list_audit(request: Request, session: Session, paging: PagingQuery, actor: str | None = None) -> Rows[AuditRecord]:
    """Who did or read what, in all services, newest first."""
    return await queries.list_audit(session, request.app.state.hop, paging, actor)


@routes.get("/audit/seals", response_model=Page[SealedBatch])
async def list_seals(request: Request, session: Session, paging: PagingQuery, service: Audited) -> Rows[SealedBatch]:
    """Sealed batches of a service with their rows, oldest first: one a line, they are what `goodoffices verify-audit` reads."""
    return await queries.list_seals(session, request.app.state.hop, paging, service)
