"""Placing a batch of records: read, sifted, and written at once; what cannot be placed goes to the quarantine."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.bulk import insert_many
from chassis.columns import label_columns, new_id
from chassis.references import next_references
from contracts.labels import Label
from contracts.vocabulary import Sensitivity, Tlp
from services.liaison.engagements.tables import Engagement
from services.liaison.handover.queries.homes import RECORDS, Home, home_of
from services.liaison.handover.queries.origins import find_keys, find_placed, find_taken, match_parties, party_name
from services.liaison.handover.rules.records import Flaw, Record, strictest
from services.liaison.handover.rules.sifting import Read, Refused, Sifted, keys_of, named, read_all, refuse, sift
from services.liaison.handover.tables import Handover, HandoverOrigin, HandoverSeries, QuarantinedRecord
from services.liaison.parties.tables import Party


@dataclass
class Placing:
    """A batch on its way: what it belongs to, and what of it can be placed."""

    handover: Handover
    series: HandoverSeries
    home: Home
    good: list[Sifted]
    bad: list[Refused]


async def place_lines(session: AsyncSession, handover: Handover, series: HandoverSeries, lines: list[tuple[int, bytes]]) -> list[UUID]:
    """Place one batch in the session's transaction and count it on `series`; the keys of what was placed."""
    placing = await _sift_batch(session, handover, series, lines)
    matched = await _matches(session, placing)
    rows = [_row(placing, each) for each in placing.good if id(each) not in matched]
    if placing.home.table is Engagement:
        references = await next_references(session, "ENG", len(rows)) if rows else []
        rows = [row | {"reference": reference} for row, reference in zip(rows, references, strict=True)]
    await insert_many(session, placing.home.table, rows)
    keys = [row["id"] for row in rows]
    fresh = iter(keys)
    targets = [matched.get(id(each)) or next(fresh) for each in placing.good]
    await insert_many(
        session, HandoverOrigin, [_origin(placing, *pair, id(pair[0]) in matched) for pair in zip(placing.good, targets, strict=True)]
    )
    await insert_many(session, QuarantinedRecord, [_quarantined(placing, each) for each in placing.bad])
    _count(placing, len(keys), len(matched))
    return keys


async def _sift_batch(session: AsyncSession, handover: Handover, series: HandoverSeries, lines: list[tuple[int, bytes]]) -> Placing:
    home = home_of(series.kind)
    reads = read_all(home.mapped, lines)
    external_ids = [read.record.external_id for read in reads if isinstance(read.record, Record)]
    found = await find_placed(session, handover.id, named(home.mapped, reads))
    taken = await find_taken(session, handover.office, series.kind, external_ids)
    borne = await find_keys(session, home.table, list(keys_of(reads).values()))
    clashing = {str(key) for key in borne} - taken
    good, bad = sift(home.mapped, (read for read in reads if not _clashes(read, clashing)), found, taken)
    flaw = Flaw("/external_id", "is the key of a record that is in our register already")
    return Placing(handover, series, home, good, bad + [refuse(read, flaw) for read in reads if _clashes(read, clashing)])


def _clashes(read: Read, clashing: set[str]) -> bool:
    return isinstance(read.record, Record) and read.record.external_id in clashing


async def _matches(session: AsyncSession, placing: Placing) -> dict[int, UUID]:
    """Parties that are in our register already, by the identity of the sifted record."""
    if placing.home.table is not Party:
        return {}
    known = await match_parties(session, placing.handover.id, [each.columns for each in placing.good])
    found = ((id(each), known.get(party_name(each.columns))) for each in placing.good)
    return {identity: key for identity, key in found if key}


def _row(placing: Placing, sifted: Sifted) -> dict[str, Any]:
    handover = placing.handover
    label = strictest(sifted.record, handover.office, handover.office_countries)
    row = {"id": sifted.key or new_id()} | sifted.columns | label_columns(label)
    if placing.home is RECORDS:
        row |= _belongs(placing) | {"external_id": sifted.record.external_id}
    return row


def _belongs(placing: Placing) -> dict[str, Any]:
    return {"handover_id": placing.handover.id, "kind": placing.series.kind, "series": placing.series.id}


def _origin(placing: Placing, sifted: Sifted, target: UUID, matched: bool) -> dict[str, Any]:
    said = {"external_id": sifted.record.external_id, "target_id": target, "matched": matched, "given": sifted.given}
    return _belongs(placing) | said


def _quarantined(placing: Placing, refused: Refused) -> dict[str, Any]:
    handover = placing.handover
    label = Label(
        sensitivity=Sensitivity.strictly_confidential, tlp=Tlp.red, originator=handover.office, countries=handover.office_countries
    )
    said = {"line": refused.line, "external_id": refused.external_id, "pointer": refused.flaw.pointer, "reason": refused.flaw.reason}
    return {"id": new_id()} | _belongs(placing) | said | {"payload": refused.payload, "raw": refused.raw} | label_columns(label)


def _count(placing: Placing, placed: int, matched: int) -> None:
    series = placing.series
    if placing.home is RECORDS:
        series.kept += placed
    else:
        series.placed += placed
    series.matched += matched
    series.quarantined += len(placing.bad)
