"""The audit trail of all services, newest first, merged by time; seals, roots and proofs."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import Select, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.audit_trail import Sought, read_batches, read_heads, read_rows
from chassis.bus import SERVICES
from chassis.database import principal_of
from chassis.errors import Invalid, NotFound
from chassis.pagination import Paging, Rows
from chassis.proofs import NotSealedYet, prove_consistency, prove_row
from services.gateway.audit.schemas import (
    AnnouncedRoot,
    AuditRecord,
    ConsistencyProof,
    InclusionProof,
    SealedBatch,
    SealKeys,
)
from services.gateway.audit.tables import PublishedSeal
from services.gateway.routing.actions import Hop
from services.gateway.routing.errors import ServiceUnavailable

MAX_BATCHES = 10
WATCHED = 100


async def list_audit(session: AsyncSession, hop: Hop, paging: Paging, sought: Sought) -> Rows[AuditRecord]:
    """A page over all services; the cursor holds how far each was read."""
    read_to: dict[str, int] = json.loads(paging.after) if paging.after else {}
    asked = {"limit": paging.limit + 1} | sought.model_dump(mode="json", exclude_none=True)

    async def trail(service: str) -> list[dict[str, Any]]:
        before = read_to.get(service)
        if service == "gateway":
            rows = await read_rows(session, before, sought, paging.limit + 1)
        else:
            place = {} if before is None else {"before": before}
            path = f"/audit?{urlencode(asked | place)}"
            rows = await hop.read(service, path, principal_of(session))
        return [row | {"service": service} for row in rows]

    trails = await asyncio.gather(*map(trail, SERVICES))
    merged = [row for rows in trails for row in rows]
    merged.sort(key=lambda row: str(row["at"]), reverse=True)
    for row in merged[: paging.limit]:
        read_to[row["service"]] = min(row["seq"], read_to.get(row["service"], row["seq"]))
    page = paging.cut(merged, lambda _: json.dumps(read_to))
    return page.showing([AuditRecord(**row, id=f"{row['service']}:{row['seq']}") for row in page.items])


async def list_seals(session: AsyncSession, hop: Hop, paging: Paging, service: str) -> Rows[SealedBatch]:
    """Sealed batches of one service in order, each beside the root the gateway was told when it
    was sealed."""
    limit, after = min(paging.limit, MAX_BATCHES), int(paging.after or 0)
    if service == "gateway":
        batches = await read_batches(session, after, limit + 1)
    else:
        asked = urlencode({"after": after, "limit": limit + 1})
        batches = await hop.read(service, f"/audit/seals?{asked}", principal_of(session))
    shown = batches[:limit]
    numbers = [batch["number"] for batch in shown]
    query = select(PublishedSeal).where(PublishedSeal.service == service)
    found = (await session.execute(query.where(PublishedSeal.number.in_(numbers)))).scalars()
    announced = {seal.number: seal.root for seal in found}
    items = [_batch(service, batch, announced) for batch in shown]
    return Rows(items, paging.cursor(str(shown[-1]["number"])) if len(batches) > limit else None)


def _batch(service: str, batch: dict[str, Any], announced: dict[int, str]) -> SealedBatch:
    number = batch["number"]
    beside = {"id": f"{service}:seal:{number}", "announced_root": announced.get(number)}
    return SealedBatch(**batch, **beside, service=service)


async def list_roots(session: AsyncSession, paging: Paging, service: str | None) -> Rows[AnnouncedRoot]:
    """The roots as they were announced, by service and number."""
    key = tuple_(PublishedSeal.service, PublishedSeal.number)
    query = _in_order(service).limit(paging.limit + 1)
    if paging.after:
        query = query.where(key > tuple(json.loads(paging.after)))
    seals = list((await session.execute(query)).scalars())
    page = paging.cut(seals, lambda seal: json.dumps([seal.service, seal.number]))
    return page.showing([_root(seal) for seal in page.items])


async def all_roots(session: AsyncSession) -> AsyncIterator[AnnouncedRoot]:
    """Every root that was announced, by service and number."""
    async for seal in await session.stream_scalars(_in_order(None)):
        yield _root(seal)


def _in_order(service: str | None) -> Select[PublishedSeal]:
    query = select(PublishedSeal).order_by(PublishedSeal.service, PublishedSeal.number)
    return query.where(PublishedSeal.service == service) if service else query


def _root(seal: PublishedSeal) -> AnnouncedRoot:
    fields = ("service", "number", "rows", "root", "previous", "signature", "received_at")
    told = {name: getattr(seal, name) for name in fields}
    return AnnouncedRoot(**told, id=f"{seal.service}:root:{seal.number}")


async def newest_announced(session: AsyncSession, service: str) -> dict[int, str]:
    """The newest roots the gateway was told, by number."""
    query = select(PublishedSeal.number, PublishedSeal.root).where(PublishedSeal.service == service)
    found = await session.execute(query.order_by(PublishedSeal.number.desc()).limit(WATCHED))
    return {row.number: row.root for row in found}


async def newest_sealed(session: AsyncSession, hop: Hop, service: str) -> dict[int, str]:
    """The newest seals as the service itself shows them, by number."""
    if service == "gateway":
        seals = await read_heads(session, WATCHED)
    else:
        seals = await hop.read(service, f"/audit/heads?limit={WATCHED}", principal_of(session))
    return {seal["number"]: seal["root"] for seal in seals}


async def prove_of(session: AsyncSession, hop: Hop, row: str) -> InclusionProof:
    """The inclusion proof of a row, named as the list names it (`service:seq`)."""
    service, _, seq = row.partition(":")
    if service == "gateway":
        proof = await prove_row(session, int(seq))
    else:
        proof = await _fetched(session, hop, service, f"/audit/{seq}/proof")
    return InclusionProof(**proof, id=row, service=service)


async def prove_log(session: AsyncSession, hop: Hop, service: str, numbers: tuple[int, int]) -> ConsistencyProof:
    """The consistency proof between the heads of a service's log at two seals."""
    first, second = numbers
    if service == "gateway":
        proof = await prove_consistency(session, first, second)
    else:
        asked = urlencode({"first": first, "second": second})
        proof = await _fetched(session, hop, service, f"/audit/consistency?{asked}")
    return ConsistencyProof(**proof, service=service)


async def _fetched(session: AsyncSession, hop: Hop, service: str, path: str) -> dict[str, Any]:
    """A service's proof; its refusals are said again."""
    answer = await hop.fetch(service, path, principal_of(session), {})
    told: dict[str, Any] = json.loads(answer.body)
    if answer.status == NotFound.status:
        raise NotFound("audit row or seal")
    if answer.status == NotSealedYet.status:
        raise NotSealedYet
    if answer.status == Invalid.status:
        raise Invalid(told["detail"])
    if answer.status != 200:
        raise ServiceUnavailable(service)
    return told


def read_keys(path: Path) -> SealKeys:
    """The JWKS of seals as it was published on the machine."""
    return SealKeys.model_validate_json(path.read_text(encoding="utf-8"))
