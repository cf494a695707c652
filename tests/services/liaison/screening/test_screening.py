"""Screening against the consolidated list: what resembles a listed name asks the Head."""

import asyncio
import random
from typing import Any
from uuid import UUID

import httpx
import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st

from chassis.principal import system_principal
from services.liaison.jobs import fetch_sanctions_list
from services.liaison.screening.actions import require_screened
from services.liaison.screening.errors import ScreeningPending
from services.liaison.screening.rules import Listed, ListIndex, compare
from services.liaison.screening.schemas import Subject
from tests.services.liaison.contacts.conftest import Desk, new_name
from tests.services.liaison.screening.lists import asked, consolidated, publish

words = st.text(alphabet="abdefgiklmnoprstuz", min_size=4, max_size=9)
names = st.lists(words, min_size=2, max_size=4, unique=True).map(" ".join)


@given(names, st.randoms(use_true_random=False))
def test_the_order_of_words_and_a_word_left_out_change_little(name: str, chance: random.Random) -> None:
    shuffled = name.split()
    chance.shuffle(shuffled)
    assert compare(" ".join(shuffled), name).score == 100
    assert compare(" ".join(shuffled[:2]), name).score >= 90
    assert compare(name, " ".join(shuffled)).words_alike == len(shuffled)


@given(names, names)
def test_likeness_is_the_same_from_both_sides_and_between_0_and_100(one: str, other: str) -> None:
    assert 0 <= compare(one, other).score == compare(other, one).score <= 100


@given(st.lists(names, min_size=1, max_size=20), st.data())
def test_the_index_finds_what_comparing_with_everybody_finds(listed: list[str], data: st.DataObject) -> None:
    entries = [Listed(str(n), "individual", "", (name,), "") for n, name in enumerate(listed)]
    given_name = data.draw(st.sampled_from(listed))
    found = {hit.entry.data_id for hit in ListIndex.of(entries).hits([given_name])}
    assert {each.data_id for each in entries if compare(given_name, each.names[0]).score == 100} <= found


@pytest.mark.parametrize(
    ("given_name", "listed"),
    [
        ("Sergei Ivanov", "Сергей Иванов"),
        ("Ahmad Mahmud Karim", "احمد محمود کریم"),
        ("Yusuf Karimov", "Юсуф Каримов"),
        ("Rakhmon Toqaev", "Rahmon Tokayev"),
    ],
)
def test_names_are_alike_in_any_script(given_name: str, listed: str) -> None:
    assert compare(given_name, listed).score >= 86


def test_a_given_name_alone_is_no_hit() -> None:
    assert compare("Muhammad", "Muhammad Karim Rahim").score < 60
    assert compare("", "Muhammad").score == 0
    assert compare("Sergei Ivanov", "Sardor Umarov").score < 60


async def must_wait(liaison: httpx.AsyncClient, contact: str) -> bool:
    """Whether scheduling with them is refused."""
    database: Any = liaison.app.state.database  # type: ignore[attr-defined]
    async with database.transaction(system_principal("liaison")) as session:
        try:
            await require_screened(session, [Subject("contact", UUID(contact))])
        except ScreeningPending as refusal:
            return bool(refusal.extra["subjects"] == [{"type": "contact", "id": contact}])
    return False


async def test_a_hit_asks_the_head_and_the_decision_holds_until_the_entry_changes(
    keeper: Desk, desk: Desk, head: Desk, liaison: httpx.AsyncClient
) -> None:
    person, other = await desk.enter(), await desk.enter()
    assert (await publish(keeper, consolidated(("701", person["name"], "")))).status_code == 200
    assert await must_wait(liaison, person["id"]), "before the job came round, too"
    assert not await must_wait(liaison, other["id"])
    hit = await asked(head, person["id"])
    assert (hit["score"], hit["subject_name"], hit["explanation"]["by"]) == (100, person["name"], "sound")
    assert (await desk.client.get(f"/v1/screenings/{hit['id']}", headers=desk.headers)).status_code == 403

    cleared = await head.post(f"/screenings/{hit['id']}/clear", {"reason": "Born elsewhere."})
    assert cleared.status_code == 200, cleared.text
    assert not await must_wait(liaison, person["id"])
    await publish(keeper, consolidated(("701", person["name"], ""), ("702", "Somebody Else", "")))
    assert not await must_wait(liaison, person["id"]), "the entry is the same"
    await publish(keeper, consolidated(("701", person["name"], ""), note="Amended."))
    assert await must_wait(liaison, person["id"])


async def test_r4_nobody_is_scheduled_with_a_person_the_head_has_to_decide_on(keeper: Desk, desk: Desk, head: Desk) -> None:
    person, party = await desk.enter(), await desk.party("government")
    meeting = await desk.engagement([party["id"]], contacts=[person["id"]])
    await publish(keeper, consolidated(("704", person["name"], "")))
    refused = await desk.post(f"/engagements/{meeting['id']}/schedule")
    assert refused.status_code == 409
    assert refused.json()["type"].endswith("/screening-pending")
    assert refused.json()["subjects"] == [{"type": "contact", "id": person["id"]}]
    assert (await desk.get(f"/engagements/{meeting['id']}"))["state"] == "proposed"
    hit = await asked(head, person["id"])
    assert (await head.post(f"/screenings/{hit['id']}/clear", {"reason": "Born elsewhere."})).status_code == 200
    assert (await desk.step(f"/engagements/{meeting['id']}/schedule"))["state"] == "scheduled"


