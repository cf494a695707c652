"""Contacts of a package, with their positions over time."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import AwareDatetime, Field, model_validator

from contracts.vocabulary import Body, Countries, Line, Prose
from services.liaison.handover.rules.records import ExternalId, Found, Mapped, Record, Reference
from services.liaison.parties.rules import folded, plain

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


class ContactRecord(Record):
    """A person as the giving office had them. `purpose` says why they are kept: without one they may not be (R4)."""

    name: Line
    latin_name: Line | None = None
    other_names: Names = []
    languages: Names = []
    channels: list[ChannelRecord] = Field(default_factory=list, max_length=100)
    countries: Countries = []
    notes: Prose | None = None
    purpose: Prose
    review_on: date | None = None
    merged_into: ExternalId | None = None
    positions: list[PositionRecord] = Field(default_factory=list, max_length=1_000)


def references(record: ContactRecord) -> list[tuple[Reference, str]]:
    """The parties the person has served, and the record that is the same person."""
    parties = [(("parties", each.party), f"/positions/{n}/party") for n, each in enumerate(record.positions) if each.party]
    return parties + ([(("contacts", record.merged_into), "/merged_into")] if record.merged_into else [])


def columns(record: ContactRecord, found: Found) -> dict[str, Any]:
    """The contact's row. A name without Latin letters is spelled out in them."""
    latin = record.latin_name or " ".join(word.capitalize() for word in plain(record.name)) or record.name
    return {
        "name": record.name,
        "latin_name": latin,
        "other_names": record.other_names,
        "languages": record.languages,
        "channels": [each.model_dump() for each in record.channels],
        "contact_countries": record.countries,
        "notes": record.notes,
        "purpose": record.purpose,
        "review_on": record.review_on,
        "state": "merged" if record.merged_into else "active",
        "merged_into": found["contacts", record.merged_into] if record.merged_into else None,
        "search": folded([record.name, latin, *record.other_names]),
    }


def children(key: UUID, _: dict[str, Any], record: ContactRecord, found: Found) -> list[dict[str, Any]]:
    """The rows of the positions."""
    return [_position(key, each, found) for each in record.positions]


def _position(key: UUID, position: PositionRecord, found: Found) -> dict[str, Any]:
    row = position.model_dump(exclude={"id", "party", "recorded_at"})
    party = found["parties", position.party] if position.party else None
    return row | {"contact_id": key, "party_id": party, "position_id": position.id, "recorded_at": position.recorded_at}


def record_of(contact: Any, positions: Iterable[Any] = ()) -> dict[str, Any]:
    """The record of a contact of ours."""
    plain_fields = ("name", "latin_name", "other_names", "languages", "channels", "notes", "purpose")
    said = {name: getattr(contact, name) for name in plain_fields}
    merged = {"merged_into": str(contact.merged_into)} if contact.merged_into else {}
    return (
        said
        | merged
        | {
            "countries": contact.contact_countries,
            "review_on": contact.review_on.isoformat(),
            "positions": [_position_of(each) for each in positions],
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


CONTACTS = Mapped(ContactRecord, columns, references, children=children)
