"""Contacts of a package, with their positions over time."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import AwareDatetime, Field, model_validator

from chassis.spelling import plain
from contracts.labels import Label
from contracts.vocabulary import Body, Countries, Line, Prose, Sensitivity
from services.liaison.contacts.rules import searchable
from services.liaison.handover.rules.records import LABEL, Below, Children, ExternalId, Found, Mapped, Record, Reference

Names = Annotated[list[Line], Field(max_length=100)]


class ChannelRecord(Body):
    """How a person is reached."""

    kind: Line
    value: Line


class PositionRecord(Body):
    """What was known of a position, since when. A correction is a later entry with the same `id` (R3)."""

    id: UUID | None = None
    party: ExternalId | None = None
    organization: Line | None = None
    title: Line
    valid_from: date
    valid_until: date | None = None
    void: bool = False
    recorded_at: AwareDatetime | None = None
    recorded_by: Line = "hand-over"

    @model_validator(mode="after")
    def _makes_sense(self) -> "PositionRecord":
        if self.valid_until is not None and self.valid_until <= self.valid_from:
            raise ValueError("valid_until must be after valid_from")
        if (self.party is None) == (self.organization is None):
            raise ValueError("a position is at a party or at an organization by name")
        return self


class MergerRecord(Body):
    """Two records of the giving office were found to be one person. It comes with the later of the two records."""

    merged: ExternalId
    survivor: ExternalId
    merged_at: AwareDatetime
    merged_by: Line
    undone_at: AwareDatetime | None = None
    merged_label: Label
    survivor_label: Label


class ContactRecord(Record):
    """A person as the giving office had them. `purpose` says why they are kept: without one they may not be (R4).

    Of one who was erased there, only a pseudonym comes, so that engagements stand.
    """

    name: Line
    latin_name: Line | None = None
    other_names: Names = Field(default_factory=list)
    languages: Names = Field(default_factory=list)
    channels: list[ChannelRecord] = Field(default_factory=list, max_length=100)
    countries: Countries = Field(default_factory=list)
    notes: Prose | None = None
    purpose: Prose
    review_on: date | None = None
    reviewed_at: AwareDatetime | None = None
    merged_into: ExternalId | None = None
    mergers: list[MergerRecord] = Field(default_factory=list, max_length=1_000)
    erased_at: AwareDatetime | None = None
    erased_because: Prose | None = None
    positions: list[PositionRecord] = Field(default_factory=list, max_length=1_000)


def references(record: ContactRecord) -> list[tuple[Reference, str]]:
    """The parties the person has served, and the record that is the same person."""
    parties = [(("parties", each.party), f"/positions/{n}/party") for n, each in enumerate(record.positions) if each.party]
    mergers = [
        (("contacts", each), f"/mergers/{n}")
        for n, merger in enumerate(record.mergers)
        for each in (merger.merged, merger.survivor)
        if each != record.external_id
    ]
    return parties + mergers + ([(("contacts", record.merged_into), "/merged_into")] if record.merged_into else [])


def columns(record: ContactRecord, found: Found) -> dict[str, Any]:
    """The contact's row. A name without Latin letters is spelled out in them."""
    channels = [each.model_dump() for each in record.channels]
    latin = record.latin_name or " ".join(word.capitalize() for word in plain(record.name)) or record.name
    return {
        "name": record.name,
        "latin_name": latin,
        "other_names": record.other_names,
        "languages": record.languages,
        "channels": channels,
        "contact_countries": record.countries,
        "notes": record.notes,
        "purpose": record.purpose,
        "review_on": record.review_on,
        "reviewed_at": record.reviewed_at,
        "erased_at": record.erased_at,
        "erased_because": record.erased_because,
        "state": _state_of(record),
        "merged_into": found["contacts", record.merged_into] if record.merged_into else None,
        "search": "" if record.erased_at else searchable([record.name, latin, *record.other_names], channels),
    }


def _state_of(record: ContactRecord) -> str:
    if record.erased_at:
        return "erased"
    return "merged" if record.merged_into else "active"


def children(key: UUID, row: dict[str, Any], record: ContactRecord, found: Found) -> Children:
    """The rows of the positions and mergers."""
    mergers = [_merger(each, found) for each in record.mergers]
    if record.merged_into and not any(each["merged_id"] == key and each["undone_at"] is None for each in mergers):
        # Nobody says by whom or when. With the label it comes under, so that undoing it gives back no looser one.
        label = {name: row[name] for name in LABEL} | {"sensitivity": Sensitivity.of_rank(row["sensitivity"]).value}
        said = {"merged_label": label, "survivor_label": label, "merged_by": "hand-over", "merged_at": None, "undone_at": None}
        mergers.append(said | {"merged_id": key, "survivor_id": row["merged_into"]})
    return {"positions": [_position(key, each, found) for each in record.positions], "mergers": mergers}


def _merger(merger: MergerRecord, found: Found) -> dict[str, Any]:
    row = merger.model_dump(include={"merged_at", "merged_by", "undone_at"})
    labels = merger.model_dump(mode="json", include={"merged_label", "survivor_label"})
    return row | labels | {"merged_id": found["contacts", merger.merged], "survivor_id": found["contacts", merger.survivor]}


def _position(key: UUID, position: PositionRecord, found: Found) -> dict[str, Any]:
    row = position.model_dump(exclude={"id", "party", "recorded_at"})
    party = found["parties", position.party] if position.party else None
    return row | {"contact_id": key, "party_id": party, "position_id": position.id, "recorded_at": position.recorded_at}


def record_of(contact: Any, below: Below) -> dict[str, Any]:
    """The record of a contact of ours; of an erased one the pseudonym."""
    plain_fields = ("name", "latin_name", "other_names", "languages", "channels", "notes", "purpose")
    said = {name: getattr(contact, name) for name in plain_fields}
    merged = {"merged_into": str(contact.merged_into)} if contact.merged_into else {}
    erased = {"erased_because": contact.erased_because} if contact.erased_because else {}
    moments = {name: at.isoformat() for name in ("reviewed_at", "erased_at") if (at := getattr(contact, name))}
    return (
        said
        | merged
        | erased
        | moments
        | {
            "countries": contact.contact_countries,
            "review_on": contact.review_on.isoformat(),
            "positions": [_position_of(each) for each in below["positions"]],
        }
    )


def _position_of(position: Any) -> dict[str, Any]:
    where = {"party": str(position.party_id)} if position.party_id else {"organization": position.organization}
    return where | {
        "id": str(position.position_id),
        "title": position.title,
        "valid_from": position.valid_from.isoformat(),
        "valid_until": position.valid_until.isoformat() if position.valid_until else None,
        "void": position.void,
        "recorded_at": position.recorded_at.isoformat(),
        "recorded_by": position.recorded_by,
    }


def tie_mergers(records: list[dict[str, Any]], mergers: Iterable[Any]) -> None:
    """Add each merger to the later of the two `records` it speaks of; one of which the exporter sees only one side is left out."""
    places = {record["external_id"]: place for place, record in enumerate(records)}
    for each in mergers:
        sides = {"merged": str(each.merged_id), "survivor": str(each.survivor_id)}
        if not places.keys() >= set(sides.values()):
            continue
        moments = {name: at.isoformat() for name in ("merged_at", "undone_at") if (at := getattr(each, name))}
        labels = {"merged_label": each.merged_label, "survivor_label": each.survivor_label}
        later = records[max(places[key] for key in sides.values())]
        later.setdefault("mergers", []).append(sides | moments | labels | {"merged_by": each.merged_by})


CONTACTS = Mapped(ContactRecord, columns, references, children=children)
