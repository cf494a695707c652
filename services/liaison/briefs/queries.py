"""A brief out of the registers of liaison. Row-level security decides what of each goes in."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Select, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import now
from chassis.context import context_of
from chassis.database import principal_of, seeing_all
from chassis.records import read_record
from contracts.labels import join
from contracts.vocabulary import CENTRE
from services.liaison.briefs.rendering import Form, render_docx, render_pdf
from services.liaison.briefs.schemas import (
    ConcurrenceHeld,
    ConcurrenceLacking,
    IncidentKnown,
    MeetingBefore,
    MeetingBrief,
    MeetingPlanned,
    PartyMet,
    PersonMet,
    PositionHeld,
    PromiseOpen,
    RecordKept,
    ReplyAwaited,
    ResemblanceFound,
)
from services.liaison.commitments.rules import CommitmentState
from services.liaison.commitments.tables import Commitment
from services.liaison.concurrence.queries import read_given
from services.liaison.concurrence.rules import Gap, check_gate
from services.liaison.concurrence.tables import Concurrence
from services.liaison.contacts.queries import positions_on
from services.liaison.contacts.tables import Contact
from services.liaison.correspondence.schemas import LetterState
from services.liaison.correspondence.tables import Letter
from services.liaison.engagements.queries import meeting_of
from services.liaison.engagements.rules import EDITABLE
from services.liaison.engagements.tables import Engagement
from services.liaison.incidents.queries import recent_incidents
from services.liaison.notes.rules import RECORDED_OF, NoteState, ReadoutState
from services.liaison.notes.tables import NoteToFile, Readout
from services.liaison.parties.tables import Party
from services.liaison.screening.tables import Screening

HISTORY, LISTED = 10, 50
"""How many earlier meetings and recent incidents, and how many entries of every other list, one brief holds."""
HEAD = "head-of-centre"
Row = TypeVar("Row")


@dataclass
class Reading:
    """One brief in the making: what was read for it, so that it is marked and audited by all it holds."""

    session: AsyncSession
    engagement: Engagement
    read: list[Any] = field(default_factory=list)
    shortened: list[str] = field(default_factory=list)
    parties: dict[UUID, Party] = field(default_factory=dict)

    async def rows(self, query: Select[Any]) -> list[Any]:
        """The rows the reader may see, each remembered."""
        found = list((await self.session.execute(query)).scalars())
        self.read += found
        return found

    async def some(self, what: str, query: Select[Any], limit: int = LISTED) -> list[Any]:
        """The first `limit` rows; that there are more is said."""
        found = list((await self.session.execute(query.limit(limit + 1))).scalars())
        self.shortened += [what] if len(found) > limit else []
        self.read += found[:limit]
        return found[:limit]

    async def know(self, keys: Sequence[UUID | None]) -> None:
        """Make the parties under `keys` known by name, as far as the reader may know of them."""
        unknown = {key for key in keys if key} - self.parties.keys()
        if unknown:
            self.parties |= {party.id: party for party in await self.rows(select(Party).where(Party.id.in_(unknown)))}

    @property
    def met(self) -> list[UUID]:
        """The parties of the meeting that the reader may know of."""
        return [key for key in self.engagement.parties if key in self.parties]


async def read_brief(session: AsyncSession, engagement_id: UUID) -> MeetingBrief:
    """The brief; NotFound for a meeting the caller may not know of. The audit trail names everything it shows (R17)."""
    engagement = await read_record(session, Engagement, engagement_id, "engagement")
    reading = Reading(session, engagement, [engagement])
    await reading.know(engagement.parties)
    held, missing = await _concurrences(reading)
    before = await _history(reading)
    parts = {
        "parties": [PartyMet.model_validate(reading.parties[key]) for key in reading.met],
        "contacts": await _contacts(reading),
        "screenings": await _screenings(reading),
        "concurrences": held,
        "missing": missing,
        "incidents": await _incidents(reading),
        "history": [MeetingBefore.model_validate(meeting) for meeting in before],
        "records": await _records(reading, [engagement.id, *(meeting.id for meeting in before)]),
        "commitments": await _commitments(reading),
        "correspondence": await _correspondence(reading),
    }
    context_of(session).shown.add(*(each.id for each in reading.read))
    return MeetingBrief(
        generated_at=now(),
        generated_for=principal_of(session).client_id,
        label=join([each.label for each in reading.read], CENTRE),
        engagement=MeetingPlanned.model_validate(engagement),
        shortened=reading.shortened,
        **parts,
    )


async def read_pdf(session: AsyncSession, engagement_id: UUID, form: Form) -> bytes:
    """The brief as PDF, made in a thread of its own."""
    return await asyncio.to_thread(render_pdf, await read_brief(session, engagement_id), form)


async def read_docx(session: AsyncSession, engagement_id: UUID, form: Form) -> bytes:
    """The brief as DOCX, made in a thread of its own."""
    return await asyncio.to_thread(render_docx, await read_brief(session, engagement_id), form)


async def _contacts(reading: Reading) -> list[PersonMet]:
    engagement = reading.engagement
    people = await reading.rows(select(Contact).where(Contact.id.in_(engagement.contacts)).order_by(Contact.latin_name, Contact.id))
    day = engagement.starts_at.astimezone(ZoneInfo(engagement.time_zone)).date()
    held = await positions_on(reading.session, [each.id for each in people], day) if people else {}
    await reading.know([position.party for positions in held.values() for position in positions])
    return [
        PersonMet(
            id=each.id,
            name=each.name,
            latin_name=each.latin_name,
            languages=each.languages,
            positions=[PositionHeld.model_validate(position) for position in held[each.id]],
        )
        for each in people
    ]


async def _screenings(reading: Reading) -> list[ResemblanceFound] | None:
    if not principal_of(reading.session).has(HEAD):
        return None
    subjects = [*reading.engagement.parties, *reading.engagement.contacts]
    found = await reading.rows(select(Screening).where(Screening.subject_id.in_(subjects)).order_by(Screening.id))
    return [ResemblanceFound.model_validate(each) for each in found]


async def _concurrences(
    reading: Reading,
) -> tuple[list[ConcurrenceHeld], list[ConcurrenceLacking]]:
    """What it leans on; before it is held also what it would lean on now, and what is missing."""
    leaned_on, gaps = await _judge(reading) if reading.engagement.state in EDITABLE else (frozenset(), [])
    wanted = leaned_on | set(reading.engagement.concurrences)
    held = await reading.rows(select(Concurrence).where(Concurrence.id.in_(wanted)).order_by(Concurrence.country, Concurrence.id))
    missing = [
        ConcurrenceLacking(country=gap.country, party=gap.party, party_name=reading.parties[gap.party].name, themes=sorted(gap.themes))
        for gap in gaps
        if gap.party in reading.parties
    ]
    return [ConcurrenceHeld.model_validate(concurrence) for concurrence in held], missing


async def _judge(reading: Reading) -> tuple[frozenset[UUID], list[Gap]]:
    """The gate's answer if it were asked now. It sees everything, as it does at scheduling: a brief must not say otherwise."""
    async with seeing_all(reading.session, "liaison"):
        meeting = await meeting_of(reading.session, reading.engagement, None)
        return check_gate(meeting, await read_given(reading.session, meeting))


