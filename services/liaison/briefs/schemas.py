"""A brief as it goes out. It names only what its reader may see, and tells nothing of what was left out (R18)."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from contracts.labels import Label
from services.liaison.commitments.rules import CommitmentStanding
from services.liaison.concurrence.rules import Basis, Standing
from services.liaison.engagements.schemas import EngagementKind, EngagementState
from services.liaison.parties.schemas import PartyKind, PartyName


class _Stored(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class MeetingPlanned(_Stored):
    """What, when, where, and who goes."""

    id: UUID
    reference: str
    kind: EngagementKind
    title: str
    state: EngagementState
    reason: str | None = Field(description="Why it was suspended or cancelled.")
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    place: str | None
    countries: list[str] = Field(validation_alias="subject_countries")
    themes: list[str] = Field(validation_alias="subject_themes")
    agenda: str | None
    delegation: list[str]
    interpreters: list[str]
    languages: list[str]
    held_after_withdrawal: bool


class PartyMet(_Stored):
    """A party of the meeting."""

    id: UUID
    kind: PartyKind
    name: str
    names: list[PartyName]
    countries: list[str] = Field(validation_alias="party_countries")


class PositionHeld(_Stored):
    """A position held on the day of the meeting."""

    title: str
    organization: str


class PersonMet(BaseModel):
    """A person who attends, with the positions held on the day of the meeting, as known now (R3)."""

    id: UUID
    name: str
    latin_name: str
    languages: list[str]
    positions: list[PositionHeld]


class ResemblanceFound(_Stored):
    """A party or person of the meeting resembles a listed name: a matter for the Head."""

    id: UUID
    subject: UUID = Field(validation_alias="subject_id")
    reference: str = Field(description="Of the listed entry.")
    state: str
    may_be_met: bool


class ConcurrenceHeld(_Stored):
    """A concurrence the meeting rests on, or, before it is scheduled, would rest on."""

    id: UUID
    reference: str
    country: str
    basis: Basis
    themes: list[str] = Field(validation_alias="subject_themes")
    conditions: str | None
    ends_at: datetime
    standing: Standing


class ConcurrenceLacking(BaseModel):
    """A Government that has not concurred to talks with a party on these themes."""

    country: str
    party: UUID
    party_name: str
    themes: list[str]


class IncidentKnown(_Stored):
    """A recent incident on what the meeting is about, as it was when it was graded."""

    id: UUID
    reference: str
    title: str
    occurred_at: datetime
    countries: list[str] = Field(validation_alias="subject_countries")
    themes: list[str] = Field(validation_alias="subject_themes")
    reliability: str
    credibility: int
    graded_at: datetime
    label: Label


class MeetingBefore(_Stored):
    """An earlier engagement with one of the parties."""

    id: UUID
    reference: str
    kind: EngagementKind
    title: str
    state: EngagementState
    starts_at: datetime
    time_zone: str
    label: Label


class RecordKept(BaseModel):
    """A note to file, or the readout of one, on an engagement of the brief."""

    kind: str = Field(examples=["note-to-file", "readout"])
    id: UUID
    engagement: UUID
    reference: str | None = Field(description="A readout has none.")
    title: str
    label: Label


class PromiseOpen(BaseModel):
    """An open commitment of either side. A side without a name is the Centre."""

    id: UUID
    reference: str
    promised_by: str | None
    promised_to: str | None
    text: str
    due_on: date
    standing: CommitmentStanding
    label: Label


class ReplyAwaited(BaseModel):
    """A letter to which the reply is awaited; `direction` is the letter's, so the other side owes what is out."""

    id: UUID
    reference: str
    direction: str
    party: str
    subject: str
    dated_on: date
    reply_by: date | None
    overdue: bool
    label: Label


class MeetingBrief(BaseModel):
    """The brief for a meeting, under the strictest join of the labels of everything in it."""

    generated_at: datetime
    generated_for: str
    label: Label
    engagement: MeetingPlanned
    parties: list[PartyMet]
    contacts: list[PersonMet]
    screenings: list[ResemblanceFound] | None = Field(description="For the Head; null for everybody else, whatever was found.")
    concurrences: list[ConcurrenceHeld]
    missing: list[ConcurrenceLacking] = Field(description="What stands in the way now; of parties the reader may know of.")
    incidents: list[IncidentKnown] = Field(
        description="Graded ones of the meeting's countries and themes, of the 90 days before it or before now, newest first."
    )
    history: list[MeetingBefore] = Field(description="The last ones held with any of the parties, newest first.")
    records: list[RecordKept]
    commitments: list[PromiseOpen] = Field(description="Open ones from or to a party, by the day they are due.")
    correspondence: list[ReplyAwaited] = Field(description="With any of the parties, by the day a reply is due.")
    shortened: list[str] = Field(description="The lists of this brief of which the reader may see more elsewhere.", examples=[["history"]])
