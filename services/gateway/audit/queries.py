"""The audit trail of all services, newest first, merged by time."""

import asyncio
import json
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.audit_trail import read_batches, read_rows
from chassis.bus import SERVICES
from chassis.database import principal_of
from chassis.pagination import Paging, Rows
from services.gateway.audit.schemas import AuditRecord, SealedBatch
from services.gateway.audit.tables import PublishedSeal
from services.gateway.routing.actions import Hop

MAX_BATCHES = 10


async def list_audit(session: AsyncSession, hop: Hop, paging: Paging, actor: str | None) -> Rows[AuditRecord]:
    """A page over all services; the cursor holds how far each was read."""
    read_to: dict[str, int] = json.loads(paging.after) if paging.after else {}
    trails = await asyncio.gather(*(_trail(session, hop, service, read_to.get(service), paging.limit + 1, actor) for service in SERVICES))
    merged = sorted((row for trail in trails for row in trail), key=lambda row: str(row["at"]), reverse=True)
    for row in merged[: paging.limit]:
        read_to[row["service"]] = min(row["seq"], read_to.get(row["service"], row["seq"]))
    page = paging.cut(merged, lambda _: json.dumps(read_to))
    return page.showing([AuditRecord(**row, id=f"{row['service']}:{row['seq']}") for row in page.items])


async def _trail(session: AsyncSession, hop: Hop, service: str, before: int | None, limit: int, actor: str | None) -> list[dict[str, Any]]:
    if service == "gateway":
        rows = await read_rows(session, before, actor, limit)
    else:
        asked = {"limit": limit} | ({"before": before} if before is not None else {}) | ({"actor": actor} if actor else {})
        rows = await hop.read(service, f"/audit?{urlencode(asked)}", principal_of(session))
    return [row | {"service": service} for row in rows]


async def list_seals(session: AsyncSession, hop: Hop, paging: Paging, service: str) -> Rows[SealedBatch]:
    """Sealed batches of one service in order, each beside the root the gateway was told when it was sealed."""
    limit, after = min(paging.limit, MAX_BATCHES), int(paging.after or 0)
    if service == "gateway":
        batches = await read_batches(session, after, limit + 1)
    else:
        asked = urlencode({"after": after, "limit": limit + 1})
        batches = await hop.read(service, f"/audit/seals?{asked}", principal_of(session))
    shown = batches[:limit]
    query = select(PublishedSeal).where(PublishedSeal.service == service, PublishedSeal.number.in_([each["number"] for each in shown]))
    announced = {seal.number: seal.root for seal in (await session.execute(query)).scalars()}
    items = [
        SealedBatch(
            **batch,
            id=f"{service}:seal:{batch['number']}",
            announced_root=announced.get(batch["number"]),
        )
        for batch in shown
    ]
    return Rows(items, paging.cursor(str(shown[-1]["number"])) if len(batches) > limit else None)
