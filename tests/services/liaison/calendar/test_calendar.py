"""The calendar at the API: what stands in it, for whom, and in which form."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from icalendar import Calendar
from sqlalchemy import text

from chassis.database import Database
from chassis.principal import system_principal
from services.liaison.calendar import queries
from tests.clients import Headers
from tests.services.liaison.conftest import Json, Officer

MAY = "from=2031-05-01T00:00:00Z&until=2031-06-01T00:00:00Z"
STRICT = {"sensitivity": "strictly-confidential", "tlp": "AMBER"}
OPEN = {"sensitivity": "unclassified", "tlp": "GREEN"}


async def meeting(officer: Officer, day: int = 5, **more: Any) -> Json:
    """A meeting proposed for a day of May 2031."""
    ministry = await officer.party(kind="government")
    times = {"starts_at": f"2031-05-{day:02}T09:00:00Z", "ends_at": f"2031-05-{day:02}T11:00:00Z"}
    return await officer.engagement([ministry["id"]], **times | {"time_zone": "Asia/Dushanbe"} | more)


async def commitment(officer: Officer, due_on: str = "2031-05-07", **more: Any) -> Json:
    """A promise of a party to the Centre."""
    party = await officer.party()
    return await officer.make("/commitments", {"promised_by": party["id"], "text": "To send the list.", "due_on": due_on} | more)


async def letter(officer: Officer, reply_by: str = "2031-05-09", **more: Any) -> Json:
    """A note that asks for a reply."""
    party = await officer.party(kind="government")
    dates = {"dated_on": "2026-01-01", "handled_on": "2026-01-02", "reply_by": reply_by}
    return await officer.make("/correspondence", {"direction": "in", "party": party["id"], "subject": "Pastures"} | dates | more)


async def listed(officer: Officer, asked: str = MAY) -> dict[str, Json]:
    """All entries, by id; pages are walked three at a time."""
    found: dict[str, Json] = {}
    cursor: str | None = ""
    while cursor is not None:
        page = await officer.get(f"/calendar?{asked}&limit=3" + (f"&cursor={cursor}" if cursor else ""))
        assert not found.keys() & {each["id"] for each in page["items"]}, "nothing comes twice"
        found |= {each["id"]: each for each in page["items"]}
        cursor = page["next"]
    return found


async def file(officer: Officer, asked: str = MAY, **headers: str) -> httpx.Response:
    """The calendar as a file."""
    return await officer.client.get(f"/v1/calendar.ics?{asked}", headers=officer.headers | headers)


async def events(officer: Officer, asked: str = MAY) -> dict[str, Any]:
    """What a calendar programme reads, by UID."""
    answer = await file(officer, asked)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    return {str(each["UID"]): each for each in Calendar.from_ical(answer.content).events}


async def test_three_registers_stand_in_one_order_of_time(officer: Officer) -> None:
    made = [await meeting(officer, 8), await letter(officer), await commitment(officer), await meeting(officer, 7)]
    found = await listed(officer)
    ours = [key for key in found if key in {each["id"] for each in made}]
    assert ours == [made[2]["id"], made[3]["id"], made[0]["id"], made[1]["id"]]
    entry, due, reply = found[made[0]["id"]], found[made[2]["id"]], found[made[1]["id"]]
    assert (entry["kind"], entry["form"], entry["day"], entry["time_zone"]) == ("engagements", "meeting", None, "Asia/Dushanbe")
    assert (due["kind"], due["day"], due["starts_at"], due["title"]) == ("commitments", "2031-05-07", None, "To send the list.")
    assert (reply["kind"], reply["day"], reply["form"]) == ("correspondence", "2031-05-09", "note-verbale")
    assert list(await events(officer)) == list(found)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("kind=engagements", [True, False, False]),
        ("kind=commitments&kind=correspondence", [False, True, True]),
        ("country=UZB", [True, True, False]),
        ("country=UZB&country=KAZ", [True, True, True]),
        ("theme=water-energy", [True, False, False]),
    ],
)
async def test_kinds_countries_and_themes_choose(officer: Officer, asked: str, expected: list[bool]) -> None:
    made = [
        await meeting(officer, countries=("UZB",), themes=["water-energy"]),
        await commitment(officer, label={"countries": ["UZB"]}),
        await letter(officer, label={"countries": ["KAZ"]}),
    ]
    found = await listed(officer, f"{MAY}&{asked}")
    assert [each["id"] in found for each in made] == expected
    assert set(await events(officer, f"{MAY}&{asked}")) == set(found)


async def test_r18_what_one_may_not_see_is_in_no_form_of_the_calendar(officer: Officer, liaison: httpx.AsyncClient, as_: Any) -> None:
    hidden = [(await make(officer, label=STRICT))["id"] for make in (meeting, commitment, letter)]
    shown = [(await make(officer, label=OPEN))["id"] for make in (meeting, commitment, letter)]
    junior = Officer(liaison, as_("analyst", access="confidential"))
    assert set(hidden + shown) <= set(await listed(officer))
    for form in (await listed(junior), await events(junior)):
        assert set(shown) <= set(form)
        assert not set(hidden) & set(form)
    elsewhere = Officer(liaison, as_("analyst", countries=["KAZ"]))
    assert not set(hidden + shown[:1]) & set(await listed(elsewhere)), "need-to-know by country"


@pytest.mark.parametrize(("role", "status"), [("head-of-centre", 200), ("analyst", 200), ("auditor", 403), ("partner", 403)])
@pytest.mark.parametrize("path", ["/v1/calendar", "/v1/calendar.ics"])
async def test_who_may_read_it(liaison: httpx.AsyncClient, as_: Callable[..., Headers], path: str, role: str, status: int) -> None:
    assert (await liaison.get(path, headers=as_(role))).status_code == status


async def test_a_feed_opens_the_file_only_and_nothing_red(liaison: httpx.AsyncClient, as_: Any, officer: Officer) -> None:
    red, amber = await meeting(officer, label={"tlp": "RED"}), await meeting(officer)
    through = Officer(liaison, as_("political-officer", roles=["political-officer", "calendar-feed"]))
    assert {red["id"], amber["id"]} <= set(await events(officer))
    assert amber["id"] in await events(through)
    assert red["id"] not in await events(through)
    for path in ("/v1/calendar", "/v1/engagements", f"/v1/engagements/{amber['id']}", "/v1/contacts"):
        assert (await liaison.get(path, headers=through.headers)).status_code == 403
    assert (await through.post(f"/engagements/{amber['id']}/schedule")).status_code == 403
    bare = await liaison.get("/v1/calendar.ics", headers=as_("calendar-feed"))
    assert bare.status_code == 403, "a feed gives nothing that the person has not"


async def test_what_touches_the_window_is_in_it(officer: Officer) -> None:
    over_midnight = await meeting(officer, starts_at="2031-05-10T22:00:00Z", ends_at="2031-05-11T02:00:00Z")
    due = await commitment(officer, "2031-05-11")
    days = {"10": "from=2031-05-10T00:00:00Z&until=2031-05-11T00:00:00Z", "11": "from=2031-05-11T00:00:00Z&until=2031-05-12T00:00:00Z"}
    days["after"] = "from=2031-05-11T02:00:00Z&until=2031-05-11T03:00:00Z"
    found = {day: await listed(officer, asked) for day, asked in days.items()}
    assert [over_midnight["id"] in each for each in found.values()] == [True, True, False]
    assert [due["id"] in each for each in found.values()] == [False, True, True]


async def test_what_is_done_with_leaves_and_what_was_cancelled_stays_for_a_while(officer: Officer, database: Database) -> None:
    off, met, answered = await meeting(officer), await commitment(officer), await letter(officer)
    before = await events(officer)
    await officer.step(f"/engagements/{off['id']}/cancel", {"reason": "The Ministry asked for more time."})
    await officer.step(f"/commitments/{met['id']}/meet", {})
    await officer.step(f"/correspondence/{answered['id']}/close", {"reason": "Overtaken."})
    after = await events(officer)
    assert {each["id"] for each in (off, met, answered)} <= set(before)
    assert not {met["id"], answered["id"]} & set(after)
    was, now = before[off["id"]], after[off["id"]]
    assert (str(was["STATUS"]), str(now["STATUS"])) == ("TENTATIVE", "CANCELLED")
    assert int(now["SEQUENCE"]) > int(was["SEQUENCE"])
    assert "The Ministry asked for more time." in str(now["DESCRIPTION"])
    async with database.transaction(system_principal("liaison")) as session:
        await session.execute(text("update engagements set updated_at = now() - interval '31 days' where id = :id"), {"id": off["id"]})
    assert off["id"] not in await events(officer)


async def test_r2_a_suspended_meeting_says_so_in_the_file(officer: Officer) -> None:
    party = await officer.party()
    granted = await officer.concurrence("TJK", [party["id"]], valid_until="2032-01-01T00:00:00Z")
    times = {"starts_at": "2031-05-05T09:00:00Z", "ends_at": "2031-05-05T11:00:00Z"}
    planned = await officer.engagement([party["id"]], **times)
    await officer.step(f"/engagements/{planned['id']}/schedule")
    assert str((await events(officer))[planned["id"]]["STATUS"]) == "CONFIRMED"
    await officer.step(f"/concurrences/{granted['id']}/withdraw", {"reason": "By note verbale."})
    event = (await events(officer))[planned["id"]]
    assert (str(event["STATUS"]), str(event["SUMMARY"])) == ("TENTATIVE", "SUSPENDED: Talks")
    assert granted["reference"] in str(event["DESCRIPTION"])


@pytest.mark.parametrize(
    "asked",
    [
        "from=2031-05-01T00:00:00Z&until=2031-05-01T00:00:00Z",
        "from=2031-05-02T00:00:00Z&until=2031-05-01T00:00:00Z",
        "from=2031-01-01T00:00:00Z&until=2032-02-06T00:00:00Z",
        "from=0001-01-01T00:00:00%2B14:00&until=0001-01-02T00:00:00Z",
        "from=9999-12-31T00:00:00Z",
        "until=9999-12-31T23:59:59-14:00",
    ],
)
async def test_days_that_cannot_be_shown_are_a_clear_problem(officer: Officer, asked: str) -> None:
    for path in ("calendar", "calendar.ics"):
        refused = await officer.client.get(f"/v1/{path}?{asked}", headers=officer.headers)
        assert (refused.status_code, refused.json()["type"].rsplit("/", 1)[-1]) == (422, "no-such-window")
        assert refused.json()["errors"][0]["pointer"] == "?until"
        longest = await officer.client.get(f"/v1/{path}?from=2031-01-01T00:00:00Z&until=2032-02-05T00:00:00Z", headers=officer.headers)
        assert longest.status_code == 200


@pytest.mark.parametrize(("wrong", "pointer"), [("from=2031-05-01", "?from"), ("kind=tea", "?kind.0"), ("country=FRA", "?country.0")])
async def test_a_filter_that_means_nothing_is_pointed_at(officer: Officer, wrong: str, pointer: str) -> None:
    refused = await file(officer, wrong)
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, pointer)


async def test_the_file_is_sent_again_only_when_something_changed(officer: Officer) -> None:
    asked = "from=2033-05-01T00:00:00Z&until=2033-06-01T00:00:00Z"
    made = await meeting(officer, starts_at="2033-05-05T09:00:00Z", ends_at="2033-05-05T11:00:00Z")
    first = await file(officer, asked)
    again = await file(officer, asked, **{"if-none-match": f'"another", W/{first.headers["etag"]}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
    await officer.step(f"/engagements/{made['id']}/schedule")
    changed = await file(officer, asked, **{"if-none-match": first.headers["etag"]})
    assert changed.status_code == 200
    assert changed.headers["etag"] != first.headers["etag"]


async def test_a_file_that_would_not_be_whole_is_refused(officer: Officer, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = "from=2034-05-01T00:00:00Z&until=2034-06-01T00:00:00Z"
    for day in (5, 6):
        await meeting(officer, starts_at=f"2034-05-{day:02}T09:00:00Z", ends_at=f"2034-05-{day:02}T11:00:00Z")
    monkeypatch.setattr(queries, "MOST_IN_A_FILE", 2)
    assert (await file(officer, asked)).status_code == 200
    monkeypatch.setattr(queries, "MOST_IN_A_FILE", 1)
    refused = await file(officer, asked)
    assert (refused.status_code, refused.json()["type"].rsplit("/", 1)[-1]) == (422, "too-many-entries")


async def test_r17_each_reading_is_audited_with_what_it_showed(officer: Officer, database: Database) -> None:
    made = await meeting(officer)
    await listed(officer)
    await file(officer)
    query = text("select operation from audit where ids @> array[:id] and operation in ('listCalendar', 'readCalendarFile') order by seq")
    async with database.transaction(system_principal("liaison")) as session:
        told = list((await session.execute(query, {"id": made["id"]})).scalars())
    assert told == ["listCalendar", "readCalendarFile"]
