"""Writes of concurrences. What ends one also suspends what leaned on it.

Engagements do, which react to `ConcurrenceEnded`.

Every step adds a row to the concurrence's history in the same transaction (R3).
"""

from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import inspect
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import now
from chassis.database import react_to
from chassis.errors import WrongState
from chassis.labelling import complete_label
from chassis.outbox import announce
from chassis.records import change_record
from chassis.references import next_references
from contracts.events.liaison import (
    ConcurrenceAnnouncement,
    ConcurrenceConfirmed,
    ConcurrenceDeclined,
    ConcurrenceGranted,
    ConcurrenceLapsed,
    ConcurrenceNarrowed,
    ConcurrenceRequested,
    ConcurrenceWithdrawn,
)
from contracts.labels import Label
from contracts.vocabulary import CENTRE, Sensitivity, Tlp
from services.liaison.concurrence.errors import GrantWidens, OutsideItsTime
from services.liaison.concurrence.events import ConcurrenceEnded
from services.liaison.concurrence.queries import lock_unswept
from services.liaison.concurrence.rules import Basis, ConcurrenceState, Standing, is_given
from services.liaison.concurrence.schemas import ConcurrenceBody, Grant, Withdrawal
from services.liaison.concurrence.tables import Concurrence, ConcurrenceRecord
from services.liaison.correspondence.queries import require_note
from services.liaison.parties.queries import find_parties

ORAL_TERM = timedelta(days=14)
"""How long an oral word waits for its note when the request names no date."""
SENT, RECEIVED = "NVO", "NVI"
Said = TypeVar("Said", bound=ConcurrenceAnnouncement)


async def request_concurrence(session: AsyncSession, body: ConcurrenceBody) -> Concurrence:
    """Record that a Government was asked; a note of our own register that carries it must be there."""
    await require_note(session, body.carried_by, SENT, "/carried_by")
    await find_parties(session, body.parties)
    default = Label(sensitivity=Sensitivity.confidential, tlp=Tlp.amber, originator=CENTRE, themes=body.themes, countries=[body.country])
    concurrence = Concurrence(
        subject_themes=body.themes,
        state=ConcurrenceState.requested,
        reference=(await next_references(session, "CON"))[0],
        **body.model_dump(exclude={"themes", "label"}),
    )
    if body.basis is Basis.oral and body.confirm_by is None:
        concurrence.confirm_by = now() + ORAL_TERM
    concurrence.label = complete_label(session, body.label, default)
    session.add(concurrence)
    await _record(session, concurrence, now())
    await announce(session, _said(ConcurrenceRequested, concurrence))
    return concurrence


async def grant_concurrence(session: AsyncSession, concurrence_id: UUID, grant: Grant) -> Concurrence:
    """Record that the Government concurred, to all or part of what was asked. Nothing that was suspended is resumed by it (R2)."""
    concurrence = await _step(session, concurrence_id, ConcurrenceState.granted, ConcurrenceState.requested)
    await require_note(session, grant.answered_by, RECEIVED, "/answered_by")
    is_narrowed = await _narrow(session, concurrence, grant)
    concurrence.granted_at = now()
    await _record(session, concurrence, concurrence.granted_at)
    await announce(session, _said(ConcurrenceGranted, concurrence))
    if is_narrowed:
        await announce(session, _said(ConcurrenceNarrowed, concurrence))
    return concurrence


async def confirm_concurrence(session: AsyncSession, concurrence_id: UUID, answered_by: str) -> Concurrence:
    """Record the note that confirms an oral concurrence in time; WrongState once it lapsed or was confirmed."""
    concurrence = await _step(session, concurrence_id, ConcurrenceState.granted, ConcurrenceState.granted)
    if concurrence.basis != Basis.oral or concurrence.confirmed_at is not None or concurrence.standing is Standing.lapsed:
        raise WrongState(
            "concurrence", "confirmed" if concurrence.confirmed_at else concurrence.standing, ["oral, unconfirmed and not lapsed"]
        )
    await require_note(session, answered_by, RECEIVED, "/answered_by")
    concurrence.confirmed_at, concurrence.answered_by = now(), answered_by
    await _record(session, concurrence, concurrence.confirmed_at)
    await announce(session, _said(ConcurrenceConfirmed, concurrence))
    return concurrence


async def decline_concurrence(session: AsyncSession, concurrence_id: UUID, reason: str) -> Concurrence:
    """Record that the Government did not concur."""
    concurrence = await _step(session, concurrence_id, ConcurrenceState.declined, ConcurrenceState.requested)
    concurrence.declined_at, concurrence.reason = now(), reason
    await _record(session, concurrence, concurrence.declined_at)
    await announce(session, _said(ConcurrenceDeclined, concurrence))
    return concurrence


