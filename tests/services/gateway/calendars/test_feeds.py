"""A calendar feed: a secret address shows what its maker may read now, up to its ceiling, until somebody ends it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from icalendar import Calendar
from sqlalchemy import text

from chassis.principal import system_principal
from services.gateway.calendars.queries import WRONG_A_MINUTE, Guesses
from services.gateway.calendars.rules import narrowed
from tests.services.gateway.people import Door, Json, token_of
from tests.services.liaison.conftest import Officer
from tests.tracing import traced

OPEN = {"sensitivity": "unclassified", "tlp": "GREEN"}
CONFIDENTIAL = {"sensitivity": "confidential", "tlp": "AMBER"}


class Person:
    """Somebody of the Centre at the gateway."""

    def __init__(self, door: Door, client: Json, headers: dict[str, str]) -> None:
        self.door, self.client, self.headers = door, client, headers

    @classmethod
    async def arrive(
        cls, door: Door, role: str = "political-officer", access: str = "confidential", organization: str = "centre"
    ) -> "Person":
        """A new client, signed in."""
        client = await door.client(role, organization, access)
        return cls(door, client, {"authorization": f"Bearer {await token_of(door.http, client)}"})

    async def try_make(self, **more: Any) -> httpx.Response:
        """POST /v1/calendar-feeds."""
        return await self.door.http.post("/v1/calendar-feeds", json={"name": "Telephone"} | more, headers=self.headers)

    async def make(self, **more: Any) -> Json:
        """A feed that must be made."""
        answer = await self.try_make(**more)
        assert answer.status_code == 201, answer.text
        made: Json = answer.json()
        return made

    async def feeds(self) -> dict[str, Json]:
        """The feeds listed, by id."""
        answer = await self.door.http.get("/v1/calendar-feeds?limit=200", headers=self.headers)
        assert answer.status_code == 200, answer.text
        return {each["id"]: each for each in answer.json()["items"]}

    async def revoke(self, feed: Json) -> httpx.Response:
        """POST …/revoke."""
        return await self.door.http.post(f"/v1/calendar-feeds/{feed['id']}/revoke", headers=self.headers)


async def fetch(door: Door, feed: Json, **headers: str) -> httpx.Response:
    """What a calendar programme does: it knows the address and nothing else."""
    return await door.http.get(httpx.URL(feed["url"]).path, headers=headers)


async def shown(door: Door, feed: Json) -> set[str]:
    """What a calendar programme reads, by UID."""
    answer = await fetch(door, feed)
    assert answer.status_code == 200, answer.text
    return {str(each["UID"]) for each in Calendar.from_ical(answer.content).events}


async def meeting(officer: Officer, label: Json, **more: Any) -> str:
    """A meeting proposed for tomorrow."""
    ministry = await officer.party(kind="government")
    begins = datetime.now(UTC) + timedelta(days=1)
    times = {"starts_at": begins.isoformat(), "ends_at": (begins + timedelta(hours=1)).isoformat()}
    made = await officer.engagement([ministry["id"]], label=label, **times | more)
    return str(made["id"])


async def test_the_address_alone_shows_the_calendar(door: Door, officer: Officer) -> None:
    planned = await meeting(officer, OPEN)
    person = await Person.arrive(door)
    feed = await person.make()
    answer = await fetch(door, feed)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert planned in await shown(door, feed)
    unchanged = await fetch(door, feed, **{"if-none-match": answer.headers["etag"]})
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert (await person.feeds())[feed["id"]]["last_used_at"] is not None


async def test_a_ceiling_caps_what_is_shown_and_never_lifts_it(door: Door, officer: Officer) -> None:
    labels = {"open": OPEN, "confidential": CONFIDENTIAL, "strict": {"sensitivity": "strictly-confidential"}, "red": OPEN | {"tlp": "RED"}}
    planned = {name: await meeting(officer, label) for name, label in labels.items()}

    async def seen(access: str, ceiling: str) -> set[str]:
        person = await Person.arrive(door, access=access)
        found = await shown(door, await person.make(ceiling=ceiling))
        return {name for name, key in planned.items() if key in found}

    assert await seen("strictly-confidential", "unclassified") == {"open"}
    assert await seen("strictly-confidential", "confidential") == {"open", "confidential"}
    assert await seen("unclassified", "unclassified") == {"open"}


async def test_a_ceiling_binds_what_ones_own_organization_wrote(door: Door, officer: Officer) -> None:
    planned = {each["sensitivity"]: await meeting(officer, each | {"originator": "unama"}) for each in (OPEN, CONFIDENTIAL)}
    sister = await Person.arrive(door, organization="unama")
    assert set(planned.values()) <= await shown(door, await sister.make(ceiling="confidential"))
    low = await shown(door, await sister.make())
    assert (planned["unclassified"] in low, planned["confidential"] in low) == (True, False)


async def test_a_ceiling_above_what_one_may_read_is_refused(door: Door) -> None:
    strict, junior = await Person.arrive(door, access="strictly-confidential"), await Person.arrive(door, access="unclassified")
    for person, ceiling in ((strict, "strictly-confidential"), (junior, "confidential")):
        refused = await person.try_make(ceiling=ceiling)
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/ceiling")
    assert (await strict.make(ceiling="confidential"))["ceiling"] == "confidential"
    assert (await junior.make())["ceiling"] == "unclassified"


async def test_kinds_and_countries_choose(door: Door, officer: Officer) -> None:
    here, there = await meeting(officer, OPEN), await meeting(officer, OPEN, countries=("UZB",))
    person = await Person.arrive(door)
    assert {here, there} <= await shown(door, await person.make())
    of_uzbekistan = await shown(door, await person.make(countries=["UZB"], kinds=["engagements"]))
    assert (here in of_uzbekistan, there in of_uzbekistan) == (False, True)
    assert not {here, there} & await shown(door, await person.make(kinds=["commitments", "correspondence"]))


async def test_r18_a_revoked_feed_is_like_one_that_never_was(door: Door) -> None:
    person = await Person.arrive(door)
    feed, other = await person.make(), await person.make()
    assert (await fetch(door, feed)).status_code == 200
    assert (await person.revoke(feed)).status_code == 200
    gone, unknown = await fetch(door, feed), await fetch(door, {"url": "http://x/v1/calendar-feeds/unknown.ics"})
    assert [each.status_code for each in (gone, unknown)] == [404, 404]
    assert gone.json() | {"request_id": ""} == unknown.json() | {"request_id": ""}
    assert (await fetch(door, other)).status_code == 200
    assert set(await person.feeds()) == {other["id"]}
    assert (await person.revoke(feed)).status_code == 404


async def test_r15_the_feeds_of_a_person_whose_access_ended_end_with_it(door: Door) -> None:
    person = await Person.arrive(door)
    feed = await person.make()
    assert (await fetch(door, feed)).status_code == 200
    ended = await door.http.post(f"/v1/clients/{person.client['client_id']}/revoke", headers=door.headers)
    assert ended.status_code == 200
    assert (await fetch(door, feed)).status_code == 404


async def test_rights_are_those_of_this_moment(door: Door, officer: Officer) -> None:
    planned = await meeting(officer, CONFIDENTIAL)
    person = await Person.arrive(door)
    feed = await person.make(ceiling="confidential")
    assert planned in await shown(door, feed)

    async def change(column: str, value: Any) -> None:
        query = text(f"update clients set {column} = :value where client_id = :id")
        async with door.app.state.database.transaction(system_principal("gateway")) as session:
            await session.execute(query, {"value": value, "id": person.client["client_id"]})

    await change("access", "unclassified")
    assert planned not in await shown(door, feed)
    await change("roles", ["auditor"])
    refused = await fetch(door, feed)
    assert (refused.status_code, refused.json()["type"].rsplit("/", 1)[-1]) == (404, "not-found")
    await change("roles", ["analyst"])
    assert (await fetch(door, feed)).status_code == 200


async def test_r18_another_persons_feed_is_neither_listed_nor_ended(door: Door) -> None:
    mine, other = await Person.arrive(door), await Person.arrive(door)
    feed = await mine.make()
    assert feed["id"] in await mine.feeds()
    assert feed["id"] not in await other.feeds()
    assert (await other.revoke(feed)).status_code == 404
    assert (await fetch(door, feed)).status_code == 200


async def test_an_administrator_sees_and_ends_everybodys_and_reads_nobodys(door: Door) -> None:
    feed = await (await Person.arrive(door)).make()
    administrator = Person(door, {}, door.headers)
    listed = (await administrator.feeds())[feed["id"]]
    assert "url" not in listed
    assert (await administrator.try_make()).status_code == 403
    assert (await administrator.revoke(feed)).status_code == 200
    assert (await fetch(door, feed)).status_code == 404


@pytest.mark.parametrize(("role", "status"), [("head-of-centre", 201), ("analyst", 201), ("partner", 403), ("auditor", 403)])
async def test_who_may_make_one(door: Door, role: str, status: int) -> None:
    assert (await (await Person.arrive(door, role)).try_make()).status_code == status


@pytest.mark.parametrize(
    ("wrong", "pointer"), [({"kinds": ["tea"]}, "/kinds/0"), ({"countries": ["FRA"]}, "/countries/0"), ({"name": ""}, "/name")]
)
async def test_a_feed_that_cannot_be_is_refused_where_it_cannot(door: Door, wrong: Json, pointer: str) -> None:
    refused = await (await Person.arrive(door)).try_make(**wrong)
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, pointer)


async def test_nobody_loses_sight_of_their_feeds(door: Door) -> None:
    person = await Person.arrive(door)
    made = [await person.make() for _ in range(20)]
    refused = await person.try_make()
    assert (refused.status_code, refused.json()["type"].rsplit("/", 1)[-1]) == (409, "too-many-feeds")
    await person.revoke(made[0])
    assert (await person.try_make()).status_code == 201


async def test_who_guesses_is_slowed_and_others_there_are_not(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door.app.state.reader, "_guesses", Guesses())
    feed = await (await Person.arrive(door)).make()
    guesses = [(await fetch(door, {"url": f"http://x/v1/calendar-feeds/{n}.ics"})).status_code for n in range(WRONG_A_MINUTE + 5)]
    assert set(guesses) == {404, 429}
    assert guesses[-1] == 429
    assert (await fetch(door, feed)).status_code == 200


async def test_a_feed_opens_nothing_else(door: Door) -> None:
    feed = await (await Person.arrive(door)).make()
    token = feed["url"].rsplit("/", 1)[1].removesuffix(".ics")
    for path in ("/v1/calendar-feeds", "/v1/calendar", f"/v1/calendar-feeds/{token}", f"/v1/calendar-feeds/{token}.ics/x"):
        assert (await door.http.get(path)).status_code == 401
        assert (await door.http.get(path, headers={"authorization": f"Bearer {token}"})).status_code == 401


async def test_the_token_is_kept_nowhere(door: Door, caplog: pytest.LogCaptureFixture) -> None:
    """Neither in the database, audit trail and stored answers included, nor in logs, metrics or traces."""
    person = await Person.arrive(door)
    feed = (await person.door.http.post("/v1/calendar-feeds", json={"name": "x"}, headers=person.headers | {"idempotency-key": "k"})).json()
    token = feed["url"].rsplit("/", 1)[1].removesuffix(".ics")
    with caplog.at_level("DEBUG"), traced() as spans:
        assert (await fetch(door, feed)).status_code == 200
        door.app.state.hop._address_of = lambda _: "http://127.0.0.1:1"
        assert (await fetch(door, feed)).status_code == 503
        await person.revoke(feed)
        assert (await fetch(door, feed)).status_code == 404
        found_spans = spans.get_finished_spans()
    assert token not in caplog.text
    assert token not in (await door.http.get("/metrics")).text
    assert "readCalendarFeed" in (await door.http.get("/metrics")).text
    assert [each.name for each in found_spans].count("GET /v1/calendar-feeds") == 3
    assert not any(token in each.to_json() for each in found_spans)
    tables = "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace"
    async with door.app.state.database.transaction(system_principal("gateway")) as session:
        for table in (await session.execute(text(tables))).scalars().all():
            found = await session.execute(text(f'select count(*) from "{table}" t where t::text like :token'), {"token": f"%{token}%"})
            assert found.scalar_one() == 0, table
        read = text("select actor, outcome from audit where operation = 'readCalendarFeed' and ids = array[:id]")
        assert (await session.execute(read, {"id": feed["id"]})).all() == [(person.client["client_id"], "200")]


def test_a_narrowed_principal_is_never_more_than_the_person(door: Door) -> None:
    person = system_principal("gateway")
    for ceiling in type(person.access):
        capped = narrowed(person, ceiling)
        assert capped.access.rank <= person.access.rank
        assert (capped.countries, capped.client_id, capped.epoch) == (person.countries, person.client_id, person.epoch)
