"""Chains of messages that update one another and name only their predecessor: each becomes a version of what the chain began with.

Messages come in any order (docs/decisions/0036-chains-of-alerts.md).
"""

from collections.abc import Iterable
from itertools import pairwise
from typing import Any, Final

from sqlalchemy import select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import now
from services.reports.incidents.actions import merge_accounts
from services.reports.incidents.rules import HeldBack
from services.reports.incidents.tables import Observation
from services.reports.intake.rules import Message, trace_chains
from services.reports.intake.tables import ChainedMessage

_STAGED: Final = text("""
select message, string_to_array(refers_to, chr(10)), external_id from staged where message is not null order by said_at, row
""")
_KNOWN: Final = text("select message, chain from chained_messages where feed = :feed and message = any(:keys)")
_CHAIN: Final = text("""
update staged set external_id = told.chain from unnest(cast(:keys as text[]), cast(:chains as text[])) as told (message, chain)
where staged.message = told.message and staged.external_id <> told.chain
""")
_REMEMBER: Final = text("""
insert into chained_messages (feed, message, chain)
select :feed, message, chain from unnest(cast(:keys as text[]), cast(:chains as text[])) as told (message, chain)
on conflict (feed, message) do update set chain = excluded.chain
""")


async def follow_chains(session: AsyncSession, feed: str) -> None:
    """Give each message in `staged` the external_id of its chain, and remember it for those that will refer to it."""
    messages = [Message(*row) for row in await session.execute(_STAGED)]
    named = {key for each in messages for key in (each.key, *each.refers_to)}
    known = await _known_chains(session, feed, named)
    chains, joined = trace_chains(messages, known)
    for old, chain in joined.items():
        await _join(session, feed, old, chain)
    learned = {key: chain for key, chain in chains.items() if known.get(key) != chain}
    if learned:
        await session.execute(_REMEMBER, {"feed": feed} | _columns(learned))
    await session.execute(_CHAIN, _columns(chains))


async def _known_chains(session: AsyncSession, feed: str, keys: Iterable[str]) -> dict[str, str]:
    told = await session.execute(_KNOWN, {"feed": feed, "keys": list(keys)})
    return {row.message: row.chain for row in told}


def _columns(chains: dict[str, str]) -> dict[str, Any]:
    return {"keys": list(chains), "chains": list(chains.values())}


async def _join(session: AsyncSession, feed: str, old: str, chain: str) -> None:
    """Let what stood for itself continue `chain`: its account, with all its versions, is that of the chain's incident."""
    await session.execute(update(ChainedMessage).where(ChainedMessage.feed == feed, ChainedMessage.chain == old).values(chain=chain))
    renamed = update(Observation).where(Observation.feed == feed, Observation.external_id == old)
    await session.execute(renamed.values(external_id=chain, version=Observation.version + 1, updated_at=now()))
    query = select(Observation).where(Observation.feed == feed, Observation.external_id == chain, Observation.superseded_by.is_(None))
    ordered = query.order_by(Observation.said_at.nulls_first()).execution_options(populate_existing=True)
    heads = (await session.execute(ordered)).scalars().all()
    for earlier, later in pairwise(heads):
        await _supersede(session, earlier, later)


async def _supersede(session: AsyncSession, earlier: Observation, later: Observation) -> None:
    """What corrects a discarded account waits for a person here, too."""
    first, other = earlier.incident_id, later.incident_id
    earlier.superseded_by = later.id
    if earlier.held_back == HeldBack.discarded:
        later.held_back = HeldBack.waiting
    await session.flush()
    if first != other:
        await merge_accounts(session, first, other, "Their source says that one alert updates the other.")
