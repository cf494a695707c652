"""Commitments of a package: who promised what to whom by when."""

from datetime import date
from typing import Any

from pydantic import AwareDatetime

from contracts.vocabulary import Line, Prose
from services.liaison.commitments.rules import CommitmentState
from services.liaison.handover.rules.records import Below, ExternalId, Found, Mapped, Record, Reference

_SIDES = ("promised_by", "promised_to")


class CommitmentRecord(Record):
    """A promise as the giving office had it. The side that is left out was that office, and is the Centre from now on."""

    reference: Line | None = None
    engagement: ExternalId | None = None
    promised_by: ExternalId | None = None
    promised_to: ExternalId | None = None
    text: Prose
    due_on: date
    state: CommitmentState
    reason: Prose | None = None
    closed_at: AwareDatetime | None = None


def references(record: CommitmentRecord) -> list[tuple[Reference, str]]:
    """The two sides, and the engagement it comes from."""
    sides = [(("parties", party), f"/{side}") for side in _SIDES if (party := getattr(record, side))]
    return sides + ([(("engagements", record.engagement), "/engagement")] if record.engagement else [])


def columns(record: CommitmentRecord, found: Found) -> dict[str, Any]:
    """The commitment's row; its reference is given by our own register."""
    return {
        "engagement": found["engagements", record.engagement] if record.engagement else None,
        **{side: found["parties", party] if (party := getattr(record, side)) else None for side in _SIDES},
        "text": record.text,
        "due_on": record.due_on,
        "state": record.state.value,
        "reason": record.reason,
        "closed_at": record.closed_at,
    }


def given(record: CommitmentRecord) -> dict[str, Any]:
    """Its old reference."""
    return record.model_dump(mode="json", include={"reference"}, exclude_none=True)


def record_of(commitment: Any, _: Below) -> dict[str, Any]:
    """The record of a commitment of ours."""
    named = {name: str(key) for name in (*_SIDES, "engagement") if (key := getattr(commitment, name))}
    closed = {"closed_at": commitment.closed_at.isoformat()} if commitment.closed_at else {}
    plain = {name: getattr(commitment, name) for name in ("reference", "text", "state", "reason")}
    return named | closed | plain | {"due_on": commitment.due_on.isoformat()}


COMMITMENTS = Mapped(CommitmentRecord, columns, references, given=given)
