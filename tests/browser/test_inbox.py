"""Triage at the screen: the inbox by keys and live, claims, discards and restorations, translations beside the original."""

import asyncio
import random
import uuid
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.conftest import Desks
from tests.browser.test_accessibility import check, serious_findings
from tests.browser.test_liaison import confirm
from tests.platforms import People

Json = dict[str, Any]
WHY = "EXERCISE: a drill."


@pytest.fixture
async def people(desks: Desks) -> AsyncIterator[People]:
    """Feeds, analysts and the administrator at the public API."""
    names = ("unct-tjk", "analyst", "reviewer", "administrator")
    async with httpx.AsyncClient(base_url=desks.platform.base_url, timeout=30) as http:
        yield await People.sign_in(http, {name: desks.platform.credentials[name] for name in names})


async def tell(people: People, feed: str = "unct-tjk", **more: Any) -> Json:
    """An incident of now that nobody else tells of, in a country where the exercise has none of its own."""
    name = uuid.uuid4().hex[:8]
    row = {
        "external_id": f"inbox-{name}",
        "occurred_at": datetime.now(UTC).isoformat(),
        "latitude": round(random.uniform(34.0, 34.9), 4),
        "longitude": round(random.uniform(63.0, 68.0), 4),
        "country": "AFG",
        "themes": ["displacement"],
        "title": f"EXERCISE: people leave {name}",
    } | more
    receipt = await people.post("unct-tjk", f"/feeds/{feed}/submissions", [row])
    assert receipt["accepted"] == 1, receipt
    found = await people.get("analyst", f"/observations?feed={feed}&external_id={row['external_id']}")
    return await people.get("analyst", f"/incidents/{found['items'][0]['incident']}")


async def untrusted(people: People) -> str:
    """A feed of low trust."""
    feed = f"rumours-{uuid.uuid4().hex[:8]}"
    wanted = {"id": feed, "name": "EXERCISE rumours", "organization": "unct-tjk", "trust": "low", "country": "AFG"}
    await people.post("administrator", "/feeds", wanted | {"expected_interval_minutes": 600})
    return feed


def row_of(page: Page, incident: Json) -> Locator:
    """The incident's row in the inbox."""
    return page.locator("[data-row]").filter(has_text=incident["title"])


async def test_the_inbox_is_walked_opened_claimed_and_graded_by_keys(desks: Desks, people: People) -> None:
    grave = await tell(people, themes=["terrorism-extremism"], figures={"deaths": {"best": 40}})
    await tell(people)
    page = await desks.sign_in("analyst", "/triage?country=AFG")
    await expect(row_of(page, grave)).to_contain_text("high trust")
    rows = page.locator("[data-row]")
    await page.locator("h1").click()
    for key, number in (("j", 0), ("j", 1), ("k", 0)):
        await page.keyboard.press(key)
        await expect(rows.nth(number)).to_be_focused()
    await row_of(page, grave).focus()
    await page.keyboard.press("Enter")
    pane = page.get_by_role("region", name="The incident that is worked on")
    await expect(pane).to_be_focused()
    await expect(pane.get_by_label("Urgency", exact=True)).to_contain_text("figures")
    await check(page, "en")
    await pane.get_by_role("button", name="Take on").press("Enter")
    await expect(row_of(page, grave)).to_contain_text("I work on it")
    await page.get_by_label("Taken on").select_option("mine")
    await expect(rows).to_have_count(1)
    await pane.get_by_label("B · usually reliable").check()
    await pane.get_by_label("2 · probably true").check()
    await pane.get_by_role("button", name="Save the grade").press("Enter")
    await expect(page.get_by_text("Nothing needs a person now.")).to_be_visible()
    await pane.get_by_role("button", name="Close the incident").press("Escape")
    await expect(pane).to_have_count(0)


