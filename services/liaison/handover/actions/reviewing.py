"""The review queue: a series keeps the strictest label until somebody answers for another one (R19)."""

import json
from typing import Any, Final, cast
from uuid import UUID

from sqlalchemy import CursorResult, text
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import now
from chassis.database import principal_of, seeing_all
from chassis.errors import NotFound
from chassis.labelling import complete_label
from chassis.outbox import announce
from chassis.records import change_record
from contracts.events.liaison import HandoverSeriesReviewed
from contracts.vocabulary import Sensitivity
from services.liaison.handover.errors import SeriesNotSeen
from services.liaison.handover.queries.homes import home_of
from services.liaison.handover.rules.inventory import RecordKind
from services.liaison.handover.schemas import SeriesReview
from services.liaison.handover.tables import Handover, HandoverAttachment, HandoverSeries

# `said` is the reviewer's label or, where there is none, each record's own as it was given. What it leaves out stays.
_TARGETS: Final = """
    select target_id as id, coalesce(cast(:label as jsonb), given -> 'label', '{}') as said from handover_origins
    where handover_id = :handover and series = :series and not matched
"""
_ATTACHMENTS: Final = "select id, coalesce(cast(:label as jsonb), '{}') as said from handover_attachments where handover_id = :handover"
_RELABEL: Final = """
with targets as ({targets})
update {table} t set version = t.version + 1, updated_at = :at,
    sensitivity = coalesce(array_position(cast(:ranks as text[]), said ->> 'sensitivity') - 1, t.sensitivity),
    tlp = coalesce(said ->> 'tlp', t.tlp), originator = coalesce(said ->> 'originator', t.originator),
    themes = {themes}, countries = {countries}, releasable_to = {releasable_to}
from targets where t.id = targets.id
"""
_RELABEL_FILES: Final = """
update attachments t set sensitivity = l.sensitivity, tlp = l.tlp, originator = l.originator, themes = l.themes, countries = l.countries,
    releasable_to = l.releasable_to, updated_at = l.updated_at
from letters l join handover_origins o on o.target_id = l.id
where t.letter_id = l.id and o.handover_id = :handover and o.series = :series and not o.matched
"""
_LIST: Final = "case when said ? '{0}' then array(select jsonb_array_elements_text(said -> '{0}')) else t.{0} end"
_COUNT: Final = "with targets as ({targets}) select count(*) from {table} t join targets on t.id = targets.id"


async def review_series(session: AsyncSession, handover_id: UUID, series_id: str, review: SeriesReview) -> HandoverSeries:
    """Relabel all records of a series. SeriesNotSeen when the reviewer may not see every one of them."""
    handover = await change_record(session, Handover, handover_id, "hand-over")
    series = await session.get(HandoverSeries, (handover_id, series_id))
    if series is None:
        raise NotFound("series")
    if review.label is not None:
        complete_label(session, review.label, handover.label)
    await _relabel(session, series, review)
    series.reviewed_at, series.reviewed_by, series.review_reason = now(), principal_of(session).client_id, review.reason
    series.review_label = review.label.model_dump(mode="json", exclude_none=True) if review.label else None
    handover.updated_at = now()
    await session.flush()
    await announce(session, HandoverSeriesReviewed(id=handover.id, version=handover.version, label=handover.label, series=series.id))
    return series


async def _relabel(session: AsyncSession, series: HandoverSeries, review: SeriesReview) -> None:
    attached = series.kind == RecordKind.attachments
    table = (HandoverAttachment if attached else home_of(series.kind).table).__tablename__
    targets = _ATTACHMENTS if attached else _TARGETS
    label = json.dumps(review.label.model_dump(mode="json", exclude_none=True)) if review.label else None
    named = {"handover": series.handover_id, "label": label} | ({} if attached else {"series": series.id})
    async with seeing_all(session, "liaison"):
        there = (await session.execute(text(_COUNT.format(table=table, targets=targets)), named)).scalar_one()
    lists = {name: _LIST.format(name) for name in ("themes", "countries", "releasable_to")}
    statement = text(_RELABEL.format(table=table, targets=targets, **lists))
    values = named | {"at": now(), "ranks": [each.value for each in Sensitivity]}
    changed = cast("CursorResult[Any]", await session.execute(statement, values)).rowcount
    if changed < there:
        raise SeriesNotSeen
    if series.kind == RecordKind.letters:
        await session.execute(text(_RELABEL_FILES), {"handover": series.handover_id, "series": series.id})