async def _incidents(reading: Reading) -> list[IncidentKnown]:
    about = reading.engagement
    query = recent_incidents(about.subject_countries, about.subject_themes, min(now(), about.ends_at))
    return [IncidentKnown.model_validate(each) for each in await reading.some("incidents", query, HISTORY)]


async def _history(reading: Reading) -> list[Engagement]:
    engagement = reading.engagement
    query = (
        select(Engagement)
        .where(Engagement.parties.overlap(reading.met), Engagement.state.in_(RECORDED_OF), Engagement.id != engagement.id)
        .where(Engagement.starts_at < engagement.starts_at)
        .order_by(Engagement.starts_at.desc(), Engagement.id)
    )
    return list(await reading.some("history", query, HISTORY))


async def _records(reading: Reading, engagements: list[UUID]) -> list[RecordKept]:
    """Filed notes and approved readouts. A readout may be seen without its note, so which meeting it is of is looked up unseen."""
    async with seeing_all(reading.session, "liaison"):
        written = select(NoteToFile.id, NoteToFile.engagement).where(NoteToFile.engagement.in_(engagements))
        of_note = {row.id: row.engagement for row in await reading.session.execute(written)}
    filed = select(NoteToFile).where(NoteToFile.id.in_(of_note), NoteToFile.state == NoteState.filed).order_by(NoteToFile.id.desc())
    public = select(Readout).where(Readout.note.in_(of_note), Readout.state == ReadoutState.approved).order_by(Readout.id.desc())
    notes = [_kept("note-to-file", each, each.engagement, each.reference) for each in await reading.some("records", filed)]
    return notes + [_kept("readout", each, of_note[each.note], None) for each in await reading.some("records", public)]


def _kept(kind: str, record: Any, engagement: UUID, reference: str | None) -> RecordKept:
    return RecordKept(kind=kind, id=record.id, engagement=engagement, reference=reference, title=record.title, label=record.label)


async def _commitments(reading: Reading) -> list[PromiseOpen]:
    """A promise of or to a party that the reader may not know of is left out: without its name it would be the Centre's."""
    sides = (Commitment.promised_by, Commitment.promised_to)
    seen = select(Party.id)
    query = (
        select(Commitment)
        .where(or_(*(side.in_(reading.met) for side in sides), Commitment.engagement == reading.engagement.id))
        .where(Commitment.state == CommitmentState.open, *(or_(side.is_(None), side.in_(seen)) for side in sides))
        .order_by(Commitment.due_on, Commitment.id)
    )
    found = await reading.some("commitments", query)
    await reading.know([key for each in found for key in (each.promised_by, each.promised_to)])
    return [
        PromiseOpen(
            promised_by=_name(reading, each.promised_by),
            promised_to=_name(reading, each.promised_to),
            **{name: getattr(each, name) for name in ("id", "reference", "text", "due_on", "standing", "label")},
        )
        for each in found
    ]


def _name(reading: Reading, key: UUID | None) -> str | None:
    return reading.parties[key].name if key else None


async def _correspondence(reading: Reading) -> list[ReplyAwaited]:
    query = select(Letter).where(Letter.party.in_(reading.met), Letter.state == LetterState.open).order_by(Letter.reply_by, Letter.id)
    names = ("id", "reference", "direction", "subject", "dated_on", "reply_by", "overdue", "label")
    found = await reading.some("correspondence", query)
    return [ReplyAwaited(party=reading.parties[each.party].name, **{name: getattr(each, name) for name in names}) for each in found]
