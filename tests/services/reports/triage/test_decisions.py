"""Claiming, discarding, restoring and translating through the API."""

import asyncio
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import select

from chassis.principal import system_principal
from chassis.tables import OutboxRow
from tests.services.reports.conftest import Desk, Make
from tests.services.reports.triage.conftest import Feed, Json, Many, Row, inbox, listed

GRADE = {"reliability": "B", "credibility": 2}
WHY = {"reason": "A drill, announced the day before."}


@pytest.fixture
async def incident(analyst: Desk, trusted: Feed, fresh: Row) -> Json:
    """An incident of a trusted feed."""
    row = fresh(title=f"EXERCISE w{uuid4().hex}")
    await trusted.tell(row)
    return await analyst.incident_of(row)


async def test_a_claim_is_one_persons_and_is_released_by_them_or_the_head(analyst: Desk, other: Desk, desk: Make, incident: Json) -> None:
    path = f"/incidents/{incident['id']}"
    claimed = await analyst.post(f"{path}/claim")
    assert (claimed["claimed_by"], claimed["incident"]["version"]) == ("analyst", incident["version"])
    assert (await analyst.post(f"{path}/claim"))["claimed_at"] == claimed["claimed_at"]
    assert incident["id"] in [each["id"] for each in await inbox(analyst, claimed="mine")]
    assert incident["id"] not in [each["id"] for each in await inbox(other, claimed="mine")]
    assert incident["id"] not in [each["id"] for each in await inbox(other, claimed="nobody")]
    for step, body in (("claim", None), ("release", None), ("discard", WHY)):
        refused = await other.post(f"{path}/{step}", body, 409)
        assert (refused["type"].rsplit("/", 1)[1], refused["claimed_by"]) == ("claimed", "analyst")
    assert (await desk("head-of-centre").post(f"{path}/release"))["claimed_by"] is None
    assert (await other.post(f"{path}/release", status=409))["type"].endswith("/not-claimed")
    assert (await other.post(f"{path}/claim"))["claimed_by"] == "analyst-2"


async def test_of_many_who_claim_at_once_one_wins_and_the_others_are_told_who(desk: Make, incident: Json) -> None:
    people = [desk("analyst", client_id=f"analyst-{n}") for n in range(6)]
    answers = await asyncio.gather(*(each.call("POST", f"/incidents/{incident['id']}/claim") for each in people))
    [winner] = [answer.json()["claimed_by"] for answer in answers if answer.status_code == 200]
    told = [answer.json()["claimed_by"] for answer in answers if answer.status_code == 409]
    assert told == [winner] * 5


async def test_two_who_claim_the_same_many_share_them_out(analyst: Desk, other: Desk, trusted: Feed, many: Many) -> None:
    rows = many(20)
    await trusted.tell(*rows)
    keys = [(await analyst.observation_of(row))["incident"] for row in rows]
    bodies = {"incidents": keys}, {"incidents": keys[::-1]}
    one, two = await asyncio.gather(analyst.post("/triage/claim", bodies[0]), other.post("/triage/claim", bodies[1]))
    done = [{each["id"] for each in answer["items"] if each["done"]} for answer in (one, two)]
    assert done[0] | done[1] == set(keys)
    assert not done[0] & done[1]
    assert all(each["problem"]["type"].endswith("/claimed") for answer in (one, two) for each in answer["items"] if not each["done"])


async def test_what_is_discarded_leaves_and_comes_back_with_both_reasons(analyst: Desk, incident: Json) -> None:
    path = f"/incidents/{incident['id']}"
    await analyst.post(f"{path}/claim")
    gone = await analyst.post(f"{path}/discard", WHY)
    assert (gone["held_back"], gone["claimed_by"]) == ("discarded", None)
    assert [(each["kind"], each["reason"], each["decided_by"]) for each in gone["decisions"]] == [("discarded", WHY["reason"], "analyst")]
    assert not await listed(analyst, incident)
    assert await listed(analyst, incident, held_back="discarded")
    assert incident["id"] not in [each["id"] for each in await inbox(analyst)]
    assert (await analyst.get(path))["title"] == incident["title"], "nothing is deleted"
    for step, body in (("discard", WHY), ("claim", None), ("grade", GRADE)):
        assert (await analyst.post(f"{path}/{step}", body, 409))["type"].endswith("/discarded")
    back = await analyst.post(f"{path}/restore", {"reason": "It was no drill."})
    assert (back["held_back"], [each["kind"] for each in back["decisions"]]) == (None, ["restored", "discarded"])
    assert await listed(analyst, incident)
    assert (await analyst.post(f"{path}/restore", WHY, 409))["type"].endswith("/not-discarded")


