"""Hand-overs over HTTP."""

from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Query, Request, Response

from chassis.operation import Session, router
from chassis.pagination import Page, PagingQuery, Rows
from chassis.records import read_record
from services.liaison.handover.actions import exporting, mending, receiving, reviewing, signing
from services.liaison.handover.errors import PackageMedia
from services.liaison.handover.queries import handovers as queries
from services.liaison.handover.schemas import (
    Countersignature,
    ExportBody,
    HandoverOut,
    HandoverRecordOut,
    HandoverState,
    MendedRecord,
    OriginOut,
    Placement,
    PossibleTwin,
    QuarantinedOut,
    ReceiptOut,
    Reconciliation,
    SeriesOut,
    SeriesReview,
    SignBody,
)
from services.liaison.handover.tables import Handover, HandoverOrigin, HandoverRecord, QuarantinedRecord

routes = router("handover")
TAKEN = ("application/zip", "application/gzip", "application/x-gzip", "application/octet-stream")
_PACKAGE = {"requestBody": {"required": True, "content": {media: {"schema": {"type": "string", "format": "binary"}} for media in TAKEN}}}
_BINARY: dict[int | str, dict[str, Any]] = {200: {"content": {"application/octet-stream": {}}}}


async def _shelf(request: Request) -> Path:
    folder: Path = request.app.state.settings.packages_folder
    return folder


async def _key(request: Request) -> Path:
    key: Path = request.app.state.settings.seal_key
    return key


async def _package(request: Request) -> None:
    if request.headers.get("content-type", "").split(";", 1)[0].strip().lower() not in TAKEN:
        raise PackageMedia


Shelf = Annotated[Path, Depends(_shelf)]
SigningKey = Annotated[Path, Depends(_key)]


@routes.post("/handovers", status_code=202, response_model=HandoverOut, openapi_extra=_PACKAGE, dependencies=[Depends(_package)])
async def receive_handover(request: Request, session: Session, shelf: Shelf, response: Response) -> Handover:
    """Send a package (.zip or .tar.gz of a bag). It is checked whole and tried dry; nothing is placed before `/start`."""
    handover = await receiving.receive_upload(session, shelf, request.stream())
    response.headers["location"] = f"/v1/handovers/{handover.id}"
    return handover


@routes.get("/handovers", response_model=Page[HandoverOut])
async def list_handovers(session: Session, paging: PagingQuery, state: HandoverState | None = None) -> Rows[Handover]:
    """Hand-overs, newest first."""
    return await queries.list_handovers(session, paging, state)


@routes.post("/handovers/export", response_class=Response, responses={200: {"content": {"application/zip": {}}}})
async def export_handover(body: ExportBody, session: Session) -> Response:
    """Our own office as a package: what the caller may see, in the form in which packages are taken in."""
    headers = {"content-disposition": f'attachment; filename="handover-{body.office}.zip"'}
    return Response(await exporting.export_archive(session, body), media_type="application/zip", headers=headers)


@routes.get("/handovers/origins", response_model=OriginOut)
async def read_origin(session: Session, record: Annotated[UUID, Query(description="A party, contact, engagement …")]) -> HandoverOrigin:
    """Which hand-over a record came with, and what it was called there."""
    return await queries.read_origin(session, record)


@routes.get("/handovers/{handover_id}", response_model=HandoverOut)
async def read_handover(handover_id: UUID, session: Session) -> Handover:
    """One hand-over: where its import stands, and its dry run."""
    return await read_record(session, Handover, handover_id, "hand-over")


@routes.post("/handovers/{handover_id}/start", status_code=202, response_model=HandoverOut)
async def start_handover(handover_id: UUID, session: Session, shelf: Shelf) -> Handover:
    """Begin the import."""
    return await receiving.start_import(session, shelf, handover_id)


@routes.get("/handovers/{handover_id}/reconciliation", response_model=Reconciliation)
async def read_reconciliation(handover_id: UUID, session: Session) -> Reconciliation:
    """What is in the package and what became of it, per kind."""
    return await queries.read_reconciliation(session, handover_id)


