"""Writes of mandates. What ends or narrows one also takes back what leaned on it.

Exchange does, which reacts to `MandatesNarrowed`.

The organization's row is locked before the mandate's: deliveries share it, so a revocation precedes them or follows them (R15).
Every step adds a row to the mandate's history in the same transaction (R3).
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import inspect
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import now
from chassis.database import react_to, seeing_all
from chassis.errors import WrongState
from chassis.labelling import complete_label
from chassis.outbox import announce
from chassis.records import change_record, read_record
from contracts.events.coordination import MandateChanged, MandateDeclared, MandateEnded
from services.coordination.mandates.errors import OutsideItsTime
from services.coordination.mandates.events import MandatesNarrowed
from services.coordination.mandates.queries import first_effect, lapsed_mandates
from services.coordination.mandates.schemas import CorrectionBody, EndBody, MandateBody, MandateState
from services.coordination.mandates.tables import Mandate, MandateRecord
from services.coordination.organizations.queries import REGISTER_READERS, find_active, lock_recipient, register_label
from services.coordination.organizations.tables import Organization

_RENAMED = {"themes": "covers_themes", "countries": "covers_countries"}


async def declare_mandate(session: AsyncSession, body: MandateBody) -> Mandate:
    """Put an organization's mandate on record. Nothing is released by it: that takes a decision and a person (R13)."""
    await find_active(session, body.organization)
    clock = now()
    mandate = Mandate(organization=body.organization, valid_from=clock, readers=REGISTER_READERS)
    _lay(mandate, body.model_dump(exclude={"organization", "label", "valid_from"}))
    mandate.valid_from = body.valid_from or clock
    mandate.label = complete_label(session, body.label, register_label())
    session.add(mandate)
    await _record(session, mandate, min(mandate.valid_from, clock))
    said = MandateDeclared(id=mandate.id, version=mandate.version, label=mandate.label, organization=mandate.organization)
    await announce(session, said)
    return mandate


async def end_mandate(session: AsyncSession, mandate_id: UUID, body: EndBody) -> Mandate:
    """End a mandate: what leaned on it alone does not go any more, and is recalled where it went (R15).

    Recorded late, it takes effect from its stated date: what was delivered after it is flagged (R3). Recorded early, it
    waits for its day, and the sweep settles it then.
    """
    organization, mandate = await _lock(session, mandate_id)
    clock = now()
    effective_at = body.effective_at or clock
    _check_end(mandate, effective_at, clock)
    mandate.ended_at, mandate.ended_from, mandate.reason = clock, effective_at, body.reason
    async with seeing_all(session, "coordination"):
        await _record(session, mandate, effective_at)
        if effective_at > clock:
            await _say_changed(session, organization, mandate)
        else:
            await _settle(session, organization, mandate)
            await react_to(session, MandatesNarrowed(organization.id, effective_at, "mandate ended"))
    return mandate


async def correct_mandate(session: AsyncSession, mandate_id: UUID, body: CorrectionBody) -> Mandate:
    """Record what should have been recorded, from its first day on. What was known before can still be asked for (R3).

    What it never covered, as is known now, does not go any more, and is recalled and flagged where it went (R15).
    """
    organization, mandate = await _lock(session, mandate_id)
    _lay(mandate, body.model_dump(exclude_unset=True, exclude={"reason"}))
    _check_term(mandate)
    mandate.corrected_at, mandate.corrected_because = now(), body.reason
    if mandate.state != MandateState.ended:
        mandate.settled_at = None
    organization.epoch += 1
    async with seeing_all(session, "coordination"):
        effective_at = min(await first_effect(session, mandate), mandate.valid_from)
        await _record(session, mandate, effective_at)
        await react_to(session, MandatesNarrowed(organization.id, effective_at, "mandate corrected"))
        await _say_changed(session, organization, mandate)
    return mandate


async def settle_lapses(session: AsyncSession, slug: str) -> None:
    """Note the end of mandates that the clock has ended, and take back what leaned on them (R15)."""
    async with seeing_all(session, "coordination"):
        if not await lapsed_mandates(session, slug):
            return
        organization = await lock_recipient(session, slug, revoking=True)
        # Whoever held the lock before may have settled it meanwhile.
        for mandate in await lapsed_mandates(session, slug):
            await _settle(session, organization, mandate)
        await react_to(session, MandatesNarrowed(slug, now(), "mandate ended"))


async def _lock(session: AsyncSession, mandate_id: UUID) -> tuple[Organization, Mandate]:
    known = await read_record(session, Mandate, mandate_id, "mandate")
    async with seeing_all(session, "coordination"):
        organization = await lock_recipient(session, known.organization, revoking=True)
    return organization, await change_record(session, Mandate, mandate_id, "mandate")


def _check_end(mandate: Mandate, effective_at: datetime, clock: datetime) -> None:
    over = mandate.ended_at is not None or (mandate.state == MandateState.ended and effective_at >= clock)
    if over:
        raise WrongState("mandate", MandateState.ended, [MandateState.pending, MandateState.in_force])
    if effective_at < min(mandate.valid_from, clock):
        raise OutsideItsTime("effective_at", "is before the mandate began")
    if mandate.valid_until is not None and effective_at >= mandate.valid_until:
        raise OutsideItsTime("effective_at", "is not before its last day")


def _check_term(mandate: Mandate) -> None:
    if mandate.ends_at is not None and mandate.ends_at <= mandate.valid_from:
        raise OutsideItsTime("valid_from", "is not before its end")


def _lay(mandate: Mandate, given: dict[str, Any]) -> None:
    """Lay what came in over the mandate."""
    ceiling = given.pop("ceiling", None)
    if ceiling:
        mandate.ceiling_sensitivity, mandate.ceiling_tlp = ceiling["sensitivity"].rank, ceiling["tlp"]
    for name, value in given.items():
        setattr(mandate, _RENAMED.get(name, name), value)


async def _record(session: AsyncSession, mandate: Mandate, effective_at: datetime) -> None:
    """Add what is now recorded to the history, true from `effective_at`."""
    await session.flush()
    taken = {each.key for each in inspect(MandateRecord).column_attrs} - {"recorded_at", "effective_at"}
    session.add(MandateRecord(**{name: getattr(mandate, name) for name in taken}, recorded_at=now(), effective_at=effective_at))
    await session.flush()


async def _settle(session: AsyncSession, organization: Organization, mandate: Mandate) -> None:
    mandate.settled_at = now()
    organization.epoch += 1
    await session.flush()
    said = {"organization": organization.id, "epoch": organization.epoch}
    await announce(session, MandateEnded(id=mandate.id, version=mandate.version, label=mandate.label, **said))


async def _say_changed(session: AsyncSession, organization: Organization, mandate: Mandate) -> None:
    said = {"organization": organization.id, "epoch": organization.epoch}
    await announce(session, MandateChanged(id=mandate.id, version=mandate.version, label=mandate.label, **said))