async def withdraw_concurrence(session: AsyncSession, concurrence_id: UUID, withdrawal: Withdrawal) -> Concurrence:
    """Record that the Government withdrew: what leaned on it is suspended in this same transaction (R2).

    Recorded late, it takes effect from its stated date: what was held after it is flagged (R3).
    """
    concurrence = await _step(session, concurrence_id, ConcurrenceState.withdrawn, ConcurrenceState.granted)
    clock = now()
    effective_at = withdrawal.effective_at or clock
    if concurrence.granted_at is not None and effective_at < concurrence.granted_at:
        raise OutsideItsTime("effective_at", "is before the concurrence was given")
    concurrence.withdrawn_at, concurrence.withdrawn_from, concurrence.reason = clock, effective_at, withdrawal.reason
    await _record(session, concurrence, effective_at)
    await _end(session, concurrence, effective_at, ConcurrenceWithdrawn)
    return concurrence


async def sweep_concurrence(session: AsyncSession) -> bool:
    """Announce, once, a concurrence that the clock gave by silence or let lapse; False when there is none.

    Every check judges both by the clock itself (R2). One a transaction: locks on engagements are then taken in one order.
    """
    concurrence = await lock_unswept(session)
    if concurrence is None:
        return False
    if concurrence.state == ConcurrenceState.requested:
        await _grant_by_silence(session, concurrence)
        return True
    concurrence.lapse_announced_at = now()
    await session.flush()
    await _end(session, concurrence, concurrence.ends_at, ConcurrenceLapsed)
    return True


async def _end(
    session: AsyncSession, concurrence: Concurrence, since: datetime, end: type[ConcurrenceWithdrawn | ConcurrenceLapsed]
) -> None:
    """Let what leans on it be suspended (R2), then announce the end with what was."""
    ended = ConcurrenceEnded(
        id=concurrence.id,
        reference=concurrence.reference,
        country=concurrence.country,
        withdrawn=concurrence.state == ConcurrenceState.withdrawn,
        since=since,
    )
    await react_to(session, ended)
    await announce(session, _said(end, concurrence, suspended=ended.suspended))


async def _grant_by_silence(session: AsyncSession, concurrence: Concurrence) -> None:
    concurrence.state, concurrence.granted_at = ConcurrenceState.granted, concurrence.term_ends
    await _record(session, concurrence, concurrence.term_ends or now())
    await announce(session, _said(ConcurrenceGranted, concurrence))


async def _step(session: AsyncSession, concurrence_id: UUID, state: ConcurrenceState, start: ConcurrenceState) -> Concurrence:
    """The concurrence, locked and brought to `state`; what silence granted meanwhile counts as granted."""
    concurrence = await change_record(session, Concurrence, concurrence_id, "concurrence")
    if concurrence.state == ConcurrenceState.requested and is_given(concurrence.terms, now()):
        await _grant_by_silence(session, concurrence)
    if concurrence.state != start:
        raise WrongState("concurrence", concurrence.state, [start])
    concurrence.state = state
    return concurrence


async def _narrow(session: AsyncSession, concurrence: Concurrence, grant: Grant) -> bool:
    """Keep of the request what was granted; GrantWidens names the fields that go beyond it. True when something was left out."""
    kinds = {party.id: party.kind for party in await find_parties(session, grant.parties or [])}
    beyond = {
        "parties": any(each not in concurrence.parties and kind not in concurrence.party_kinds for each, kind in kinds.items()),
        "party_kinds": not set(grant.party_kinds or []) <= set(concurrence.party_kinds),
        "themes": not set(grant.themes or []) <= set(concurrence.subject_themes),
        "valid_from": grant.valid_from is not None and not concurrence.valid_from <= grant.valid_from < concurrence.valid_until,
        "valid_until": grant.valid_until is not None
        and not (grant.valid_from or concurrence.valid_from) < grant.valid_until <= concurrence.valid_until,
    }
    if any(beyond.values()):
        raise GrantWidens([field for field, is_beyond in beyond.items() if is_beyond])
    given = grant.model_dump(exclude_none=True, exclude={"themes", "conditions"}) | (
        {"subject_themes": grant.themes} if grant.themes else {}
    )
    if grant.parties is not None and grant.party_kinds is None:
        # Parties named out of a kind take its place.
        given["party_kinds"] = []
    if grant.conditions:
        given["conditions"] = "\n".join(filter(None, [concurrence.conditions, grant.conditions]))
    for name, value in given.items():
        setattr(concurrence, name, value)
    return bool(set(given) - {"answered_by"})


async def _record(session: AsyncSession, concurrence: Concurrence, effective_at: datetime) -> None:
    """Add what is now recorded to the history, true from `effective_at`."""
    await session.flush()
    taken = {each.key for each in inspect(ConcurrenceRecord).column_attrs} - {"recorded_at", "effective_at"}
    values = {name: getattr(concurrence, name) for name in taken}
    session.add(ConcurrenceRecord(**values, recorded_at=now(), effective_at=effective_at))
    await session.flush()


def _said(announcement: type[Said], concurrence: Concurrence, **more: Any) -> Said:
    return announcement(
        id=concurrence.id,
        version=concurrence.version,
        label=concurrence.label,
        country=concurrence.country,
        parties=concurrence.parties,
        themes=concurrence.subject_themes,
        valid_from=concurrence.valid_from,
        valid_until=concurrence.valid_until,
        **more,
    )
