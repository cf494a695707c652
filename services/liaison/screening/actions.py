"""Writes of screening: the list is replaced, subjects are held against it, the Head decides."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, text
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import new_id, now
from chassis.database import principal_of, seeing_all
from chassis.outbox import announce
from chassis.records import change_record
from contracts.events.liaison import SanctionsListReplaced, ScreeningDecided, ScreeningMatched
from contracts.labels import Label
from contracts.vocabulary import CENTRE, Sensitivity, Tlp
from services.liaison.screening.adapters.consolidated import ConsolidatedList, read_list
from services.liaison.screening.errors import OlderList, ScreeningPending, WrongList
from services.liaison.screening.queries import (
    NAMES,
    decisions_on,
    held_list,
    index_of,
    names_of,
    read_list_state,
    screen_names,
    show_screening,
    unscreened,
)
from services.liaison.screening.rules import Hit
from services.liaison.screening.schemas import SanctionsListOut, ScreeningOut, ScreeningState, Subject
from services.liaison.screening.tables import SanctionsEntry, SanctionsList, Screened, Screening

BATCH = 500
CLOCKS_DIFFER = timedelta(hours=1)
_LOCK_LIST = text("select pg_advisory_xact_lock(hashtext('sanctions list'))")
_LAPSE = text(
    "update screenings set state = 'lapsed', version = version + 1, updated_at = now() where state = 'pending' and not exists"
    " (select from sanctions_entries e where e.data_id = screenings.data_id and e.fingerprint = screenings.fingerprint)"
)


async def replace_list(session: AsyncSession, raw: bytes, received_from: str, configured: bool) -> SanctionsListOut:
    """Hold this version of the list instead of the one before, at once; OlderList when that is newer. The same again does nothing."""
    read = read_list(raw)
    if read.generated_at > now() + CLOCKS_DIFFER:
        # It would be "newer" than every true list that is to come.
        raise WrongList("/dateGenerated", "lies in the future")
    await session.execute(_LOCK_LIST)
    held = await held_list(session)
    if held is not None and read.generated_at < held.generated_at:
        raise OlderList("The list that is held was generated later than this one. Nothing was changed.")
    if held is None or held.sha256 != read.sha256:
        await _hold(session, read, received_from)
    return await read_list_state(session, configured)


async def _hold(session: AsyncSession, read: ConsolidatedList, received_from: str) -> None:
    kinds = [entry.kind for entry, _ in read.entries]
    row = SanctionsList(id=new_id(), generated_at=read.generated_at, received_from=received_from, sha256=read.sha256)
    row.individuals, row.entities = kinds.count("individual"), kinds.count("entity")
    session.add(row)
    await session.execute(delete(SanctionsEntry))
    fields = ("data_id", "kind", "reference", "fingerprint")
    rows = [
        {name: getattr(entry, name) for name in fields} | {"names": list(entry.names), "list_type": kind} for entry, kind in read.entries
    ]
    await session.execute(insert(SanctionsEntry), rows)
    async with seeing_all(session, "liaison"):
        await session.execute(_LAPSE)
    label = Label(sensitivity=Sensitivity.unclassified, tlp=Tlp.clear, originator=CENTRE)
    await announce(session, SanctionsListReplaced(id=row.id, label=label, generated_at=read.generated_at))


async def screen_next(session: AsyncSession) -> int:
    """Hold the next 500 subjects against the list, and ask the Head about what is found; how many there were."""
    held = await held_list(session)
    waiting = await unscreened(session, held.id, BATCH) if held else []
    for subject, version in waiting:
        hits = (await index_of(session, held.id)).hits(await names_of(session, subject)) if held else []
        if hits:
            await _ask(session, subject, hits)
        done = {"subject_id": subject.id, "subject_version": version, "list_id": held.id if held else None}
        await session.execute(upsert(Screened).values(done).on_conflict_do_update(index_elements=["subject_id"], set_=done))
    return len(waiting)


async def _ask(session: AsyncSession, subject: Subject, hits: list[Hit]) -> None:
    """A row for each hit that was not asked about before."""
    known = await decisions_on(session, [subject.id])
    record: Any = await session.get(NAMES[subject.type], subject.id)
    label = Label(sensitivity=Sensitivity.strictly_confidential, tlp=Tlp.amber_strict, originator=CENTRE, countries=record.label.countries)
    for hit in hits:
        if (subject.id, hit.entry.data_id, hit.entry.fingerprint) not in known:
            screening = _screening(subject, hit)
            screening.label = label
            session.add(screening)
            await session.flush()
            await announce(session, ScreeningMatched(id=screening.id, label=label, subject=subject.id))


def _screening(subject: Subject, hit: Hit) -> Screening:
    likeness = hit.likeness
    return Screening(
        subject_type=subject.type,
        subject_id=subject.id,
        data_id=hit.entry.data_id,
        reference=hit.entry.reference,
        fingerprint=hit.entry.fingerprint,
        listed_name=hit.listed_name,
        score=likeness.score,
        explanation={name: getattr(likeness, name) for name in ("by", "words_alike", "words_given", "words_listed")},
        state=ScreeningState.pending,
    )


async def require_screened(session: AsyncSession, subjects: Sequence[Subject]) -> None:
    """ScreeningPending unless the Head has decided on every resemblance of `subjects`, and none is not to be met.

    Judged on the list as it is held now, so that nobody slips through before the job has come to them; what is found
    here is asked of the Head by that job, since a refusal leaves nothing written.
    """
    async with seeing_all(session, "liaison"):
        open_ = [subject for subject in subjects if await _is_open(session, subject)]
    if open_:
        raise ScreeningPending([{"type": each.type, "id": str(each.id)} for each in open_])


async def _is_open(session: AsyncSession, subject: Subject) -> bool:
    decisions = await decisions_on(session, [subject.id])
    for hit in await screen_names(session, await names_of(session, subject)):
        decision = decisions.get((subject.id, hit.entry.data_id, hit.entry.fingerprint))
        cleared = decision is not None and decision.state == ScreeningState.cleared
        if not cleared and not (decision is not None and decision.state == ScreeningState.confirmed and decision.may_be_met):
            return True
    return False


async def clear_screening(session: AsyncSession, screening_id: UUID, reason: str) -> ScreeningOut:
    """The Head finds that it is somebody else. Holds until the entry changes."""
    return await _decide(session, screening_id, ScreeningState.cleared, reason, may_be_met=True)


async def confirm_screening(session: AsyncSession, screening_id: UUID, reason: str, may_be_met: bool) -> ScreeningOut:
    """The Head finds that it is the listed one, and whether they may be met all the same."""
    return await _decide(session, screening_id, ScreeningState.confirmed, reason, may_be_met)


async def _decide(session: AsyncSession, screening_id: UUID, state: ScreeningState, reason: str, may_be_met: bool) -> ScreeningOut:
    screening = await change_record(session, Screening, screening_id, "screening")
    screening.state, screening.reason, screening.may_be_met = state, reason, may_be_met
    screening.decided_by, screening.decided_at = principal_of(session).client_id, now()
    await session.flush()
    said = {"version": screening.version, "label": screening.label, "subject": screening.subject_id, "state": state}
    await announce(session, ScreeningDecided(id=screening.id, **said))
    return await show_screening(session, screening)


async def forget_subject(session: AsyncSession, subject: UUID) -> None:
    """Remove what was found on a person who is erased (R4)."""
    async with seeing_all(session, "liaison"):
        await session.execute(delete(Screening).where(Screening.subject_id == subject))
        await session.execute(delete(Screened).where(Screened.subject_id == subject))
