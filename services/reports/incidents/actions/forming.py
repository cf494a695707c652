"""Forming incidents from what intake brings: blocked by place and time in the database, scored here, joined or suggested."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from psycopg.types.json import Jsonb
from sqlalchemy import insert, text
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import new_id, now
from chassis.database import seeing_all
from chassis.references import reserve_references
from services.reports.incidents.adapters.thresholds import thresholds
from services.reports.incidents.rules import Account, Pair, SuggestionState, Verdict, match, settle
from services.reports.incidents.tables import MatchSuggestion

# Two feeds that tell of one incident at the same moment must not both open it, nor may a person regroup meanwhile. A few
# rows lock the squares they search, in order; many rows, and a person, lock all of them at once.
ONE_AT_A_TIME: Final = text("select pg_advisory_xact_lock(hashtext('forming incidents'))")
_MEANWHILE: Final = text("select pg_advisory_xact_lock_shared(hashtext('forming incidents'))")
_HERE: Final = text("""
select pg_advisory_xact_lock(hashtext('forming incidents in'), square)
from (select distinct unnest(squares) as square from fresh order by square) as searched
""")
FEW_ROWS: Final = 200
# `fresh` is the temporary table that intake fills with new observations; each already bears the key of an incident of
# its own, and `opens`. `probe` is materialized so that nothing but leakproof comparisons stands between row-level
# security and the index. Other sources are those before and behind one's own, which the index leaves
# out unread; each half says all that it is found by, since nothing is moved into a half that row-level security guards.
NEAR: Final = text("""
with probe as materialized (
    select fresh.incident_id, external_id, fresh.occurred_at, fresh.occurred_at - :within as since, fresh.occurred_at + :within as until,
        fresh.latitude, fresh.longitude, fresh.subject_themes, fresh.squares, staged.title, staged.figures
    from fresh join staged using (row, external_id)
    where opens and superseded_by is null and fresh.squares is not null
)
select probe.incident_id, probe.external_id,
    probe.occurred_at, probe.latitude, probe.longitude, probe.subject_themes, probe.title, probe.figures, seen.incident_id, seen.source,
    seen.occurred_at, seen.latitude, seen.longitude, seen.subject_themes, seen.title, seen.figures
from probe cross join lateral (
    select * from observations where grid = any(probe.squares) and source < :source and superseded_by is null
        and occurred_at between probe.since and probe.until
    union all
    select * from observations where grid = any(probe.squares) and source > :source and superseded_by is null
        and occurred_at between probe.since and probe.until
) as seen
where not exists (
    select from observations own where own.incident_id = seen.incident_id and own.source = :source)
""")
_JOIN: Final = text("""
update fresh set incident_id = joined.incident_id, opens = false, matched = joined.matched
from unnest(cast(:keys as text[]), cast(:incidents as uuid[]), cast(:matched as jsonb[])) as joined (external_id, incident_id, matched)
where fresh.external_id = joined.external_id
""")
_OPENING: Final = text("select count(distinct incident_id) from fresh where opens")
_OPEN: Final = text("""
insert into incidents (id, reference, created_at, updated_at)
select incident_id, :stem || lpad(number, greatest(4, length(number)), '0'), :at, :at
from (select incident_id, cast(:first - 1 + row_number() over (order by min(row)) as text) as number
    from fresh where opens group by incident_id) as opened
""")


async def join_incidents(session: AsyncSession, source: str, rows: int) -> None:
    """Let each new observation of `source` in `fresh` join the incident it fits best; doubt is a suggestion."""
    for statement in (_MEANWHILE, _HERE) if rows <= FEW_ROWS else (ONE_AT_A_TIME,):
        await session.execute(statement)
    async with seeing_all(session, "reports"):
        found = await session.execute(NEAR, {"within": thresholds().within, "source": source})
        settled = settle(_pairs(source, found.all()))
        await _join(session, [pair for pair in settled if pair.match.verdict is Verdict.joins])
        await _suggest(session, [pair for pair in settled if pair.match.verdict is Verdict.suggested])


async def open_incidents(session: AsyncSession) -> None:
    """Open an incident for each new observation in `fresh` that joined none."""
    opening = (await session.execute(_OPENING)).scalar_one()
    if opening:
        stem, first = await reserve_references(session, "INC", opening)
        await session.execute(_OPEN, {"at": now(), "stem": stem, "first": first})


def _pairs(source: str, rows: Sequence[Any]) -> Iterable[Pair]:
    """Those candidates that fit at all, with how well."""
    known = thresholds()
    for own, external_id, at, latitude, longitude, themes, title, figures, incident, other, *theirs in rows:
        ours = Account(source, at, latitude, longitude, frozenset(themes), title, figures)
        their_at, north, east, kinds, said, counts = theirs
        seen = Account(other, their_at, north, east, frozenset(kinds), said, counts)
        found = match(ours, seen, known)
        if found is not None:
            yield Pair(own, external_id, incident, found)


async def _join(session: AsyncSession, pairs: list[Pair]) -> None:
    if pairs:
        said = [Jsonb(pair.match.told()) for pair in pairs]
        keys, incidents = [pair.external_id for pair in pairs], [pair.incident for pair in pairs]
        await session.execute(_JOIN, {"keys": keys, "incidents": incidents, "matched": said})


async def _suggest(session: AsyncSession, pairs: list[Pair]) -> None:
    rows = [_suggestion(pair) for pair in pairs]
    if rows:
        await session.execute(insert(MatchSuggestion), rows)


def _suggestion(pair: Pair) -> dict[str, Any]:
    return pair.match.told() | {"id": new_id(), "incident_id": pair.own, "other_id": pair.incident, "state": SuggestionState.open}
