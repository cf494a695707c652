"""Persons named in an account, and the do-no-harm check of what names them, decided at the screen (R4)."""

import asyncio
import random
import uuid
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.conftest import Desks
from tests.browser.test_accessibility import serious_findings
from tests.platforms import People

Json = dict[str, Any]
OPEN = {"sensitivity": "unclassified", "tlp": "GREEN", "releasable_to": ["hq", "osce"]}
NAMES = ("unct-tjk", "analyst", "reviewer", "head-of-centre", "coordination-officer", "osce")


@pytest.fixture
async def people(desks: Desks) -> AsyncIterator[People]:
    """Everybody at the public API."""
    async with httpx.AsyncClient(base_url=desks.platform.base_url, timeout=30) as http:
        yield await People.sign_in(http, {name: desks.platform.credentials[name] for name in NAMES})


async def told(people: People) -> Json:
    """An incident whose account names two persons, the second of whom the rules miss."""
    at = datetime.now(UTC) - timedelta(days=random.randint(200, 9_000))
    place = {"latitude": round(random.uniform(38.0, 38.3), 4), "longitude": round(random.uniform(70.0, 71.0), 4)}
    text = "👩🏽‍🌾 Пограничники задержали Рахимова Саида; the one called grey wolf fled."
    row = {"external_id": f"p-{uuid.uuid4().hex[:8]}", "occurred_at": at.isoformat(), "country": "TJK", "themes": ["border"], "text": text}
    await people.post("unct-tjk", "/feeds/unct-tjk/submissions", [row | place | {"title": "EXERCISE: a farmer saw it", "label": OPEN}])
    found = await people.get("analyst", f"/observations?external_id={row['external_id']}")
    incident: Json = await people.get("analyst", f"/incidents/{found['items'][0]['incident']}")
    return incident


async def issue(people: People, incident: Json) -> Json:
    """A report that names one of them."""
    await people.post("analyst", f"/incidents/{incident['id']}/grade", {"reliability": "B", "credibility": 2})
    said = {"kind": "assessed", "text": "Рахимов Саид is held at the post.", "evidence": [{"type": "incident", "id": incident["id"]}]}
    body = {"kind": "flash", "title": f"Held {uuid.uuid4().hex[:8]}", "countries": ["TJK"], "themes": ["border"], "label": OPEN}
    made = await people.post("analyst", "/reports", body | {"sections": [{"title": "Situation", "statements": [said]}]})
    for step, by in {"submit": "analyst", "clear": "head-of-centre", "issue": "head-of-centre"}.items():
        made = await people.post(by, f"/reports/{made['id']}/{step}")
    return made


async def package_of(people: People, report: Json) -> Json:
    """Its package for OSCE, once coordination has made it."""
    async with asyncio.timeout(20):
        while not (found := (await people.get("coordination-officer", f"/packages?recipient=osce&item=report:{report['id']}"))["items"]):
            await asyncio.sleep(0.1)
    package: Json = found[0]
    return package


async def account_of(page: Page, incident: Json) -> Locator:
    """The one account of the open incident."""
    await page.goto(f"/incidents?open={incident['id']}")
    return page.get_by_role("region", name="The chosen incident").get_by_role("article")


async def test_r4_names_are_confirmed_dismissed_and_added_by_mouse_and_keyboard(desks: Desks, people: People) -> None:
    incident = await told(people)
    page = await desks.sign_in("analyst")
    account = await account_of(page, incident)
    name = account.get_by_role("button", name="Рахимова Саида")
    await expect(name).to_have_attribute("data-state", "found")
    await name.press("Enter")
    await expect(page.get_by_role("menuitem", name="It names a person")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(name).to_have_attribute("data-state", "confirmed")
    await account.get_by_role("button", name="Mark a name that was missed").click()
    await account.get_by_label("Words as they stand in the text").fill("grey wolf")
    await account.get_by_label("Role").select_option("witness")
    await account.get_by_role("button", name="Mark", exact=True).click()
    added = account.get_by_role("button", name="grey wolf (witness)")
    await expect(added).to_have_attribute("data-state", "confirmed")
    await expect(account.get_by_text("2 persons named; withheld outside the Centre.")).to_be_visible()
    await added.click()
    await expect(page.get_by_role("menuitem", name="It names no person")).to_be_visible()
    assert await serious_findings(page) == []
    await page.get_by_role("menuitem", name="It names no person").click()
    await expect(account.get_by_role("button", name="grey wolf", exact=True)).to_have_attribute("data-state", "dismissed")
    reader = await account_of(await desks.sign_in("political-officer"), incident)
    await expect(reader.get_by_text("Рахимова Саида")).to_be_visible()
    await expect(reader.get_by_role("button", name="Рахимова Саида")).to_have_count(0)


async def test_r4_the_release_dialog_asks_for_the_check_and_shows_it(desks: Desks, people: People) -> None:
    package = await package_of(people, await issue(people, await told(people)))
    page = await desks.sign_in("head-of-centre", "/exchange?recipient=osce&state=proposed")
    await page.get_by_role("row").filter(has_text=package["item"]["reference"]).get_by_role("button", name="Release…").click()
    dialog = page.get_by_role("dialog")
    asked = dialog.get_by_role("region", name="Do-no-harm check")
    await expect(asked).to_contain_text("The report names 1 person.")
    release = dialog.get_by_role("button", name="Release to")
    await expect(release).to_be_disabled()
    await asked.get_by_role("radio", name="Names shown to this recipient").check()
    await expect(asked.get_by_role("button", name="Record the check")).to_be_disabled()
    await asked.get_by_role("radio", name="Names withheld").check()
    assert await serious_findings(page) == []
    await asked.get_by_role("button", name="Record the check").click()
    await expect(asked).to_contain_text("Checked by head-of-centre")
    await release.click()
    await expect(dialog).to_have_count(0)
    async with asyncio.timeout(20):
        while (await people.get("coordination-officer", f"/packages/{package['id']}"))["state"] != "delivered":
            await asyncio.sleep(0.1)
    content = (await people.get("osce", f"/packages/{package['id']}"))["content"]
    assert content["sections"][0]["statements"][0]["text"] == "[name withheld] is held at the post."


async def test_r4_a_pdf_with_names_asks_why(desks: Desks, people: People) -> None:
    report = await issue(people, await told(people))
    page = await desks.sign_in("analyst", f"/reports/{report['id']}")
    await page.get_by_role("button", name="PDF with names…").click()
    dialog = page.get_by_role("dialog", name="PDF with names of persons")
    confirm = dialog.get_by_role("button", name="Open with names")
    await expect(confirm).to_be_disabled()
    await dialog.get_by_label("Why it has to hold names").fill("For the family")
    assert await serious_findings(page) == []
    async with page.context.expect_event("request", lambda request: "names=shown&reason=For+the+family" in request.url):
        await confirm.click()
    async with asyncio.timeout(20):
        while not any(each["reason"] == "For the family" for each in (await people.get("head-of-centre", "/names-shown"))["items"]):
            await asyncio.sleep(0.1)
    officer = await desks.sign_in("political-officer", f"/reports/{report['id']}")
    await expect(officer.get_by_role("link", name="PDF")).to_be_visible()
    await expect(officer.get_by_role("button", name="PDF with names…")).to_have_count(0)
