"""Parties of a package."""

from typing import Any
from uuid import UUID

from pydantic import AwareDatetime, Field

from chassis.spelling import folded
from contracts.vocabulary import AnyCountries, Body, Line
from services.liaison.handover.rules.records import Below, Children, ExternalId, Found, Mapped, Record, Reference, own_key
from services.liaison.parties.schemas import PartyKind


class NameRecord(Body):
    """A name in another language or script."""

    language: Line
    name: Line


class VersionRecord(Body):
    """What the giving office's register said of a party from a moment on."""

    recorded_at: AwareDatetime
    recorded_by: Line
    name: Line
    countries: AnyCountries
    names: list[NameRecord] = Field(default_factory=list, max_length=100)
    parent: ExternalId | None = None
    members: list[ExternalId] = Field(default_factory=list, max_length=50)


class PartyRecord(Record):
    """A party as the giving office had it, and what its register said of it before."""

    kind: PartyKind
    name: Line
    countries: AnyCountries = Field(min_length=1)
    names: list[NameRecord] = Field(default_factory=list, max_length=100)
    parent: ExternalId | None = None
    members: list[ExternalId] = Field(default_factory=list, max_length=50)
    history: list[VersionRecord] = Field(default_factory=list, max_length=10_000)


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


def children(key: UUID, row: dict[str, Any], record: PartyRecord, found: Found) -> Children:
    """The versions that came with it; where none did, the first one here."""
    said = {name: row[name] for name in ("name", "names", "party_countries", "parent_id", "members")}
    first = {"party_id": key, "recorded_by": "hand-over", "recorded_at": None} | said
    return {"versions": [_version(key, each, found) for each in record.history] or [first]}


def _version(key: UUID, version: VersionRecord, found: Found) -> dict[str, Any]:
    """What it was a part of then is history: a party that was not placed by now is named by the key it will have, or not at all."""

    def known(external_id: str) -> UUID | None:
        return found.get(("parties", external_id)) or own_key(external_id)

    return {
        "party_id": key,
        "recorded_at": version.recorded_at,
        "recorded_by": version.recorded_by,
        "name": version.name,
        "names": [each.model_dump() for each in version.names],
        "party_countries": version.countries,
        "parent_id": known(version.parent) if version.parent else None,
        "members": [member for each in version.members if (member := known(each))],
    }


def record_of(party: Any, below: Below) -> dict[str, Any]:
    """The record of a party of ours, with all that was said of it before."""
    return _said_of(party) | {"kind": party.kind, "history": [_version_of(each) for each in below["versions"]]}


def _version_of(version: Any) -> dict[str, Any]:
    return _said_of(version) | {"recorded_at": version.recorded_at.isoformat(), "recorded_by": version.recorded_by}


def _said_of(row: Any) -> dict[str, Any]:
    more = {"parent": str(row.parent_id)} if row.parent_id else {}
    members = [str(member) for member in row.members]
    return more | {"name": row.name, "countries": row.party_countries, "names": row.names, "members": members}


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
    above = [record.get(name) for name in ("parent", "merged_into", "follows", "answers")]
    return [each for each in (*above, *record.get("members", [])) if each]


PARTIES = Mapped(PartyRecord, columns, references, children=children)
