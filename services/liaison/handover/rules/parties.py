"""Parties of a package."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from pydantic import Field

from contracts.vocabulary import Body, Countries, Line
from services.liaison.handover.rules.records import ExternalId, Found, Mapped, Record, Reference
from services.liaison.parties.rules import folded
from services.liaison.parties.schemas import PartyKind


class NameRecord(Body):
    """A name in another language or script."""

    language: Line
    name: Line


class PartyRecord(Record):
    """A party as the giving office had it."""

    kind: PartyKind
    name: Line
    countries: Countries = Field(min_length=1)
    names: list[NameRecord] = Field(default_factory=list, max_length=100)
    parent: ExternalId | None = None
    members: list[ExternalId] = Field(default_factory=list, max_length=50)


def references(record: PartyRecord) -> list[tuple[Reference, str]]:
    """What it is a part of, and the Governments that act jointly in it."""
    members = [(("parties", member), f"/members/{n}") for n, member in enumerate(record.members)]
    return members + ([(("parties", record.parent), "/parent")] if record.parent else [])


def columns(record: PartyRecord, found: Found) -> dict[str, Any]:
    """The party's row."""
    return {
        "kind": record.kind.value,
        "name": record.name,
        "party_countries": record.countries,
        "names": [each.model_dump() for each in record.names],
        "parent_id": found["parties", record.parent] if record.parent else None,
        "members": [found["parties", member] for member in record.members],
        "search": folded([record.name, *(each.name for each in record.names)]),
    }


def children(key: UUID, row: dict[str, Any], _: PartyRecord, __: Found) -> list[dict[str, Any]]:
    """The first version in its history here."""
    said = {name: row[name] for name in ("name", "names", "party_countries", "parent_id", "members")}
    return [{"party_id": key, "recorded_by": "hand-over"} | said]


def record_of(party: Any, _: Iterable[Any] = ()) -> dict[str, Any]:
    """The record of a party of ours."""
    more = {"parent": str(party.parent_id)} if party.parent_id else {}
    return more | {
        "kind": party.kind,
        "name": party.name,
        "countries": party.party_countries,
        "names": party.names,
        "members": [str(member) for member in party.members],
    }


def parents_first(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """`records` so that what one names as its parent or member stands before it; the order is kept otherwise."""
    known = {record["external_id"]: record for record in records}
    placed: dict[str, dict[str, Any]] = {}
    begun: set[str] = set()
    for record in records:
        waiting = [record]
        while waiting:
            last = waiting[-1]
            begun.add(last["external_id"])
            # What has begun and is not placed waits for this one: a loop is broken where it is found.
            ahead = [known[each] for each in _named(last) if each in known and each not in placed and each not in begun]
            if ahead:
                waiting += ahead
            else:
                placed.setdefault(last["external_id"], waiting.pop())
    return list(placed.values())


def _named(record: dict[str, Any]) -> list[str]:
    return [each for each in (*(record.get(name) for name in ("parent", "merged_into", "follows")), *record.get("members", [])) if each]


PARTIES = Mapped(PartyRecord, columns, references, children=children)
