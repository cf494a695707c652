"""The liaison lists and their dialogs without a mouse: j and k walk, Enter opens, Escape leads back; axe finds nothing in any dialog."""

import re
import uuid
from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import Desks
from tests.browser.test_accessibility import serious_findings
from tests.browser.test_concurrence import post
from tests.browser.test_liaison import prepare
from tests.services.liaison.contacts.conftest import new_name
from tests.services.liaison.screening.test_screening import consolidated


async def walk(page: Page) -> None:
    """Two rows down, one up: the focus goes along, and ends on the first."""
    await page.locator("h1").click()
    rows = page.locator("[data-row]")
    await expect(rows.nth(1)).to_be_visible()
    for key, row in (("j", 0), ("j", 1), ("k", 0), ("k", 0)):
        await page.keyboard.press(key)
        await expect(rows.nth(row)).to_be_focused()


async def look_at_dialog(page: Page) -> None:
    """The open dialog bears axe, and Escape closes it."""
    await expect(page.get_by_role("dialog")).to_be_visible()
    assert await serious_findings(page) == []
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)


async def test_the_keys_walk_from_the_board_into_the_engagements(desks: Desks) -> None:
    await prepare(desks)
    page = await desks.sign_in("political-officer", "/engagements?country=TJK")
    await walk(page)
    await page.keyboard.press("Enter")
    await look_at_dialog(page)
    await expect(page.locator("[data-row]").first).to_be_focused()
    board = page.get_by_role("region", name="Who may be met")
    await board.locator("[data-row]").last.focus()
    await page.keyboard.press("j")
    row = page.get_by_role("region", name="Engagements", exact=True).locator("[data-row]").first
    await expect(row).to_be_focused()
    await page.keyboard.press("k")
    await expect(board.locator("[data-row]").last).to_be_focused()
    await row.focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", level=2, name="Plan")).to_be_visible()


@pytest.mark.parametrize("path", ["parties", "correspondence"])
async def test_a_register_is_walked_and_opened_by_keys(desks: Desks, path: str) -> None:
    page = await desks.sign_in("political-officer", f"/{path}")
    party = await post(page, "/parties", {"kind": "other-party", "name": f"EXERCISE {uuid.uuid4().hex[:8]}", "countries": ["TJK"]})
    letter: dict[str, Any] = {
        "direction": "in",
        "kind": "note-verbale",
        "party": party["id"],
        "dated_on": "2026-03-01",
        "handled_on": "2026-03-02",
    }
    for _ in range(2):
        await post(page, "/correspondence", letter | {"subject": f"EXERCISE {uuid.uuid4().hex[:8]}"})
    await page.reload()
    await walk(page)
    await page.keyboard.press("Enter")
    await expect(page).to_have_url(re.compile(rf"/{path}/[0-9a-f-]{{36}}"))
    await expect(page.get_by_role("heading", level=1)).to_be_visible()


async def test_screenings_are_walked_and_decided_by_keys(desks: Desks) -> None:
    page = await desks.sign_in("head-of-centre", "/screenings?state=pending")
    names = [new_name(), new_name()]
    for name in names:
        await post(page, "/contacts", {"name": name, "purpose": "EXERCISE: talks", "countries": ["TJK"]})
    listed = consolidated(*((f"90{number}", name, "") for number, name in enumerate(names, 1)))
    answer = await page.request.post("/v1/sanctions-list", data=listed, headers={"content-type": "application/xml"})
    assert answer.ok, await answer.text()
    for name in names:
        await expect(page.get_by_role("row", name=re.compile(name))).to_be_visible()
    await walk(page)
    await page.keyboard.press("Enter")
    await look_at_dialog(page)
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("dialog")).to_contain_text("Scheduling with them is refused")
    await look_at_dialog(page)


DIALOGS = {
    "/engagements": ["Propose an engagement", "Request a concurrence", "Record an unplanned encounter"],
    "/parties": ["Register a party"],
    "/contacts": ["Enter a person", "Import"],
    "/correspondence": ["Register a letter"],
}


async def test_every_dialog_of_liaison_opens_and_closes_by_keys(desks: Desks) -> None:
    page = await desks.sign_in("head-of-centre", "/engagements")
    for path, buttons in DIALOGS.items():
        await page.goto(path)
        for name in buttons:
            button = page.get_by_role("button", name=name, exact=True)
            await button.focus()
            await page.keyboard.press("Enter")
            await look_at_dialog(page)
            await expect(button).to_be_focused()


async def test_every_dialog_of_a_meeting_bears_axe(desks: Desks) -> None:
    _, meeting = await prepare(desks, "schedule")
    page = await desks.sign_in("head-of-centre", f"/engagements/{meeting['id']}")
    for name in ("Edit the plan", "Record as held", "Cancel", "Record a commitment"):
        await page.get_by_role("button", name=name, exact=True).first.focus()
        await page.keyboard.press("Enter")
        await look_at_dialog(page)
