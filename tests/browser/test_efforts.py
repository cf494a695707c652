"""Efforts at the screen: told of at an incident or by themselves, graded, kept up to date, cited, and found (F2)."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import httpx
import pytest
from playwright.async_api import expect

from tests.browser.conftest import Desks
from tests.browser.test_accessibility import LANGUAGES, check, serious_findings
from tests.browser.test_inbox import tell
from tests.platforms import People

Json = dict[str, Any]


@pytest.fixture
async def people(desks: Desks) -> AsyncIterator[People]:
    """Those who tell at the public API."""
    names = ("unct-tjk", "analyst", "political-officer")
    async with httpx.AsyncClient(base_url=desks.platform.base_url, timeout=30) as http:
        yield await People.sign_in(http, {name: desks.platform.credentials[name] for name in names})


def effort(**more: Any) -> Json:
    """An effort of others that goes on now."""
    known = {"kind": "mediation", "title": f"EXERCISE: elders meet {uuid4().hex[:8]}", "actors": ["Elders of the valley"]}
    where = {"countries": ["TKM"], "themes": ["water-energy"], "occurred_at": datetime.now(UTC).isoformat()}
    return known | where | {"text": "First they listened.\nThen they spoke."} | more


async def test_f2_r8_an_effort_is_told_of_at_its_incident_graded_edited_and_cited(desks: Desks, people: People) -> None:
    incident, title = await tell(people), f"EXERCISE: families are brought home {uuid4().hex[:8]}"
    page = await desks.sign_in("analyst", f"/incidents?open={incident['id']}")
    region = page.get_by_role("region", name="What is being done about it")
    await expect(region).to_contain_text("Nobody has told of an effort")
    await region.get_by_role("button", name="Tell of an effort").click()
    dialog = page.get_by_role("dialog")
    await expect(dialog).to_contain_text(incident["title"])
    await expect(dialog.get_by_label("Displacement")).to_be_checked()
    await dialog.get_by_label("Kind").select_option("relief")
    await dialog.get_by_label("What is being done").fill(title)
    await expect(dialog.get_by_role("button", name="Tell", exact=True)).to_be_disabled()
    await dialog.get_by_label("Who does it").fill("UNHCR\nDistrict council")
    assert await serious_findings(page) == []
    await dialog.get_by_role("button", name="Tell", exact=True).click()
    await region.get_by_role("link", name=title).click()

    pane = page.get_by_role("region", name="The effort that is open")
    await expect(pane).to_be_focused()
    await expect(pane).to_contain_text("UNHCR; District council")
    await expect(pane.get_by_role("link", name=incident["title"])).to_be_visible()
    await pane.get_by_label("B · usually reliable").check()
    await pane.get_by_label("2 · probably true").check()
    await pane.get_by_role("button", name="Save the grade").click()
    await expect(page.get_by_role("row", name=title)).to_contain_text("B")
    await check(page, "en")
    await pane.get_by_role("button", name="Cite in a report").click()
    await page.get_by_role("button", name="Write a report").click()
    await expect(page.get_by_role("group", name="Rests on").get_by_label(title)).to_be_visible()

    await page.goto(f"/incidents?open={incident['id']}")
    await region.get_by_role("link", name=title).click()
    await pane.get_by_role("button", name="Bring up to date").click()
    await expect(dialog).to_contain_text("The grade was of what was said before")
    await dialog.get_by_label("More about it").fill("All of them.")
    await dialog.get_by_role("button", name="Save", exact=True).click()
    await expect(pane).to_contain_text("All of them.")
    await expect(pane).to_contain_text("not graded")


async def test_efforts_are_found_walked_by_keys_and_come_by_themselves(desks: Desks, people: People) -> None:
    first = await people.post("political-officer", "/efforts", effort())
    page = await desks.sign_in("reviewer", "/efforts?country=TKM")
    await expect(page.get_by_role("link", name=first["title"])).to_be_visible()
    await expect(page.get_by_role("button", name="Tell of an effort")).to_have_count(0)
    await expect(page.locator("[data-live=live]")).to_be_attached()
    second = await people.post("political-officer", "/efforts", effort())
    await expect(page.get_by_role("link", name=second["title"])).to_be_visible()
    await page.locator("h1").click()
    await page.keyboard.press("j")
    await page.keyboard.press("Enter")
    pane = page.get_by_role("region", name="The effort that is open")
    await expect(pane).to_contain_text("First they listened.")
    await expect(pane.get_by_role("button", name="Bring up to date")).to_have_count(0)
    await page.keyboard.press("Escape")
    await expect(pane).to_have_count(0)
    box = page.get_by_role("searchbox", name="Words")
    await box.fill(first["title"].split()[-1])
    await box.press("Enter")
    await expect(page.locator("[data-row]")).to_have_count(1)
    await page.get_by_label("Theme").select_option("border")
    await expect(page.get_by_text("No effort fits.")).to_be_visible()
    assert "theme=border" in page.url


async def test_two_who_edit_one_effort_see_both_texts(desks: Desks, people: People) -> None:
    told = await people.post("political-officer", "/efforts", effort())
    page = await desks.sign_in("analyst", f"/efforts?open={told['id']}")
    await page.get_by_role("button", name="Bring up to date").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("More about it").fill("They agreed.")
    theirs = {name: told[name] for name in ("kind", "text", "countries", "occurred_at")}
    theirs |= {"title": "EXERCISE: the elders met", "actors": [*told["actors"], "UNDP"], "themes": ["border"]}
    answer = await people.http.put(
        f"/v1/efforts/{told['id']}", json=theirs, headers=people.headers("political-officer") | {"if-match": f'"{told["version"]}"'}
    )
    assert answer.status_code == 200, answer.text
    await people.post("analyst", f"/efforts/{told['id']}/grade", {"reliability": "C", "credibility": 3})
    await dialog.get_by_role("button", name="Save", exact=True).click()
    changed = dialog.get_by_role("alert")
    for text in ("EXERCISE: the elders met", told["title"], "Elders of the valley; UNDP", "Borders", "not graded"):
        await expect(changed).to_contain_text(text)
    assert await serious_findings(page) == []
    await expect(dialog.get_by_role("button", name="Save", exact=True)).to_be_disabled()
    await changed.get_by_role("button", name="Keep what I changed").click()
    await expect(dialog.get_by_label("What is being done")).to_have_value("EXERCISE: the elders met")
    await expect(dialog.get_by_label("More about it")).to_have_value("They agreed.")
    await expect(dialog).to_contain_text("The grade was of what was said before")
    await dialog.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_role("region", name="The effort that is open")).to_contain_text("They agreed.")
    kept = await people.get("analyst", f"/efforts/{told['id']}")
    assert (kept["title"], kept["text"], kept["themes"]) == ("EXERCISE: the elders met", "They agreed.", ["border"])


async def test_that_efforts_could_not_be_asked_for_is_not_said_to_be_that_there_are_none(desks: Desks, people: People) -> None:
    incident = await tell(people)
    page = await desks.sign_in("analyst")
    refusal = {"type": "about:/rate-limited", "title": "Too many", "status": 429}
    await page.route("**/v1/efforts?*", lambda route: route.fulfill(status=429, json=refusal))
    await page.goto(f"/incidents?open={incident['id']}")
    region = page.get_by_role("region", name="What is being done about it")
    await expect(region.get_by_role("alert")).to_be_visible()
    await expect(region).not_to_contain_text("Nobody has told of an effort")


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("language", LANGUAGES)
async def test_efforts_in_both_languages_wide_and_narrow(desks: Desks, people: People, language: str, width: int) -> None:
    told = await people.post("political-officer", "/efforts", effort())
    page = await desks.sign_in("analyst", f"/efforts?country=TKM&open={told['id']}", locale=LANGUAGES[language])
    await page.set_viewport_size({"width": width, "height": 900})
    await expect(page.locator("table")).to_be_visible()
    await expect(page.get_by_text("First they listened.")).to_be_visible()
    await check(page, language)
    await page.locator("main").get_by_role("button", name={"en": "Tell of an effort", "ru": "Сообщить об усилии"}[language]).click()
    await expect(page.get_by_role("dialog")).to_be_visible()
    assert await serious_findings(page) == []
