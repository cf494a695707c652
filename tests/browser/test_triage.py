"""Whether accounts belong together, decided at the screen: suggestions, merging, splitting, and taking both back."""

import random
import re
import uuid
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.conftest import Desks
from tests.browser.test_accessibility import check, serious_findings
from tests.browser.test_liaison import confirm
from tests.platforms import People

Json = dict[str, Any]
UNDETERMINED = "undetermined between Kyrgyzstan and Tajikistan: Vorukh"


@pytest.fixture
async def people(desks: Desks) -> AsyncIterator[People]:
    """The feeds and the analyst at the public API."""
    names = ("unct-tjk", "unama-field", "analyst")
    async with httpx.AsyncClient(base_url=desks.platform.base_url, timeout=30) as http:
        yield await People.sign_in(http, {name: desks.platform.credentials[name] for name in names})


async def deliver(people: People, feed: str, row: Json) -> Json:
    """One row of a feed; the incident it tells of."""
    receipt = await people.post(feed, f"/feeds/{feed}/submissions", [row])
    assert receipt["accepted"] == 1, receipt
    found = await people.get("analyst", f"/observations?feed={feed}&external_id={row['external_id']}")
    return await people.get("analyst", f"/incidents/{found['items'][0]['incident']}")


async def doubtful(people: People) -> tuple[Json, Json]:
    """Two incidents near each other, told of by two sources, of different themes: one is suggested to be the other."""
    at = datetime.now(UTC) - timedelta(days=random.randint(200, 9_000))
    place = {
        "occurred_at": at.isoformat(),
        "latitude": round(random.uniform(38.0, 38.3), 4),
        "longitude": round(random.uniform(70.0, 71.0), 4),
    }
    name = uuid.uuid4().hex[:8]
    border = {"external_id": f"b-{name}", "country": "TJK", "themes": ["border"], "title": f"EXERCISE: shots {name}"}
    drugs = {"external_id": f"d-{name}", "country": "AFG", "themes": ["drug-trafficking"], "title": f"EXERCISE: parcels {name}"}
    return await deliver(people, "unct-tjk", border | place), await deliver(people, "unama-field", drugs | place)


async def pane_of(page: Page, incident: Json) -> Locator:
    """The open incident."""
    await page.goto(f"/incidents?open={incident['id']}")
    pane = page.get_by_role("region", name="The chosen incident")
    await expect(pane.get_by_role("heading", level=2)).to_be_visible()
    return pane


async def give_reason(page: Page, button: str) -> None:
    """Write a reason in the open dialog, find nothing wrong with it, and confirm."""
    await page.get_by_role("dialog").get_by_label("Reason").fill("EXERCISE: looked at both.")
    assert await serious_findings(page) == []
    await confirm(page, button)


async def test_incidents_are_merged_split_and_both_are_undone(desks: Desks, people: People) -> None:
    border, drugs = await doubtful(people)
    page = await desks.sign_in("analyst", "/incidents")
    pane = await pane_of(page, border)
    accounts, history = pane.get_by_role("article"), pane.get_by_role("region", name="Merged and split by people")
    await expect(pane.get_by_text("Single source")).to_be_visible()
    await pane.get_by_role("button", name="Merge another into it").click()
    await page.get_by_role("combobox", name="The other incident").fill(drugs["title"])
    await page.get_by_role("option", name=re.compile(drugs["title"])).click()
    await give_reason(page, "Merge another into it")
    await expect(pane.get_by_text("Corroborated (2)")).to_be_visible()
    await expect(accounts).to_have_count(2)
    await expect(history.get_by_role("listitem").filter(has_text="Merged with")).to_contain_text("EXERCISE: looked at both.")
    await check(page, "en")

    await pane.get_by_role("button", name="Split accounts off").click()
    await page.get_by_role("dialog").get_by_label(re.compile(drugs["title"])).check()
    await give_reason(page, "Split accounts off")
    await expect(pane.get_by_role("heading", level=2, name=drugs["title"])).to_be_visible()
    await expect(accounts).to_have_count(1)

    await history.get_by_role("listitem").filter(has_text="Split from").get_by_role("button", name="Undo").click()
    await give_reason(page, "Undo")
    await expect(pane.get_by_role("heading", level=2, name=border["title"])).to_be_visible()
    await expect(accounts).to_have_count(2)
    await history.get_by_role("listitem").filter(has_text="Merged with").get_by_role("button", name="Undo").click()
    await give_reason(page, "Undo")
    await expect(pane.get_by_role("heading", level=2, name=drugs["title"])).to_be_visible()
    await expect(accounts).to_have_count(1)
    await expect(history.get_by_text("undone by analyst")).to_be_visible()


async def test_a_suggested_merge_says_why_and_is_accepted_or_dismissed(desks: Desks, people: People) -> None:
    (border, drugs), (one, other) = await doubtful(people), await doubtful(people)
    page = await desks.sign_in("analyst", "/incidents")
    pane = await pane_of(page, border)
    suggestions = pane.get_by_role("region", name="Suggested merges")
    await expect(suggestions).to_contain_text(drugs["title"])
    await expect(suggestions).to_contain_text("themes 0 %")
    await check(page, "en")
    await suggestions.get_by_role("button", name="They are one").click()
    await expect(pane.get_by_text("Corroborated (2)")).to_be_visible()
    await expect(suggestions).to_have_count(0)

    await page.goto("/incidents")
    waiting = page.get_by_role("region", name="Suggested merges").get_by_role("listitem").filter(has_text=one["title"])
    await expect(waiting).to_contain_text(other["title"])
    await check(page, "en")
    await waiting.get_by_role("button", name="They are two").click()
    await give_reason(page, "They are two")
    await expect(waiting).to_have_count(0)


async def test_a_place_that_nobody_attributes_is_said_in_words_and_why_an_account_joined(desks: Desks, people: People) -> None:
    at = (datetime.now(UTC) - timedelta(days=random.randint(200, 9_000))).isoformat()
    name = uuid.uuid4().hex[:8]
    row = {"occurred_at": at, "latitude": 39.855, "longitude": 70.575, "themes": ["border"], "title": f"EXERCISE: shots {name}"}
    incident = await deliver(people, "unct-tjk", row | {"external_id": f"t-{name}"})
    joined = await deliver(people, "unama-field", row | {"external_id": f"u-{name}"})
    assert joined["id"] == incident["id"]
    page = await desks.sign_in("analyst", "/incidents")
    pane = await pane_of(page, incident)
    await expect(pane.get_by_text(UNDETERMINED)).to_be_visible()
    await expect(pane.get_by_text(re.compile("Joined by itself: .*place 100 %"))).to_be_visible()
    await check(page, "en")
    narrow = await desks.sign_in("analyst", f"/incidents?open={incident['id']}", locale="ru-RU")
    await narrow.set_viewport_size({"width": 400, "height": 800})
    await expect(narrow.get_by_text("принадлежность не определена (Кыргызстан и Таджикистан): Ворух").first).to_be_visible()
    await check(narrow, "ru")
