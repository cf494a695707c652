"""Every event of every service is kept for the streams."""

import json
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import label_columns
from chassis.database import notify
from chassis.inbox import Heard, Subscribers

# One after the other to the commit, so that nothing is ever added before what a stream has read. Streams could instead wait
# for every transaction that runs, as the relay does: those of all databases of the server, and long ones, too.
_ONE_AT_A_TIME = text("select pg_advisory_xact_lock(hashtext('storing events'))")
# One statement however many there are: it is prepared once.
_STORE = text("""
insert into events (id, type, time, version, subject_type, subject_id, requestid,
    sensitivity, tlp, originator, themes, countries, releasable_to, readers)
select id, type, time, version, subject_type, subject_id, requestid,
    sensitivity, tlp, originator, themes, countries, releasable_to, readers
from rows from (jsonb_to_recordset(cast(:rows as jsonb)) as (id uuid, type text, time timestamptz, version integer, subject_type text,
    subject_id text, requestid text, sensitivity smallint, tlp text, originator text, themes text[], countries text[],
    releasable_to text[], readers text[])) with ordinality order by ordinality
""")
subscribers = Subscribers()


@subscribers.on_all
async def store_events(session: AsyncSession, heard: list[Heard]) -> None:
    """Keep the events, and wake the streams."""
    await session.execute(_ONE_AT_A_TIME)
    await session.execute(_STORE, {"rows": json.dumps([_row(each) for each in heard])})
    await notify(session, "events")


def _row(heard: Heard) -> dict[str, Any]:
    event, announcement = heard
    return label_columns(announcement.label) | {
        "id": str(event.id),
        "type": event.type,
        "time": event.time.isoformat(),
        "version": announcement.version,
        "subject_type": announcement.kind,
        "subject_id": str(announcement.id),
        "requestid": event.requestid,
        "readers": announcement.readers,
    }
