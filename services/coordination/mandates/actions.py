"""Writes of mandates. The end of one also takes back what leaned on it, through `review` given by exchange.

The organization's row is locked before the mandate's: deliveries share it, so an end precedes them or follows them (R15).
"""

from collections.abc import Awaitable, Callable
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import now
from chassis.database import seeing_all
from chassis.errors import WrongState
from chassis.labelling import complete_label
from chassis.outbox import announce
from chassis.records import change_record, read_record
from contracts.events.coordination import MandateDeclared, MandateEnded
from services.coordination.mandates.queries import lapsed_mandates
from services.coordination.mandates.schemas import MandateBody, MandateState
from services.coordination.mandates.tables import Mandate
from services.coordination.organizations.queries import REGISTER_READERS, find_active, lock_recipient, register_label
from services.coordination.organizations.tables import Organization

Review = Callable[[AsyncSession, Organization], Awaitable[None]]


async def declare_mandate(session: AsyncSession, body: MandateBody) -> Mandate:
    """Put an organization's mandate on record. Nothing is released by it: that takes a decision and a person (R13)."""
    await find_active(session, body.organization)
    mandate = Mandate(
        covers_themes=body.themes,
        covers_countries=body.countries,
        ceiling_sensitivity=body.ceiling.sensitivity.rank,
        ceiling_tlp=body.ceiling.tlp,
        valid_from=body.valid_from or now(),
        readers=REGISTER_READERS,
        **body.model_dump(include={"organization", "title", "clause", "functions", "valid_until"}),
    )
    mandate.label = complete_label(session, body.label, register_label())
    session.add(mandate)
    await session.flush()
    said = MandateDeclared(id=mandate.id, version=mandate.version, label=mandate.label, organization=mandate.organization)
    await announce(session, said)
    return mandate


async def end_mandate(session: AsyncSession, mandate_id: UUID, reason: str, review: Review) -> Mandate:
    """End a mandate: what leaned on it alone does not go any more, and is recalled where it went (R15)."""
    known = await read_record(session, Mandate, mandate_id, "mandate")
    async with seeing_all(session, "coordination"):
        organization = await lock_recipient(session, known.organization, revoking=True)
    mandate = await change_record(session, Mandate, mandate_id, "mandate")
    if mandate.ended_at is not None:
        raise WrongState("mandate", MandateState.ended, [MandateState.pending, MandateState.in_force])
    async with seeing_all(session, "coordination"):
        await _end(session, organization, mandate, reason)
        await review(session, organization)
    return mandate


async def settle_lapses(session: AsyncSession, slug: str, review: Review) -> None:
    """Record the end of mandates that lapsed, and take back what leaned on them. The clock has ended them already (R15)."""
    async with seeing_all(session, "coordination"):
        if not await lapsed_mandates(session, slug):
            return
        organization = await lock_recipient(session, slug, revoking=True)
        # Whoever held the lock before may have recorded the end meanwhile.
        for mandate in await lapsed_mandates(session, slug):
            await _end(session, organization, mandate, "Its term ran out.")
        await review(session, organization)


async def _end(session: AsyncSession, organization: Organization, mandate: Mandate, reason: str) -> None:
    mandate.ended_at, mandate.reason = now(), reason
    organization.epoch += 1
    await session.flush()
    said = {"organization": organization.id, "epoch": organization.epoch}
    await announce(session, MandateEnded(id=mandate.id, version=mandate.version, label=mandate.label, **said))
