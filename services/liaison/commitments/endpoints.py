"""Commitments over HTTP."""

from uuid import UUID

from fastapi import Response

from chassis.operation import Session, created, router
from chassis.pagination import Page, PagingQuery, Rows
from chassis.records import read_record
from contracts.vocabulary import Reason
from services.liaison.commitments import actions, queries
from services.liaison.commitments.rules import CommitmentStanding
from services.liaison.commitments.schemas import CommitmentBody, CommitmentOut, Fulfilment
from services.liaison.commitments.tables import Commitment

routes = router("commitments")


@routes.post("/commitments", status_code=201, response_model=CommitmentOut)
async def make_commitment(body: CommitmentBody, session: Session, response: Response) -> Commitment:
    """Record who promised what to whom by when."""
    return created(response, "commitments", await actions.make_commitment(session, body))


@routes.get("/commitments", response_model=Page[CommitmentOut])
async def list_commitments(
    session: Session,
    paging: PagingQuery,
    standing: CommitmentStanding | None = None,
    engagement: UUID | None = None,
    party: UUID | None = None,
) -> Rows[Commitment]:
    """Commitments, newest first; `standing=overdue` lists those whose day has passed."""
    return await queries.list_commitments(session, paging, standing, engagement, party)


@routes.get("/commitments/{commitment_id}", response_model=CommitmentOut)
async def read_commitment(commitment_id: UUID, session: Session) -> Commitment:
    """One commitment."""
    return await read_record(session, Commitment, commitment_id, "commitment")


@routes.post("/commitments/{commitment_id}/meet", response_model=CommitmentOut)
async def meet_commitment(commitment_id: UUID, session: Session, body: Fulfilment | None = None) -> Commitment:
    """Record that it was met."""
    return await actions.meet_commitment(session, commitment_id, body.remark if body else None)


@routes.post("/commitments/{commitment_id}/cancel", response_model=CommitmentOut)
async def cancel_commitment(commitment_id: UUID, body: Reason, session: Session) -> Commitment:
    """Record that it was given up, and why."""
    return await actions.cancel_commitment(session, commitment_id, body.reason)