async def test_a_restored_incident_is_described_again_to_those_who_had_to_forget_it(
    analyst: Desk, incident: Json, reports: httpx.AsyncClient
) -> None:
    await analyst.post(f"/incidents/{incident['id']}/grade", GRADE)
    for step in ("discard", "restore"):
        await analyst.post(f"/incidents/{incident['id']}/{step}", WHY)
    database = reports._transport.app.state.database  # type: ignore[attr-defined]
    async with database.transaction(system_principal("reports")) as session:
        said = select(OutboxRow.type).where(OutboxRow.event["subject"].astext == f"incident/{incident['id']}").order_by(OutboxRow.seq)
        told = [each.split(".", 1)[1] for each in (await session.execute(said)).scalars()]
    first, again = "incidents.graded.v1", "incidents.described.v1"
    assert told == [first, again, "triage.discarded.v1", "triage.restored.v1", again]


async def test_a_discard_of_what_changed_since_is_refused(analyst: Desk, incident: Json) -> None:
    await analyst.post(f"/incidents/{incident['id']}/grade", GRADE)
    stale = {"if-match": f'"{incident["version"]}"'}
    await analyst.post(f"/incidents/{incident['id']}/discard", WHY, 412, **stale)
    now = await analyst.get(f"/incidents/{incident['id']}")
    await analyst.post(f"/incidents/{incident['id']}/discard", WHY, **{"if-match": f'"{now["version"]}"'})


async def test_two_who_discard_at_once_discard_once(analyst: Desk, other: Desk, incident: Json) -> None:
    answers = await asyncio.gather(*(each.call("POST", f"/incidents/{incident['id']}/discard", json=WHY) for each in (analyst, other)))
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    assert len((await analyst.get(f"/triage/{incident['id']}"))["decisions"]) == 1


async def test_what_waited_waits_again_when_it_is_restored(analyst: Desk, untrusted: Feed, fresh: Row) -> None:
    row = fresh()
    await untrusted.tell(row)
    incident = await analyst.incident_of(row)
    await analyst.post(f"/incidents/{incident['id']}/discard", WHY)
    assert (await analyst.post(f"/incidents/{incident['id']}/restore", WHY))["held_back"] == "waiting"
    await analyst.post(f"/incidents/{incident['id']}/grade", GRADE)
    await analyst.post(f"/incidents/{incident['id']}/discard", WHY)
    assert (await analyst.post(f"/incidents/{incident['id']}/restore", WHY))["held_back"] is None, "somebody has looked"


async def test_many_are_discarded_at_once_and_each_is_answered(analyst: Desk, other: Desk, trusted: Feed, many: Many) -> None:
    rows = many(200)
    await trusted.tell(*rows)
    seen = {each["external_id"]: each["incident"] for each in (await analyst.get("/observations", feed=trusted.name, limit=200))["items"]}
    keys = [seen[row["external_id"]] for row in rows]
    await other.post(f"/incidents/{keys[3]}/claim")
    wanted = [*keys[:198], str(uuid4()), keys[0]]
    items = (await analyst.post("/triage/discard", {"incidents": wanted} | WHY))["items"]
    assert [each["id"] for each in items] == wanted
    refused = {n: each["problem"]["type"].rsplit("/", 1)[1] for n, each in enumerate(items) if not each["done"]}
    assert refused == {3: "claimed", 198: "not-found"}
    assert (await analyst.get(f"/incidents/{keys[0]}"))["held_back"] == "discarded"
    assert (await analyst.get(f"/incidents/{keys[3]}"))["held_back"] is None
    await analyst.post("/triage/discard", {"incidents": [keys[198]] * 201} | WHY, 422)


async def test_a_correction_of_what_was_discarded_waits_for_a_person(analyst: Desk, trusted: Feed, fresh: Row) -> None:
    row = fresh()
    await trusted.tell(row)
    incident = await analyst.incident_of(row)
    await analyst.post(f"/incidents/{incident['id']}/discard", WHY)
    await trusted.tell(row | {"figures": {"deaths": {"best": 12}}})
    assert (await analyst.get(f"/incidents/{incident['id']}"))["held_back"] == "waiting"


