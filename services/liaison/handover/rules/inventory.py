"""The inventory of a package: what it holds, from which office, and to whom each series goes. docs/handover.md explains it."""

from collections import Counter
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Final, Literal

from pydantic import AwareDatetime, Field, model_validator

from contracts.vocabulary import Body, Countries, Line, Slug
from services.liaison.handover.rules.names import name_flaw

FORMAT: Final = "goodoffices-handover"
INVENTORY: Final = "data/inventory.json"
ATTACHMENTS: Final = "data/attachments"


class RecordKind(StrEnum):
    """What a series addressed to the Centre is made of, in the order of import: what is named comes before what names it."""

    parties = "parties"
    contacts = "contacts"
    engagements = "engagements"
    commitments = "commitments"
    letters = "letters"
    notes = "notes"
    readouts = "readouts"
    concurrences = "concurrences"
    correspondence = "correspondence"
    reports = "reports"
    activities = "activities"
    attachments = "attachments"


class Addressee(StrEnum):
    """Who gets a series: official records go to the archives (ST/SGB/2007/5), national programmes to the Resident Coordinator."""

    centre = "centre"
    un_archives = "un-archives"
    resident_coordinator = "resident-coordinator"


class Office(Body):
    """The office that gives. `custodian` is the person who answers for it once it is gone."""

    slug: Slug
    name: Line
    countries: Countries = Field(min_length=1)
    custodian: Line | None = None
    signing_key: dict[str, Any] | None = Field(default=None, description="Its public Ed25519 key as a JWK.")


class Period(Body):
    """The years the package speaks of."""

    begin: date
    end: date


class SeriesEntry(Body):
    """One series: records of one kind that are kept, and later reviewed, together."""

    id: Slug
    title: Line
    kind: Slug
    addressee: Addressee = Addressee.centre
    path: Annotated[str, Field(max_length=500)] | None = None
    records: int = Field(ge=0, le=100_000_000)

    @model_validator(mode="after")
    def _can_be_read(self) -> "SeriesEntry":
        if self.addressee is not Addressee.centre:
            return self
        known = [kind.value for kind in RecordKind if kind is not RecordKind.attachments]
        if self.kind not in known:
            raise ValueError(f"a series for the Centre is of one of the kinds {', '.join(known)}")
        if self.path is None:
            raise ValueError("a series for the Centre has a path")
        if name_flaw(self.path) or not self.path.startswith("data/"):
            raise ValueError("the path of a series lies in data/")
        return self


class Inventory(Body):
    """data/inventory.json."""

    format: Literal["goodoffices-handover"]
    version: Literal[1]
    office: Office
    period: Period
    prepared_at: AwareDatetime
    counts: dict[Slug, int]
    series: list[SeriesEntry] = Field(min_length=1, max_length=1_000)

    @model_validator(mode="after")
    def _adds_up(self) -> "Inventory":
        for what in ("id", "path"):
            names = [value for each in self.series if (value := getattr(each, what)) is not None]
            if len(set(names)) < len(names):
                raise ValueError(f"two series have the same {what}")
        if RecordKind.attachments in (each.id for each in self.series):
            raise ValueError("the series `attachments` is formed by itself and has no entry")
        if self.period.end < self.period.begin:
            raise ValueError("the period ends before it begins")
        if self.counts != self.counted():
            raise ValueError("the counts per kind are not the sums of the series")
        return self

    def counted(self) -> dict[str, int]:
        """Records per kind, as the series say."""
        sums: Counter[str] = Counter()
        for each in self.series:
            sums[each.kind] += each.records
        return dict(sums)

    def for_the_centre(self) -> list[SeriesEntry]:
        """The series to be imported, what is named by others first."""
        order = list(RecordKind)
        ours = [each for each in self.series if each.addressee is Addressee.centre]
        return sorted(ours, key=lambda each: order.index(RecordKind(each.kind)))