@routes.get("/handovers/{handover_id}/series", response_model=list[SeriesOut])
async def list_handover_series(handover_id: UUID, session: Session) -> list[SeriesOut]:
    """The series of the package: their counts, and which are still to be reviewed."""
    return await queries.list_series(session, handover_id)


@routes.post("/handovers/{handover_id}/series/{series}/review", response_model=list[SeriesOut])
async def review_series(handover_id: UUID, series: str, body: SeriesReview, session: Session) -> list[SeriesOut]:
    """Give all records of a series another label than the strictest: one for all, or each the one it came with."""
    await reviewing.review_series(session, handover_id, series, body)
    return await queries.list_series(session, handover_id)


@routes.get("/handovers/{handover_id}/duplicates", response_model=Page[PossibleTwin])
async def list_handover_duplicates(handover_id: UUID, session: Session, paging: PagingQuery) -> Rows[PossibleTwin]:
    """Persons who came with it and resemble somebody of the register. A page looks through that many: one may be empty and not the last."""
    return await queries.list_duplicates(session, handover_id, paging)


@routes.get("/handovers/{handover_id}/quarantine", response_model=Page[QuarantinedOut])
async def list_quarantine(handover_id: UUID, session: Session, paging: PagingQuery, series: str | None = None) -> Rows[QuarantinedRecord]:
    """What could not be placed, with the reason."""
    return await queries.list_quarantine(session, handover_id, paging, series)


@routes.post("/handovers/{handover_id}/quarantine/retry", response_model=Placement)
async def retry_quarantine(handover_id: UUID, session: Session) -> Placement:
    """Try everything in quarantine once more."""
    return await mending.retry_quarantine(session, handover_id)


@routes.post("/handovers/{handover_id}/quarantine/{record_id}/mend", response_model=Placement)
async def mend_quarantined(handover_id: UUID, record_id: UUID, body: MendedRecord, session: Session) -> Placement:
    """Place a record as it should have been."""
    return await mending.mend_record(session, handover_id, record_id, body)


@routes.get("/handovers/{handover_id}/records", response_model=Page[HandoverRecordOut])
async def list_handover_records(
    handover_id: UUID, session: Session, paging: PagingQuery, series: str | None = None, q: str | None = None
) -> Rows[HandoverRecord]:
    """Kept records of kinds that have no register here; concurrences among them are history, never in force."""
    return await queries.list_records(session, handover_id, paging, series, q)


@routes.get("/handovers/{handover_id}/records/{record_id}", response_model=HandoverRecordOut)
async def read_handover_record(handover_id: UUID, record_id: UUID, session: Session) -> HandoverRecord:
    """One kept record."""
    return await queries.read_handover_record(session, handover_id, record_id)


@routes.get("/handovers/{handover_id}/attachments/{digest}/content", response_class=Response, responses=_BINARY)
async def read_handover_attachment(handover_id: UUID, digest: str, session: Session) -> Response:
    """An attachment, by its SHA-256; to be saved, never shown in place."""
    found = await queries.read_attachment(session, handover_id, digest)
    headers = {"content-disposition": f'attachment; filename="{found.digest}"', "x-content-type-options": "nosniff"}
    return Response(found.content, media_type="application/octet-stream", headers=headers)


@routes.get("/handovers/{handover_id}/receipt", response_model=ReceiptOut)
async def read_receipt(handover_id: UUID, session: Session) -> dict[str, Any]:
    """The receipt, with the signatures it has so far."""
    return await signing.read_receipt(session, handover_id)


@routes.post("/handovers/{handover_id}/sign", response_model=ReceiptOut)
async def sign_handover(handover_id: UUID, body: SignBody, session: Session, key: SigningKey) -> dict[str, Any]:
    """Sign the receipt for the Centre."""
    return await signing.sign_receipt(session, handover_id, body, key)


@routes.post("/handovers/{handover_id}/countersign", response_model=ReceiptOut)
async def countersign_handover(handover_id: UUID, body: Countersignature, session: Session) -> dict[str, Any]:
    """Add the giving office's signature."""
    return await signing.countersign_receipt(session, handover_id, body)
