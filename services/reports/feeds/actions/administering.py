"""Feeds come and change, by the administrator."""

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import label_columns, now
from chassis.database import principal_of
from chassis.labelling import complete_label
from chassis.records import change_record
from chassis.visibility import may_read
from contracts.labels import Label, LabelBody
from contracts.vocabulary import Sensitivity, Tlp
from services.reports.feeds.adapters.registry import ADAPTERS
from services.reports.feeds.errors import FeedExists, FeedUnfit
from services.reports.feeds.schemas import FeedBody, FeedChange
from services.reports.feeds.tables import Feed, FeedHealth


async def create_feed(session: AsyncSession, body: FeedBody) -> Feed:
    """Make a feed. FeedExists when its id is taken, FeedUnfit when its settings do not go together. Its address was checked before."""
    require_fit(body)
    own = Label(
        sensitivity=Sensitivity.unclassified, tlp=Tlp.green, originator=body.organization, countries=[body.country], releasable_to=[]
    )
    if not may_read(principal_of(session), own, []):
        raise FeedUnfit("/country", "is outside what you may see, so you could not look after the feed")
    values = _values(session, body, body.organization) | label_columns(own)
    at = now()
    row = values | {"id": body.id, "organization": body.organization, "version": 1, "created_at": at, "updated_at": at, "readers": []}
    # By the constraint, not by looking: a feed that this administrator may not see is taken all the same.
    made = await session.execute(insert(Feed).values(row).on_conflict_do_nothing().returning(Feed.id))
    if made.scalar() is None:
        raise FeedExists
    session.add(FeedHealth(feed=body.id, failures=0, taken=[], next_pull_at=at if body.url else None))
    await session.flush()
    return await _reread(session, body.id)


async def change_feed(session: AsyncSession, feed_id: str, body: FeedChange) -> Feed:
    """Change a feed. NotFound, PreconditionFailed, or FeedUnfit. What is fetched anew begins anew, without old conditions."""
    require_fit(body)
    feed = await change_record(session, Feed, feed_id, "feed")
    is_elsewhere = feed.url != (str(body.url) if body.url else None) or feed.adapter != body.adapter
    for name, value in _values(session, body, feed.organization).items():
        setattr(feed, name, value)
    if is_elsewhere:
        health = feed.health
        health.etag, health.last_modified, health.taken, health.failures, health.last_error = None, None, [], 0, None
        health.next_pull_at = now() if body.url else None
    feed.updated_at = now()
    await session.flush()
    return await _reread(session, feed_id)


def require_fit(body: FeedChange) -> None:
    """FeedUnfit for settings that do not go together."""
    if body.mapping and body.adapter != "native":
        raise FeedUnfit("/mapping", "is for native feeds: the adapter knows the names of its source")
    if (body.url is None) != (body.pull_every_minutes is None):
        raise FeedUnfit("/pull_every_minutes", "is needed with an address, and with one only")
    if body.credentials and body.url is None:
        raise FeedUnfit("/credentials", "are for a feed that is fetched")
    if body.url and (body.url.username or body.url.password):
        raise FeedUnfit("/url", "holds a name or a password: put them into the settings, and name them in credentials")


def _values(session: AsyncSession, body: FeedChange, organization: str) -> dict[str, object]:
    given = body.default_label
    wanted = LabelBody(sensitivity=given.sensitivity, tlp=given.tlp, releasable_to=given.releasable_to)
    label = complete_label(session, wanted, Label(originator=organization, countries=[body.country]))
    return {
        "name": body.name,
        "trust": body.trust,
        "expected_interval_minutes": body.expected_interval_minutes,
        "country": body.country,
        "default_sensitivity": label.sensitivity.value,
        "default_tlp": label.tlp.value,
        "default_releasable_to": label.releasable_to,
        "adapter": body.adapter,
        "mapping": body.mapping.model_dump(mode="json") if body.mapping else None,
        "leads_only": body.leads_only or ADAPTERS[body.adapter].leads_only,
        "url": str(body.url) if body.url else None,
        "pull_every_minutes": body.pull_every_minutes,
        "credentials": body.credentials,
        # Until the sweep has looked for the credentials in the settings.
        "configured": body.credentials is None,
    }


async def _reread(session: AsyncSession, feed_id: str) -> Feed:
    feed = await session.get(Feed, feed_id, populate_existing=True)
    assert feed is not None, "it was written in this transaction"
    return feed