async def test_a_rumour_waits_is_translated_discarded_found_and_restored(desks: Desks, people: People) -> None:
    feed = await untrusted(people)
    incident = await tell(people, feed, title=f"УЧЕНИЯ: уходят люди {uuid.uuid4().hex[:8]}", text="Пять семей.", language="ru")
    page = await desks.sign_in("analyst", "/incidents?country=AFG")
    await expect(page.locator("[data-row]").first).to_be_visible()
    await expect(row_of(page, incident)).to_have_count(0)
    await page.goto("/triage?country=AFG")
    await expect(row_of(page, incident)).to_contain_text("low trust, waits")
    await row_of(page, incident).click()
    pane = page.get_by_role("region", name="The incident that is worked on")
    await expect(pane.get_by_text("Original (Russian)")).to_be_visible()
    form = pane.get_by_role("form", name="Translation")
    await form.get_by_label("Title").fill("EXERCISE: people leave")
    await form.get_by_label("Text").fill("Five families.")
    await page.reload()
    await expect(form.get_by_label("Text")).to_have_value("Five families.")
    await form.get_by_role("button", name="Save the translation").click()
    await expect(pane.get_by_text("It is not the source's word.")).to_contain_text("Translation into English by analyst")
    await expect(pane.get_by_text("Пять семей.")).to_be_visible()
    await pane.get_by_role("button", name="Discard", exact=True).click()
    await page.get_by_role("dialog").get_by_label("Reason").fill(WHY)
    assert await serious_findings(page) == []
    await confirm(page, "Discard")
    await expect(row_of(page, incident)).to_have_count(0)
    await expect(pane.get_by_role("region", name="Decided by people")).to_contain_text(WHY)
    await check(page, "en")
    await page.goto("/incidents?country=AFG")
    await page.get_by_label("Show", exact=True).select_option("discarded")
    await row_of(page, incident).click()
    await page.get_by_role("link", name="discarded: to the triage").click()
    await pane.get_by_role("button", name="Restore").click()
    await page.get_by_role("dialog").get_by_label("Reason").fill(WHY)
    await confirm(page, "Restore")
    await expect(pane.get_by_role("region", name="Decided by people")).to_contain_text("Restored")
    await page.get_by_label("Country", exact=True).select_option("AFG")
    await expect(row_of(page, incident)).to_contain_text("low trust, waits")


async def test_nothing_moves_under_the_focus_while_others_work(desks: Desks, people: People) -> None:
    grave, mild = await tell(people, figures={"deaths": {"best": 9}}), await tell(people)
    page = await desks.sign_in("analyst", "/triage?country=AFG")
    await expect(page.locator("[data-live=live]")).to_be_attached()
    await row_of(page, mild).focus()
    order = await page.locator("[data-row] strong").all_inner_texts()
    await people.post("reviewer", f"/incidents/{grave['id']}/grade", {"reliability": "B", "credibility": 2})
    await tell(people, themes=["terrorism-extremism"], figures={"deaths": {"best": 50}})
    await expect(page.get_by_role("button", name="Show 1 new")).to_be_visible()
    await expect(row_of(page, grave)).to_contain_text("dealt with")
    assert await page.locator("[data-row] strong").all_inner_texts() == order
    await expect(row_of(page, mild)).to_be_focused()
    await page.locator("h1").click()
    await expect(row_of(page, grave)).to_have_count(0)


async def test_of_two_who_take_it_on_one_is_told_who_has_it(desks: Desks, people: People) -> None:
    incident = await tell(people)
    pages = [await desks.sign_in(name, f"/triage?country=AFG&open={incident['id']}") for name in ("analyst", "reviewer")]
    buttons = [page.get_by_role("button", name="Take on") for page in pages]
    for page, button in zip(pages, buttons, strict=True):
        await expect(button).to_be_visible()
        await page.route("**/v1/events", lambda route: route.abort())
    await asyncio.gather(*(button.click() for button in buttons))
    told = [page.get_by_role("alert").filter(has_text="Somebody else works on it") for page in pages]
    await expect(told[0].or_(pages[0].get_by_text("I work on it").first)).to_be_visible()
    await expect(told[1].or_(pages[1].get_by_text("I work on it").first)).to_be_visible()
    assert sorted([await each.count() for each in told]) == [0, 1]


async def test_several_are_chosen_by_key_and_discarded_for_one_reason(desks: Desks, people: People) -> None:
    incidents = [await tell(people, themes=["humanitarian"]) for _ in range(3)]
    await people.post("reviewer", f"/incidents/{incidents[2]['id']}/claim", None)
    page = await desks.sign_in("analyst", "/triage?country=AFG&theme=humanitarian")
    for incident in incidents:
        await row_of(page, incident).focus()
        await page.keyboard.press("x")
    await expect(page.get_by_text("3 chosen")).to_be_visible()
    await check(page, "en")
    await page.get_by_role("group", name="For those that are chosen").get_by_role("button", name="Discard").click()
    await page.get_by_role("dialog").get_by_label("Reason").fill(WHY)
    await confirm(page, "Discard")
    await expect(page.get_by_text("1 was refused. reviewer works on it.")).to_be_visible()
    for incident in incidents[:2]:
        await expect(row_of(page, incident)).to_have_count(0)
    await expect(row_of(page, incidents[2])).to_be_visible()
