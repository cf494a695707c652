"""What is announced when a concurrence ends, and that nothing of it stands alone."""

from typing import Any
from unittest import mock

from sqlalchemy import text

from chassis.database import Database
from chassis.principal import system_principal
from services.liaison.engagements import actions
from services.liaison.jobs import sweep_once
from tests.services.liaison.concurrence.test_clauses import clock_passes, scheduled
from tests.services.liaison.conftest import Json, Officer

SYSTEM = system_principal("liaison")
ENDED = text("""
    select event->>'type' as type, event->'data'->>'id' as id, event->'data'->'suspended' as suspended from outbox
    where event->'data'->>'id' = any(:ids)
    and (type like 'liaison.engagements.suspended.%' or type ~ '^liaison.concurrence.(withdrawn|lapsed)') order by seq
""")


async def said(database: Database, *records: Json) -> list[tuple[str, str, Any]]:
    """What was announced of the end of a concurrence and of meetings, in order."""
    async with database.transaction(SYSTEM) as session:
        rows = await session.execute(ENDED, {"ids": [each["id"] for each in records]})
        return [(row.type.split(".")[2], row.id, row.suspended) for row in rows]


async def test_r2_a_withdrawal_names_what_it_suspended_after_that_was_announced(officer: Officer, database: Database) -> None:
    party = await officer.party()
    granted = await officer.concurrence("TJK", [party["id"]])
    meetings = [await scheduled(officer, party) for _ in range(2)]
    proposed = await officer.engagement([party["id"]])
    await officer.step(f"/concurrences/{granted['id']}/withdraw", {"reason": "A note."})
    ids = [each["id"] for each in meetings]
    suspended = [("suspended", each, None) for each in ids]
    assert await said(database, granted, *meetings, proposed) == [*suspended, ("withdrawn", granted["id"], ids)]


async def test_r2_a_lapse_names_what_it_suspended_after_that_was_announced(officer: Officer, database: Database) -> None:
    party = await officer.party()
    oral = await officer.concurrence("TJK", [party["id"]], basis="oral")
    meeting = await scheduled(officer, party)
    await clock_passes(database, "confirm_by", oral)
    await sweep_once(database)
    suspended = ("suspended", meeting["id"], None)
    assert await said(database, oral, meeting) == [suspended, ("lapsed", oral["id"], [meeting["id"]])]


async def test_r2_nothing_is_withdrawn_when_what_leans_on_it_cannot_be_suspended(officer: Officer, database: Database) -> None:
    party = await officer.party()
    granted = await officer.concurrence("TJK", [party["id"]])
    meeting = await scheduled(officer, party)
    withdraw = f"/concurrences/{granted['id']}/withdraw"
    with mock.patch.object(actions, "lock_leaning", side_effect=LookupError("exercise")):
        assert (await officer.post(withdraw, {"reason": "A note."})).status_code == 500
    assert (await officer.get(f"/concurrences/{granted['id']}"))["state"] == "granted"
    assert await said(database, granted, meeting) == []
    await officer.step(withdraw, {"reason": "A note."})
    assert (await officer.get(f"/engagements/{meeting['id']}"))["state"] == "suspended"