async def test_a_confirmed_person_is_met_only_if_the_head_says_so(keeper: Desk, desk: Desk, head: Desk, liaison: httpx.AsyncClient) -> None:
    person = await desk.enter()
    await publish(keeper, consolidated(("703", person["name"], "")))
    hit = await asked(head, person["id"])
    assert (await head.post(f"/screenings/{hit['id']}/confirm", {"reason": "It is."})).json()["state"] == "confirmed"
    assert await must_wait(liaison, person["id"])
    assert (await head.post(f"/screenings/{hit['id']}/confirm", {"reason": "Talks need it.", "may_be_met": True})).status_code == 200
    assert not await must_wait(liaison, person["id"])
    assert (await head.post(f"/contacts/{person['id']}/erase", {"reason": "Asked for."})).status_code == 200
    assert (await head.client.get(f"/v1/screenings/{hit['id']}", headers=head.headers)).status_code == 404


async def test_r4_what_was_found_on_a_merged_record_is_forgotten_with_the_person(keeper: Desk, desk: Desk, head: Desk) -> None:
    person, other = await desk.enter(), await desk.enter()
    await publish(keeper, consolidated(("707", person["name"], ""), ("708", other["name"], "")))
    hits = [await asked(head, each["id"]) for each in (person, other)]
    assert (await desk.post(f"/contacts/{other['id']}/merge", {"into": person["id"]})).status_code == 200
    assert (await head.post(f"/contacts/{person['id']}/erase", {"reason": "Asked for."})).status_code == 200
    for hit in hits:
        assert (await head.client.get(f"/v1/screenings/{hit['id']}", headers=head.headers)).status_code == 404


async def test_the_list_tells_its_version_and_an_older_one_changes_nothing(keeper: Desk) -> None:
    older, newer = consolidated(("704", "Old Name", "")), consolidated(("705", "New Name", ""), ("706", "Other Name", ""))
    assert (await publish(keeper, newer)).json()["individuals"] == 2
    refused = await publish(keeper, older)
    assert refused.json()["type"].endswith("/older-sanctions-list")
    held = await keeper.get("/sanctions-list")
    assert (held["held"], held["individuals"], held["entities"], held["source"]) == (True, 2, 1, "not configured")


BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><CONSOLIDATED_LIST dateGenerated="2026-01-01">&b;</CONSOLIDATED_LIST>'
OUTSIDE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><CONSOLIDATED_LIST>&a;</CONSOLIDATED_LIST>'


@pytest.mark.parametrize(
    ("raw", "status", "problem"),
    [
        (BOMB, 400, "/unreadable"),
        (OUTSIDE, 400, "/unreadable"),
        (b"no xml", 400, "/unreadable"),
        (b"", 400, "/unreadable"),
        (b"<OTHER/>", 422, "/wrong-sanctions-list"),
        (consolidated(("1", "A B", "")).replace(b'dateGenerated="2', b'dateGenerated="9'), 422, "/wrong-sanctions-list"),
        (b'<CONSOLIDATED_LIST dateGenerated="2090-01-01"/>', 422, "/wrong-sanctions-list"),
        (consolidated(("1", "A B", "")).replace(b"dateGenerated", b"date"), 422, "/wrong-sanctions-list"),
        (consolidated(("1", "A B", "")).replace(b"<DATAID>1</DATAID>", b""), 422, "/wrong-sanctions-list"),
        (consolidated(("1", "A B", ""), ("1", "C D", "")), 422, "/wrong-sanctions-list"),
        (b"<a>" + b"x" * (30 * 1024 * 1024) + b"</a>", 413, "/too-large"),
    ],
)
async def test_what_is_not_the_list_is_refused_and_the_held_one_stays(keeper: Desk, raw: bytes, status: int, problem: str) -> None:
    await publish(keeper, consolidated(("707", "Held Name", "")))
    before = await keeper.get("/sanctions-list")
    answer = await publish(keeper, raw)
    assert answer.status_code == status, answer.text
    assert answer.json()["type"].endswith(problem)
    assert await keeper.get("/sanctions-list") == before


async def test_the_list_is_fetched_from_a_configured_address(keeper: Desk, liaison: httpx.AsyncClient) -> None:
    raw = consolidated(*((f"8{n:02d}", new_name(), "") for n in range(7)))

    async def serve(_: web.Request) -> web.Response:
        return web.Response(body=raw, content_type="application/xml")

    application = web.Application()
    application.router.add_get("/consolidated.xml", serve)
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    settings: Any = liaison.app.state.settings  # type: ignore[attr-defined]
    settings.sanctions_list_url = f"http://127.0.0.1:{runner.addresses[0][1]}/consolidated.xml"
    job = asyncio.ensure_future(fetch_sanctions_list(liaison.app))  # type: ignore[attr-defined]
    try:
        for _ in range(50):
            held = await keeper.get("/sanctions-list")
            if held["individuals"] == 7:
                break
            await asyncio.sleep(0.1)
        assert (held["individuals"], held["received_from"], held["source"]) == (7, "configured address", "configured")
    finally:
        job.cancel()
        settings.sanctions_list_url = None
        await runner.cleanup()