async def test_r18_a_narrow_reader_discards_what_they_see_and_no_more(
    analyst: Desk, desk: Make, trusted: Feed, unama: Desk, fresh: Row
) -> None:
    row = fresh(label={"sensitivity": "unclassified", "tlp": "GREEN"})
    place = {name: row[name] for name in ("latitude", "longitude", "occurred_at")}
    hidden = fresh(**place, title=row["title"], label={"sensitivity": "strictly-confidential", "tlp": "RED"})
    await trusted.tell(row)
    await unama.deliver("unama-field", [hidden])
    incident = await analyst.incident_of(hidden)
    assert len(incident["accounts"]) == 2
    narrow = desk("analyst", client_id="narrow", access="unclassified")
    assert (await narrow.post(f"/incidents/{incident['id']}/discard", WHY))["held_back"] == "discarded"
    whole = await analyst.get(f"/incidents/{incident['id']}")
    assert (whole["held_back"], whole["sources"]) == (None, ["unama"])


async def test_r8_what_was_discarded_supports_nothing_stays_cited_and_is_flagged(analyst: Desk, incident: Json) -> None:
    await analyst.post(f"/incidents/{incident['id']}/grade", GRADE)
    statement = {"kind": "assessed", "text": "Shots fell.", "evidence": [{"type": "incident", "id": incident["id"]}]}
    body = {"kind": "flash", "title": "Shots", "countries": ["TJK"], "themes": ["border"]}
    report = await analyst.post("/reports", body | {"sections": [{"title": "Situation", "statements": [statement]}]}, 201)
    await analyst.post(f"/incidents/{incident['id']}/discard", WHY)
    [told] = (await analyst.get(f"/reports/{report['id']}"))["sections"][0]["statements"]
    assert told["flags"] == ["unsupported", "evidence-discarded"]
    assert told["evidence"] == [{"type": "incident", "id": incident["id"]}]
    await analyst.post(f"/incidents/{incident['id']}/restore", WHY)
    [told] = (await analyst.get(f"/reports/{report['id']}"))["sections"][0]["statements"]
    assert told["flags"] == []


async def test_translations_stand_beside_the_original_and_the_last_one_holds(analyst: Desk, other: Desk, incident: Json) -> None:
    account = incident["accounts"][0]["observation"]
    path = f"/observations/{account['id']}/translations"
    first = await analyst.post(path, {"language": "ru", "title": "Стрельба"}, 201)
    assert (first["translated_by"], first["text"]) == ("analyst", None)
    await other.post(path, {"language": "ru", "title": "Перестрелка", "text": "У канала."}, 201)
    await other.post(path, {"language": "en", "title": "Shots"}, 201)
    await other.post(path, {"language": "tlh", "title": "Shots"}, 422)
    told = (await analyst.get(f"/triage/{incident['id']}"))["translations"]
    assert [(each["language"], each["title"], each["translated_by"]) for each in told] == [
        ("en", "Shots", "analyst-2"),
        ("ru", "Перестрелка", "analyst-2"),
    ]
    assert (await analyst.get(f"/incidents/{incident['id']}"))["accounts"][0]["observation"] == account, "the original stays as it is"


async def test_a_person_may_say_why_a_suggestion_is_accepted(analyst: Desk, trusted: Feed, unama: Desk, fresh: Row) -> None:
    reasons = []
    for body in ({"reason": "One convoy."}, None):
        row = fresh()
        place = {name: row[name] for name in ("latitude", "longitude", "occurred_at")}
        await trusted.tell(row)
        doubtful = fresh(**place, themes=["drug-trafficking"])
        await unama.deliver("unama-field", [doubtful])
        incident = await analyst.incident_of(doubtful)
        [found] = (await analyst.get("/incidents/suggestions", incident=incident["id"]))["items"]
        merged = await analyst.post(f"/incidents/suggestions/{found['id']}/accept", body)
        [move, *_] = (await analyst.get(f"/incidents/{merged['id']}/moves"))["items"]
        reasons.append(move["reason"])
    assert reasons == ["One convoy.", ""]
