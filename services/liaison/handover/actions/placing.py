"""Placing a batch of records: read, sifted, and written at once; what cannot be placed goes to the quarantine."""

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.bulk import insert_many
from chassis.columns import label_columns, new_id, now
from chassis.references import next_references
from contracts.labels import Label
from contracts.vocabulary import Sensitivity, Tlp
from services.liaison.contacts.actions.merging import lend_search
from services.liaison.contacts.tables import Contact
from services.liaison.handover.actions.filing import adopt_files
from services.liaison.handover.queries.homes import RECORDS, Home, completed, home_of
from services.liaison.handover.queries.origins import find_erased, find_keys, find_placed, find_taken, match_parties
from services.liaison.handover.rules.parties import PartyRecord
from services.liaison.handover.rules.records import Children, Flaw, Found, Record, label_of, own_key, strictest
from services.liaison.handover.rules.sifting import Read, Refused, Sifted, given_of, named, read_all, refuse, sift, without_erased
from services.liaison.handover.tables import Handover, HandoverOrigin, HandoverSeries, QuarantinedRecord

Lines = list[tuple[int, bytes]]
_CLASH = Flaw("/external_id", "is the key of a record that is in our register already")


@dataclass
class Placing:
    """A batch on its way: what it belongs to, what of it can be placed, and which of that is in our register already."""

    handover: Handover
    series: HandoverSeries
    home: Home
    good: list[Sifted]
    bad: list[Refused]
    matched: dict[str, UUID]
    found: Found

    @property
    def fresh(self) -> list[Sifted]:
        """What becomes a row."""
        return [each for each in self.good if each.record.external_id not in self.matched]


async def place_lines(session: AsyncSession, handover: Handover, series: HandoverSeries, lines: Lines) -> list[UUID]:
    """Place one batch in the session's transaction and count it on `series`; the keys of what was placed."""
    placing = await _sift_batch(session, handover, series, lines)
    home, fresh = placing.home, placing.fresh
    rows = await _numbered(session, placing, [_row(placing, each) for each in fresh])
    await insert_many(session, home.table, rows)
    below = [home.mapped.children(each.key, row, each.record, placing.found) for each, row in zip(fresh, rows, strict=True)]
    for name, table in home.below.items():
        await insert_many(session, table, [row for each in below for row in each[name]])
    await _settle(session, home, rows, below)
    await insert_many(session, HandoverOrigin, [_origin(placing, each) for each in placing.good])
    await insert_many(session, QuarantinedRecord, [_quarantined(placing, each) for each in placing.bad])
    _count(placing)
    return [each.key for each in fresh]


async def _settle(session: AsyncSession, home: Home, rows: list[dict[str, Any]], below: list[Children]) -> None:
    """What follows from rows outside their own table: merged persons lend their names, letters take the files that came before them."""
    if merged := [row["id"] for row in rows if home.table is Contact and row["merged_into"]]:
        await lend_search(session, merged)
    await adopt_files(session, [file["sha256"] for each in below for file in each.get("files", [])])


async def _sift_batch(session: AsyncSession, handover: Handover, series: HandoverSeries, lines: Lines) -> Placing:
    home = home_of(series.kind)
    reads = read_all(home.mapped, lines)
    records = [read.record for read in reads if isinstance(read.record, Record)]
    external_ids = [record.external_id for record in records]
    found = await find_placed(session, handover.id, named(home.mapped, reads))
    taken = await find_taken(session, handover.office, series.kind, external_ids)
    matched = await match_parties(session, handover.id, [each for each in records if isinstance(each, PartyRecord)])
    brought = {key for each in external_ids if each not in taken and each not in matched and (key := own_key(each))}
    borne = {str(key) for key in await find_keys(session, home.table, brought)}
    clashing = [read for read in reads if isinstance(read.record, Record) and read.record.external_id in borne]
    others: list[Read] = [read for read in reads if read not in clashing] if clashing else reads
    good, bad = sift(home.mapped, series.kind, others, found, taken, lambda each: matched.get(each) or own_key(each) or new_id())
    bad += [refuse(read, _CLASH) for read in clashing]
    if home.table is Contact and bad:
        bad = without_erased(bad, await find_erased(session, handover.office, [each.external_id for each in bad if each.external_id]))
    return Placing(handover, series, home, good, bad, matched, found)


async def _numbered(session: AsyncSession, placing: Placing, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Engagements, letters and others get references of our own register; the old ones are kept beside them."""
    if placing.home.prefix_of is None:
        return rows
    prefixes = [placing.home.prefix_of(row) for row in rows]
    # In one order, so that two imports at once wait for one another and never deadlock.
    given = {prefix: iter(await next_references(session, prefix, count)) for prefix, count in sorted(Counter(prefixes).items())}
    return [row | {"reference": next(given[prefix])} for row, prefix in zip(rows, prefixes, strict=True)]


def _row(placing: Placing, sifted: Sifted) -> dict[str, Any]:
    handover = placing.handover
    label = _strictest(*label_of(sifted.record, handover.office, handover.office_countries))
    columns = placing.home.mapped.columns(sifted.record, placing.found)
    row = {"id": sifted.key} | completed(placing.home.table, columns, now().date()) | label
    if placing.home is RECORDS:
        row |= _belongs(placing) | {"external_id": sifted.record.external_id}
    return row


@lru_cache(maxsize=1_000)
def _strictest(originator: str, themes: tuple[str, ...], countries: tuple[str, ...]) -> dict[str, object]:
    """Of a series most records have one label: it is made once."""
    return label_columns(strictest(originator, themes, countries))


def _belongs(placing: Placing) -> dict[str, Any]:
    return {"handover_id": placing.handover.id, "kind": placing.series.kind, "series": placing.series.id}


def _origin(placing: Placing, sifted: Sifted) -> dict[str, Any]:
    external_id = sifted.record.external_id
    said = {
        "external_id": external_id,
        "target_id": sifted.key,
        "matched": external_id in placing.matched,
        "given": given_of(placing.home.mapped, sifted.record),
    }
    return _belongs(placing) | said


def _quarantined(placing: Placing, refused: Refused) -> dict[str, Any]:
    said = {"line": refused.line, "external_id": refused.external_id, "pointer": refused.flaw.pointer, "reason": refused.flaw.reason}
    label = label_columns(unread_label(placing.handover))
    return {"id": new_id()} | _belongs(placing) | said | {"payload": refused.payload, "raw": refused.raw} | label


def unread_label(handover: Handover) -> Label:
    """The strictest label of what the office gave, where a record of its own says nothing."""
    strict = {"sensitivity": Sensitivity.strictly_confidential, "tlp": Tlp.red}
    return Label(originator=handover.office, countries=handover.office_countries, **strict)


def _count(placing: Placing) -> None:
    series, fresh = placing.series, len(placing.fresh)
    if placing.home is RECORDS:
        series.kept += fresh
    else:
        series.placed += fresh
    series.matched += len(placing.good) - fresh
    series.quarantined += len(placing.bad)
