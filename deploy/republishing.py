"""Has a service publish its events again, for readers that miss some and cannot know it."""

from datetime import datetime, timedelta

from chassis.bus import KEPT_SECONDS
from chassis.columns import now
from chassis.database import Database
from chassis.publishing import publish_again
from chassis.reactions import Reactions
from chassis.settings import Settings


def begin_of(since: str | None) -> datetime:
    """The time that was written, or as far back as streams reach. ValueError for one without an offset."""
    if since is None:
        return now() - timedelta(seconds=KEPT_SECONDS)
    begin = datetime.fromisoformat(since)
    if begin.tzinfo is None:
        raise ValueError("write the time with its offset, as in 2026-11-29T08:00:00+00:00")
    return begin


async def republish(service: str, since: datetime) -> str:
    """Tell the relay of `service`, and say how many events it will publish again."""
    database = Database(Settings().database_url.get_secret_value(), Reactions(), pool_size=1)
    try:
        events = await publish_again(database, service, since)
    finally:
        await database.close()
    if events is None:
        return f"{service} has never published anything"
    return f"{events} events of {service} are published again"
