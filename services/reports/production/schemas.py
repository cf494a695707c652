"""Reports as they come in and go out."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from contracts.labels import Label, LabelBody
from contracts.vocabulary import Body, Countries, Line, Prose, Slug, Themes
from services.reports.production.rules import EvidenceType, ReportKind, StatementKind
from services.reports.talks.schemas import TalkOut

Key = Annotated[str, StringConstraints(min_length=1, max_length=64)]
Word = Annotated[str, StringConstraints(min_length=1, max_length=60)]


class ReportState(StrEnum):
    """Where a report stands in its life."""

    draft = "draft"
    submitted = "submitted"
    reviewed = "reviewed"
    cleared = "cleared"
    issued = "issued"
    recalled = "recalled"


class EvidenceBody(Body):
    """What a statement rests on: incident, observation, effort, note to file, readout, or an assessed statement of this report."""

    type: EvidenceType
    id: Key = Field(description="The id; of a statement its id or its `key`.")


class StatementBody(Body):
    """A claim. An assessed one cites graded evidence; a judgement cites assessed ones, with likelihood and confidence (R8)."""

    id: UUID | None = Field(default=None, description="Of a statement that is edited; left out for a new one.")
    key: Key | None = Field(default=None, description="A name to cite it by in this request.")
    kind: StatementKind
    text: Prose
    likelihood: Word | None = None
    confidence: Word | None = None
    evidence: list[EvidenceBody] = Field(default_factory=list, max_length=200)


class SectionBody(Body):
    """Statements under a title."""

    id: UUID | None = Field(default=None, description="Of a section that is edited; left out for a new one.")
    title: Line
    facet: Literal["situation", "efforts"] = Field(default="situation", description="What it is about: renews that freshness (R11).")
    statements: list[StatementBody] = Field(default_factory=list, max_length=200)


class Addressees(Body):
    """Whom a code cable is for: action and information addressees."""

    action: list[Slug] = Field(default_factory=list, max_length=50)
    info: list[Slug] = Field(default_factory=list, max_length=50)


class ReportBody(Body):
    """A report to draft, or the whole of its text after an edit."""

    kind: ReportKind
    title: Line
    countries: Countries = Field(default_factory=list)
    themes: Themes = Field(default_factory=list)
    sections: list[SectionBody] = Field(default_factory=list, max_length=100)
    addressees: Addressees = Field(default_factory=Addressees)
    label: LabelBody | None = None


class EvidenceOut(BaseModel):
    """What a statement rests on."""

    type: EvidenceType
    id: UUID


class StatementOut(BaseModel):
    """A claim with its evidence. Outside the Centre evidence and authors stay inside, and their number is told."""

    id: UUID
    kind: StatementKind
    text: str
    likelihood: str | None
    confidence: str | None
    author: str | None
    authors: list[str]
    evidence: list[EvidenceOut]
    meetings: dict[UUID, UUID] = Field(default_factory=dict, description="The engagement of each note to file and readout it cites.")
    evidence_count: int
    talks: list[TalkOut] = Field(default_factory=list, description="The notes and readouts it cites that the reader may know of.")
    flags: list[str] = Field(
        description="`unsupported` when it keeps the report from being issued (R8); `held-after-withdrawal` when a talk it cites was (R3);"
        " `evidence-discarded` when a person discarded what it cites."
    )


class SectionOut(BaseModel):
    """Statements under a title, with the label they derive from their evidence."""

    id: UUID
    title: str
    facet: Literal["situation", "efforts"]
    label: Label
    statements: list[StatementOut]


class StepOut(BaseModel):
    """A step of the clearance chain, bound to the hash of the content it was taken on (R9)."""

    step: Literal["drafted", "submitted", "reviewed", "cleared", "issued", "returned", "recalled", "kept"]
    by: str
    at: datetime
    comment: str | None
    content_hash: str
    voided: bool = Field(description="True when an edit or a return after it made it void.")


class ReportOut(BaseModel):
    """A report."""

    id: UUID
    reference: str
    kind: ReportKind
    title: str
    countries: list[str]
    themes: list[str]
    state: ReportState
    content_hash: str
    authors: list[str]
    sections: list[SectionOut]
    steps: list[StepOut]
    addressees: Addressees
    review_owed: bool = Field(description="True for an issued flash that nobody reviewed after.")
    issued_at: datetime | None
    recalled_at: datetime | None
    version: int
    created_at: datetime
    updated_at: datetime
    label: Label
    declared_label: Label
