"""Taking a package in: checked whole, then foreseen; nothing is placed before somebody starts it."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import now
from chassis.errors import WrongState
from chassis.outbox import announce
from chassis.records import change_record
from contracts.events.liaison import HandoverReceived, HandoverStarted
from contracts.labels import Label
from contracts.vocabulary import CENTRE, Sensitivity, Tlp
from services.liaison.handover.actions.foreseeing import foresee
from services.liaison.handover.adapters.packages import Package, load_package, open_package
from services.liaison.handover.errors import PackageElsewhere
from services.liaison.handover.rules.inventory import Addressee, RecordKind
from services.liaison.handover.schemas import HandoverState
from services.liaison.handover.tables import Handover, HandoverSeries

# One package sent twice at once is one hand-over.
_LOCK = text("select pg_advisory_xact_lock(hashtextextended(:digest, 0))")


async def receive_upload(session: AsyncSession, shelf: Path, parts: AsyncIterator[bytes]) -> Handover:
    """Take in a package that streams in; it is on disk only, and only while it is unpacked."""
    await asyncio.to_thread(shelf.mkdir, mode=0o700, parents=True, exist_ok=True)
    upload = shelf / f".upload-{uuid4()}"
    try:
        with upload.open("xb") as file:
            async for part in parts:
                await asyncio.to_thread(file.write, part)
        return await receive_package(session, shelf, upload)
    finally:
        upload.unlink(missing_ok=True)


async def receive_package(session: AsyncSession, shelf: Path, source: Path, *, tried_dry: bool = True) -> Handover:
    """Take in a package: a folder, a .zip or a .tar.gz. For one that came before, its hand-over again.

    Where nobody stands between taking in and starting, nobody reads a forecast: it need not be tried dry.
    """
    package = await asyncio.to_thread(open_package, source, shelf)
    await session.execute(_LOCK, {"digest": package.digest})
    known = (await session.execute(select(Handover).where(Handover.digest == package.digest))).scalar_one_or_none()
    if known is not None:
        if known.state == HandoverState.imported:
            await asyncio.to_thread(shutil.rmtree, package.folder, ignore_errors=True)
        return known
    handover = _handover(package, await asyncio.to_thread(foresee, package) if tried_dry else [])
    session.add(handover)
    await session.flush()
    await session.execute(insert(HandoverSeries), [_series(handover.id, place, each) for place, each in enumerate(_entries(package))])
    await announce(session, HandoverReceived(id=handover.id, version=handover.version, label=handover.label, records=handover.records))
    return handover


async def start_import(session: AsyncSession, shelf: Path, handover_id: UUID) -> Handover:
    """Let the import begin; the service goes on with it, over restarts, until it has ended."""
    handover = await change_record(session, Handover, handover_id, "hand-over")
    if handover.state != HandoverState.ready:
        raise WrongState("hand-over", handover.state, [HandoverState.ready])
    if await asyncio.to_thread(load_package, shelf, handover.digest) is None:
        raise PackageElsewhere
    handover.state, handover.started_at = HandoverState.importing, now()
    await session.flush()
    await announce(session, HandoverStarted(id=handover.id, version=handover.version, label=handover.label, records=handover.records))
    return handover


def _handover(package: Package, forecast: list[dict[str, Any]]) -> Handover:
    inventory, office = package.inventory, package.inventory.office
    handover = Handover(
        digest=package.digest,
        office=office.slug,
        office_name=office.name,
        custodian=office.custodian,
        signing_key=office.signing_key,
        office_countries=office.countries,
        period_begin=inventory.period.begin,
        period_end=inventory.period.end,
        state=HandoverState.ready,
        records=sum(each["records"] for each in _entries(package) if each["addressee"] == Addressee.centre),
        forecast=forecast,
    )
    handover.label = Label(sensitivity=Sensitivity.confidential, tlp=Tlp.amber, originator=CENTRE, countries=office.countries)
    return handover


def _entries(package: Package) -> list[dict[str, Any]]:
    """The series in the order of import: the Centre's, the attachments, and those addressed to others."""
    inventory, attachments = package.inventory, len(package.attachments())
    entries = [each.model_dump(mode="json") for each in inventory.for_the_centre()]
    if attachments:
        kind = RecordKind.attachments.value
        entries.append({"id": kind, "kind": kind, "title": "Attachments", "addressee": "centre", "path": None, "records": attachments})
    return entries + [each.model_dump(mode="json") for each in inventory.series if each.addressee is not Addressee.centre]


def _series(handover_id: UUID, place: int, entry: dict[str, Any]) -> dict[str, Any]:
    """A series for others is accounted for at once: it is listed, and not imported."""
    elsewhere = entry["records"] if entry["addressee"] != Addressee.centre else 0
    row = {"handover_id": handover_id, "place": place, "in_package": entry["records"], "elsewhere": elsewhere}
    return row | {name: entry[name] for name in ("id", "kind", "title", "addressee", "path")}
