"""Proofs about the audit rows of one service over HTTP, for auditors, through the gateway."""

from typing import Any

from fastapi import APIRouter

from chassis.audit_trail import Auditing
from chassis.proofs import prove_consistency, prove_row

proof_trail = APIRouter(include_in_schema=False)


@proof_trail.get("/audit/consistency")
async def read_consistency(session: Auditing, first: int, second: int) -> dict[str, Any]:
    """The consistency proof between the heads of the log at two seals."""
    return await prove_consistency(session, first, second)


@proof_trail.get("/audit/{seq}/proof")
async def read_inclusion(session: Auditing, seq: int) -> dict[str, Any]:
    """The inclusion proof of one row."""
    return await prove_row(session, seq)
