"""Writes of notes to file and readouts."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import now
from chassis.database import principal_of
from chassis.errors import NotFound, WrongState
from chassis.labelling import complete_label
from chassis.outbox import announce
from chassis.records import change_record, read_record
from chassis.references import next_references
from contracts.events.liaison import NoteFiled, ReadoutApproved
from contracts.labels import Label
from contracts.vocabulary import CENTRE, Sensitivity, Tlp
from services.liaison.engagements.actions import report_filed
from services.liaison.engagements.tables import Engagement
from services.liaison.notes.errors import OwnReadout, ReadoutExists
from services.liaison.notes.queries import read_note, read_readout
from services.liaison.notes.rules import RECORDED_OF, NoteState, ReadoutState
from services.liaison.notes.schemas import NoteBody, NoteText, ReadoutBody, ReadoutText
from services.liaison.notes.tables import NoteToFile, Readout
from services.liaison.parties.queries import find_parties


async def draft_note(session: AsyncSession, body: NoteBody) -> NoteToFile:
    """Begin the record of an engagement that was held."""
    engagement = await read_record(session, Engagement, body.engagement, "engagement")
    if engagement.state not in RECORDED_OF:
        raise WrongState("engagement", engagement.state, list(RECORDED_OF))
    note = NoteToFile(
        engagement=engagement.id,
        state=NoteState.draft,
        author=principal_of(session).client_id,
        reference=(await next_references(session, "NTF"))[0],
    )
    await _write(session, note, body)
    # At least as strict as what it records.
    default = engagement.label.model_copy(
        update={"sensitivity": max(engagement.label.sensitivity, Sensitivity.confidential, key=lambda each: each.rank), "releasable_to": []}
    )
    note.label = complete_label(session, body.label, default)
    session.add(note)
    await session.flush()
    return note


async def edit_note(session: AsyncSession, note_id: UUID, text: NoteText) -> NoteToFile:
    """Change one's own draft."""
    note = await _own_draft(session, note_id)
    await _write(session, note, text)
    await session.flush()
    return note


async def file_note(session: AsyncSession, note_id: UUID) -> NoteToFile:
    """File one's own draft: it will not change, its engagement is reported by it, and reports may cite it."""
    note = await _own_draft(session, note_id)
    engagement = await report_filed(session, note.engagement)
    note.state, note.filed_at = NoteState.filed, now()
    await session.flush()
    await announce(
        session,
        NoteFiled(
            id=note.id,
            version=note.version,
            label=note.label,
            engagement=engagement.id,
            concurrences=engagement.concurrences,
            held_after_withdrawal=engagement.held_after_withdrawal,
        ),
    )
    return note


async def draft_readout(session: AsyncSession, note_id: UUID, body: ReadoutBody) -> Readout:
    """Begin the public version of a filed note."""
    note = await read_note(session, note_id)
    if note.state != NoteState.filed:
        raise WrongState("note to file", note.state, [NoteState.filed])
    # The note's row orders those who begin at the same moment.
    await session.execute(select(NoteToFile.id).where(NoteToFile.id == note_id).with_for_update())
    if (await session.execute(select(Readout.id).where(Readout.note == note_id))).first():
        raise ReadoutExists
    default = Label(
        sensitivity=Sensitivity.unclassified, tlp=Tlp.clear, originator=CENTRE, themes=note.label.themes, countries=note.label.countries
    )
    readout = Readout(note=note_id, title=body.title, text=body.text, state=ReadoutState.draft, written_by=principal_of(session).client_id)
    readout.label = complete_label(session, body.label, default)
    session.add(readout)
    await session.flush()
    return readout


async def edit_readout(session: AsyncSession, note_id: UUID, text: ReadoutText) -> Readout:
    """Change a readout that is not public yet; who wrote last does not approve it."""
    readout = await _draft_of_readout(session, note_id)
    readout.title, readout.text, readout.written_by = text.title, text.text, principal_of(session).client_id
    await session.flush()
    return readout


async def approve_readout(session: AsyncSession, note_id: UUID) -> Readout:
    """Make a readout public: by the Head, who may read the note and did not write the readout last."""
    note = await read_note(session, note_id)
    engagement = await read_record(session, Engagement, note.engagement, "engagement")
    readout = await _draft_of_readout(session, note_id)
    approver = principal_of(session).client_id
    if readout.written_by == approver:
        raise OwnReadout
    readout.state, readout.approved_by, readout.approved_at = ReadoutState.approved, approver, now()
    await session.flush()
    said = ReadoutApproved(
        id=readout.id,
        version=readout.version,
        label=readout.label,
        note=note.id,
        engagement=engagement.id,
        concurrences=engagement.concurrences,
    )
    await announce(session, said)
    return readout


async def _own_draft(session: AsyncSession, note_id: UUID) -> NoteToFile:
    note = await change_record(session, NoteToFile, note_id, "note to file")
    if note.state != NoteState.draft:
        raise WrongState("note to file", note.state, [NoteState.draft])
    if note.author != principal_of(session).client_id:
        raise NotFound("note to file")
    return note


async def _draft_of_readout(session: AsyncSession, note_id: UUID) -> Readout:
    found = await read_readout(session, note_id)
    readout = await change_record(session, Readout, found.id, "readout")
    if readout.state != ReadoutState.draft:
        raise WrongState("readout", readout.state, [ReadoutState.draft])
    return readout


async def _write(session: AsyncSession, note: NoteToFile, text: NoteText) -> None:
    await find_parties(session, [each.said_by for each in text.statements if each.said_by])
    note.title = text.title
    note.statements = [each.model_dump(mode="json") for each in text.statements]
