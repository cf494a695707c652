"""Parties of a package."""

from typing import Any

from pydantic import Field

from contracts.vocabulary import Countries, Line
from services.liaison.handover.rules.records import Found, Mapped, Record
from services.liaison.parties.schemas import PartyKind


class PartyRecord(Record):
    """A party as the giving office had it."""

    kind: PartyKind
    name: Line
    countries: Countries = Field(min_length=1)


def columns(record: PartyRecord, _: Found) -> dict[str, Any]:
    """The party's row."""
    return {"kind": record.kind.value, "name": record.name, "party_countries": record.countries}


def record_of(party: Any) -> dict[str, Any]:
    """The record of a party of ours."""
    return {"kind": party.kind, "name": party.name, "countries": party.party_countries}


PARTIES = Mapped(PartyRecord, columns)
