"""Regrouping by a person: merging incidents, splitting one, undoing either, deciding suggestions. Nothing that was said changes."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import new_id, now
from chassis.database import principal_of, seeing_all
from chassis.errors import WrongState
from chassis.outbox import announce
from chassis.records import change_record
from chassis.references import next_references
from contracts.events.reports import IncidentsRegrouped
from services.reports.incidents.actions.forming import ONE_AT_A_TIME
from services.reports.incidents.errors import Discarded, NothingToUndo, NotItsAccounts, SameIncident
from services.reports.incidents.queries import incident_detail, see_incident
from services.reports.incidents.rules import HeldBack, MoveKind, SuggestionState
from services.reports.incidents.schemas import IncidentDetail
from services.reports.incidents.tables import Incident, IncidentAlias, IncidentMove, MatchSuggestion, Observation


async def merge_incidents(session: AsyncSession, incident_id: UUID, other_id: UUID, reason: str) -> IncidentDetail:
    """Let all accounts of another incident tell of this one. Whoever names the other finds this one from then on."""
    await session.execute(ONE_AT_A_TIME)
    target, other = await see_incident(session, incident_id), await see_incident(session, other_id)
    if target.id == other.id:
        raise SameIncident
    async with seeing_all(session, "reports"):
        moved, renamed = await _merge(session, target.id, other.id)
    await _note(session, MoveKind.merged, target.id, other.id, moved, renamed, reason)
    return await _regrouped(session, target.id, other.id)


async def merge_accounts(session: AsyncSession, incident_id: UUID, other_id: UUID, reason: str) -> None:
    """Merge because a source says that two accounts of its own are one. Whoever delivers sees neither incident; a person can undo it."""
    await session.execute(ONE_AT_A_TIME)
    async with seeing_all(session, "reports"):
        moved, renamed = await _merge(session, incident_id, other_id)
        await _note(session, MoveKind.merged, incident_id, other_id, moved, renamed, reason)
        await _regrouped(session, incident_id, other_id)


async def split_incident(session: AsyncSession, incident_id: UUID, observations: Sequence[UUID], reason: str) -> IncidentDetail:
    """Let some of its accounts tell of an incident of their own, which is given back. All versions of an account go along."""
    await session.execute(ONE_AT_A_TIME)
    source = await see_incident(session, incident_id)
    told = {each.id: each for each in source.told}
    if not observations or not set(observations) < told.keys():
        raise NotItsAccounts
    opened = Incident(id=new_id(), reference=(await next_references(session, "INC"))[0])
    session.add(opened)
    await session.flush()
    keys = [(told[each].feed, told[each].external_id) for each in observations]
    async with seeing_all(session, "reports"):
        versions = await _versions(session, source.id, keys)
        moved = await _move(session, Observation.id.in_(versions), opened.id)
    await _note(session, MoveKind.split_off, opened.id, source.id, moved, [], reason)
    return await _regrouped(session, opened.id, source.id)


async def undo_move(session: AsyncSession, move_id: UUID, reason: str) -> IncidentDetail:
    """Take a merge or split back: the accounts that are still where it put them return. NothingToUndo when none is."""
    await session.execute(ONE_AT_A_TIME)
    move = await change_record(session, IncidentMove, move_id, "regrouping")
    if move.undone_at is not None:
        raise NothingToUndo
    async with seeing_all(session, "reports"):
        back = (Observation.id.in_(move.observations), Observation.incident_id == move.incident_id)
        await session.execute(delete(IncidentAlias).where(IncidentAlias.id == move.other_id))
        await session.execute(update(IncidentAlias).where(IncidentAlias.id.in_(move.renamed)).values(incident_id=move.other_id))
        moved = await _move(session, back[0] & back[1], move.other_id)
        if not moved:
            raise NothingToUndo
        left = (await session.execute(select(Observation.id).where(Observation.incident_id == move.incident_id).limit(1))).first()
        if left is None:
            await _rename(session, move.incident_id, move.other_id)
    move.undone_at, move.undone_by, move.undo_reason = now(), principal_of(session).client_id, reason
    move.weight += len(moved) + 1
    await session.flush()
    return await _regrouped(session, move.other_id, move.incident_id)


async def accept_suggestion(session: AsyncSession, suggestion_id: UUID, reason: str | None) -> IncidentDetail:
    """Merge what was suggested. Why it was, score and parts, stays with the suggestion; a reason is the person's own.

    Discarded while one of the two is.
    """
    suggestion = await _decide(session, suggestion_id, SuggestionState.accepted)
    suggestion.reason = reason
    for key in (suggestion.other_id, suggestion.incident_id):
        if (await see_incident(session, key)).held_back is HeldBack.discarded:
            raise Discarded
    return await merge_incidents(session, suggestion.other_id, suggestion.incident_id, reason or "")


async def dismiss_suggestion(session: AsyncSession, suggestion_id: UUID, reason: str) -> MatchSuggestion:
    """Keep both apart; the suggestion is kept with the reason."""
    suggestion = await _decide(session, suggestion_id, SuggestionState.dismissed)
    suggestion.reason = reason
    return suggestion


async def _decide(session: AsyncSession, suggestion_id: UUID, state: SuggestionState) -> MatchSuggestion:
    await session.execute(ONE_AT_A_TIME)
    suggestion = await change_record(session, MatchSuggestion, suggestion_id, "suggestion")
    if suggestion.state != SuggestionState.open:
        raise WrongState("suggestion", suggestion.state, [SuggestionState.open])
    suggestion.state, suggestion.decided_by = state, principal_of(session).client_id
    return suggestion


async def _merge(session: AsyncSession, target: UUID, other: UUID) -> tuple[list[tuple[UUID, int]], list[UUID]]:
    """What was moved, and the keys that led to the other before."""
    moved = await _move(session, Observation.incident_id == other, target)
    renamed = await _rename(session, other, target)
    await _repoint(session, other, target)
    return moved, renamed


async def _move(session: AsyncSession, which: Any, incident_id: UUID) -> list[tuple[UUID, int]]:
    """Move observations; their keys and versions."""
    query = update(Observation).where(which).values(incident_id=incident_id).returning(Observation.id, Observation.version)
    return [(key, version) for key, version in await session.execute(query)]


async def _versions(session: AsyncSession, incident_id: UUID, keys: Sequence[tuple[str, str]]) -> list[UUID]:
    named = tuple_(Observation.feed, Observation.external_id).in_(keys)
    return list((await session.execute(select(Observation.id).where(Observation.incident_id == incident_id, named))).scalars())


async def _rename(session: AsyncSession, old: UUID, new: UUID) -> list[UUID]:
    """Let `old`, and whatever led to it, lead to `new`; the keys that led to it before."""
    query = update(IncidentAlias).where(IncidentAlias.incident_id == old).values(incident_id=new).returning(IncidentAlias.id)
    renamed = list((await session.execute(query)).scalars())
    session.add(IncidentAlias(id=old, incident_id=new))
    await session.flush()
    return renamed


async def _repoint(session: AsyncSession, old: UUID, new: UUID) -> None:
    """Open suggestions about what was merged are about what it became; those between both are settled."""
    still = MatchSuggestion.state == SuggestionState.open
    for column in (MatchSuggestion.incident_id, MatchSuggestion.other_id):
        await session.execute(update(MatchSuggestion).where(column == old, still).values({column: new}))
    settled = update(MatchSuggestion).where(MatchSuggestion.incident_id == MatchSuggestion.other_id, still)
    await session.execute(settled.values(state=SuggestionState.accepted, decided_by=principal_of(session).client_id))


async def _note(
    session: AsyncSession, kind: MoveKind, to: UUID, source: UUID, moved: Sequence[tuple[UUID, int]], renamed: list[UUID], reason: str
) -> None:
    session.add(
        IncidentMove(
            kind=kind, incident_id=to, other_id=source, observations=[key for key, _ in moved], renamed=renamed, reason=reason,
            moved_by=principal_of(session).client_id, weight=sum(version for _, version in moved) + 1,
        )
    )  # fmt: skip
    await session.flush()


async def _regrouped(session: AsyncSession, incident_id: UUID, other_id: UUID) -> IncidentDetail:
    seen = await see_incident(session, incident_id)
    await announce(session, IncidentsRegrouped(id=seen.id, version=seen.version, label=seen.label, other=other_id))
    return incident_detail(seen)
