"""The audit trail over HTTP."""

from datetime import datetime
from typing import Annotated

from fastapi import Depends, Path, Query, Request

from chassis.audit_trail import Sought
from chassis.operation import Session, router
from chassis.pagination import Page, PagingQuery, Rows
from services.gateway.audit import queries
from services.gateway.audit.schemas import (
    AnnouncedRoot,
    Audited,
    AuditRecord,
    ConsistencyProof,
    InclusionProof,
    SealedBatch,
    SealKeys,
)

routes = router("audit")
RowId = Annotated[
    str,
    Path(
        pattern=r"^(liaison|reports|coordination|gateway):[1-9][0-9]{0,17}$",
        description="The id of a row, as `GET /v1/audit` gives it.",
        examples=["reports:1201"],
    ),
]
SealNumber = Annotated[int, Query(ge=1, le=2**31 - 1, description="The number of a seal.")]


async def _read_sought(
    item: Annotated[str | None, Query(max_length=64, description="An id the row names.")] = None,
    actor: Annotated[str | None, Query(description="Who acted or read.")] = None,
    operation: Annotated[str | None, Query(max_length=100, description="An operationId.", examples=["readParty"])] = None,
    since: datetime | None = None,
    until: Annotated[datetime | None, Query(description="Before this moment.")] = None,
) -> Sought:
    return Sought(item=item, actor=actor, operation=operation, since=since, until=until)


SoughtQuery = Annotated[Sought, Depends(_read_sought)]


@routes.get("/audit", response_model=Page[AuditRecord])
async def list_audit(request: Request, session: Session, paging: PagingQuery, sought: SoughtQuery) -> Rows[AuditRecord]:
    """Who did or read what, in all services, newest first."""
    return await queries.list_audit(session, request.app.state.hop, paging, sought)


@routes.get("/audit/seals", response_model=Page[SealedBatch])
async def list_seals(request: Request, session: Session, paging: PagingQuery, service: Audited) -> Rows[SealedBatch]:
    """Sealed batches of a service with their rows, oldest first: one a line, they are what
    `goodoffices verify-audit` reads."""
    return await queries.list_seals(session, request.app.state.hop, paging, service)


@routes.get("/audit/roots", response_model=Page[AnnouncedRoot])
async def list_roots(session: Session, paging: PagingQuery, service: Audited | None = None) -> Rows[AnnouncedRoot]:
    """The roots of seals as they were announced: one a line, they are what
    `goodoffices verify-audit --announced` reads."""
    return await queries.list_roots(session, paging, service)


@routes.get("/audit/keys", response_model=SealKeys)
async def list_audit_keys(request: Request) -> SealKeys:
    """The public keys of seals (JWKS), old ones too."""
    return queries.read_keys(request.app.state.settings.seal_keys)


@routes.get("/audit/consistency", response_model=ConsistencyProof)
async def prove_audit_log(request: Request, session: Session, service: Audited, first: SealNumber, second: SealNumber) -> ConsistencyProof:
    """Prove that a service's log at one seal is continued by the log at a later one
    (RFC 9162, 2.1.4)."""
    hop = request.app.state.hop
    return await queries.prove_log(session, hop, service, (first, second))


@routes.get("/audit/{row}/proof", response_model=InclusionProof)
async def prove_audit_row(request: Request, session: Session, row: RowId) -> InclusionProof:
    """Prove one row without showing others (RFC 9162, 2.1.3). A row is sealed within 10 s; before
    that it is a 409."""
    return await queries.prove_of(session, request.app.state.hop, row)
