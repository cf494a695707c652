"""Writes of commitments."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import now
from chassis.errors import WrongState
from chassis.labelling import complete_label
from chassis.outbox import announce
from chassis.records import change_record, read_record
from chassis.references import next_references
from contracts.events.liaison import (
    CommitmentAnnouncement,
    CommitmentCancelled,
    CommitmentDue,
    CommitmentMade,
    CommitmentMet,
    CommitmentOverdue,
)
from contracts.labels import Label, join
from contracts.vocabulary import CENTRE, Sensitivity, Tlp, known_countries
from services.liaison.commitments.queries import lock_unannounced
from services.liaison.commitments.rules import CommitmentStanding, CommitmentState
from services.liaison.commitments.schemas import CommitmentBody
from services.liaison.commitments.tables import Commitment
from services.liaison.engagements.tables import Engagement
from services.liaison.parties.queries import find_parties


async def make_commitment(session: AsyncSession, body: CommitmentBody) -> Commitment:
    """Record a promise; at least confidential, and as strict as the engagement it comes from, unless labelled otherwise."""
    named = [each for each in (body.promised_by, body.promised_to) if each]
    parties = await find_parties(session, named)
    base = Label(
        sensitivity=Sensitivity.confidential,
        tlp=Tlp.amber,
        originator=CENTRE,
        countries=sorted({country for party in parties for country in known_countries(party.party_countries)}),
    )
    if body.engagement is not None:
        base = join([base, (await read_record(session, Engagement, body.engagement, "engagement")).label], CENTRE)
    commitment = Commitment(
        state=CommitmentState.open, reference=(await next_references(session, "COM"))[0], **body.model_dump(exclude={"label"})
    )
    commitment.label = complete_label(session, body.label, base)
    session.add(commitment)
    await _say(session, CommitmentMade, commitment)
    return commitment


async def meet_commitment(session: AsyncSession, commitment_id: UUID, remark: str | None) -> Commitment:
    """Record that it was met, late or not."""
    commitment = await _close(session, commitment_id, CommitmentState.met, remark)
    await _say(session, CommitmentMet, commitment)
    return commitment


async def cancel_commitment(session: AsyncSession, commitment_id: UUID, reason: str) -> Commitment:
    """Record that it was given up."""
    commitment = await _close(session, commitment_id, CommitmentState.cancelled, reason)
    await _say(session, CommitmentCancelled, commitment)
    return commitment


async def sweep_commitment(session: AsyncSession) -> bool:
    """Announce, once, that a commitment became due or overdue; False when there is none. The calendar itself judges both."""
    commitment = await lock_unannounced(session)
    if commitment is None:
        return False
    if commitment.standing is CommitmentStanding.overdue:
        commitment.overdue_announced_at = now()
        await _say(session, CommitmentOverdue, commitment)
    else:
        commitment.due_announced_at = now()
        await _say(session, CommitmentDue, commitment)
    return True


async def _close(session: AsyncSession, commitment_id: UUID, state: CommitmentState, reason: str | None) -> Commitment:
    commitment = await change_record(session, Commitment, commitment_id, "commitment")
    if commitment.state != CommitmentState.open:
        raise WrongState("commitment", commitment.state, [CommitmentState.open])
    commitment.state, commitment.reason, commitment.closed_at = state, reason, now()
    return commitment


async def _say(session: AsyncSession, announcement: type[CommitmentAnnouncement], commitment: Commitment) -> None:
    await session.flush()
    said = announcement(
        id=commitment.id,
        version=commitment.version,
        label=commitment.label,
        state=commitment.standing,
        engagement=commitment.engagement,
        due_on=commitment.due_on,
    )
    await announce(session, said)
