"""Parties, contacts and screening at the screen."""

import json
import re
import uuid
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import Desks
from tests.browser.test_accessibility import check, serious_findings
from tests.services.liaison.contacts.conftest import new_name
from tests.services.liaison.screening.test_screening import consolidated


async def enter(page: Page, name: str) -> None:
    """Fill in a person."""
    await page.get_by_role("button", name="Enter a person").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Name", exact=False).first.fill(name)
    await dialog.get_by_label("Purpose").fill("EXERCISE: talks on water")
    await dialog.get_by_role("checkbox", name="Tajikistan").check()


async def test_a_person_is_entered_found_and_not_entered_twice(desks: Desks) -> None:
    surname = new_name().split()[0]
    page = await desks.sign_in("political-officer", "/contacts")
    await enter(page, f"Сергей {surname}")
    await page.reload()
    await page.get_by_role("button", name="Enter a person").click()
    await expect(page.get_by_role("dialog").get_by_label("Purpose")).to_have_value("EXERCISE: talks on water")
    assert await serious_findings(page) == []
    await page.get_by_role("dialog").get_by_role("button", name="Enter", exact=True).click()
    await expect(page.get_by_role("heading", level=1, name=f"Sergey {surname}")).to_be_visible()
    await check(page, "en")

    await page.get_by_role("button", name="Add a position").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Title").fill("Chair")
    await dialog.get_by_label("Or an organization").fill("EXERCISE: water committee")
    await dialog.get_by_label("From").fill("2025-03-01")
    await dialog.get_by_role("button", name="Add", exact=True).click()
    await expect(page.get_by_role("row", name=re.compile("Chair"))).to_contain_text("today")

    await page.goto("/contacts")
    await page.get_by_label("Name or number").fill(f"Sergei {surname}")
    await expect(page).to_have_url(re.compile("q=Sergei"))
    await expect(page.locator("[data-row]")).to_have_count(1)
    await page.keyboard.press("Escape")
    await page.locator("h1").click()
    await page.keyboard.press("j")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", level=1, name=f"Sergey {surname}")).to_be_visible()

    await page.goto("/contacts")
    await enter(page, f"Sergej {surname}")
    await page.get_by_role("dialog").get_by_role("button", name="Enter", exact=True).click()
    await expect(page.get_by_role("dialog").get_by_role("link", name=re.compile(surname))).to_be_visible()
    assert await serious_findings(page) == []
    await page.get_by_role("button", name="Enter: it is another person").click()
    await expect(page.get_by_role("heading", level=1, name=f"Sergej {surname}")).to_be_visible()

    await page.get_by_role("button", name="Merge", exact=True).click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Goes on under").fill(f"Sergey {surname}")
    await page.get_by_role("option", name=re.compile("Chair")).click()
    await dialog.get_by_role("button", name="Merge", exact=True).click()
    await expect(page.get_by_text("Another record was found to be this person.")).to_be_visible()
    await page.get_by_role("link", name="Open the merged record").click()
    await page.get_by_role("button", name="Undo the merger").click()
    await page.get_by_role("dialog").get_by_role("button", name="Undo the merger").click()
    await expect(page.locator("main").get_by_text("Active")).to_be_visible()


async def test_a_file_is_imported_with_a_result_for_each_row(desks: Desks, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text(f"name,countries\n{new_name()},TJK\n{new_name()},XXX\n")
    page = await desks.sign_in("political-officer", "/contacts")
    await page.get_by_role("button", name="Import").click()
    await page.locator("input[type=file]").set_input_files(file)
    await page.get_by_role("dialog").get_by_label("Purpose").fill("EXERCISE: list of participants")
    await page.get_by_role("button", name="Import the file").click()
    await expect(page.get_by_text("Entered: 1. Refused: 1.")).to_be_visible()
    await expect(page.get_by_role("row", name=re.compile("^3 "))).to_contain_text("countries")
    assert await serious_findings(page) == []


async def test_a_party_shows_its_parts_people_and_history(desks: Desks) -> None:
    page = await desks.sign_in("political-officer", "/parties?q=Тоҷикистон")
    await page.get_by_role("link", name="Government of the Republic of Tajikistan").click()
    await expect(page.get_by_role("region", name="Relations").get_by_role("link")).to_have_count(1)
    await page.get_by_role("link", name=re.compile("Ministry of Foreign Affairs")).click()
    await expect(page.get_by_role("region", name="Focal points").get_by_role("link").first).to_be_visible()
    await expect(page.get_by_role("region", name="What the register said").get_by_role("listitem")).to_have_count(1)
    await check(page, "en")


@pytest.mark.parametrize(("language", "locale"), [("en", "en-GB"), ("ru", "ru-RU")])
async def test_every_page_in_both_languages_and_on_a_narrow_display(desks: Desks, language: str, locale: str) -> None:
    for width in (1366, 400):
        page = await desks.sign_in("head-of-centre", "/contacts", locale=locale, width=width, height=800)
        await expect(page.locator("[data-row]").first).to_be_visible()
        await check(page, language)
        await page.locator("[data-row]").first.click()
        await expect(page.locator("dl")).to_be_visible()
        await check(page, language)
        for path, sign in {"/parties": "[data-row]", "/screenings": "form"}.items():
            await page.goto(path)
            await expect(page.locator(sign).first).to_be_visible()
            await check(page, language)


async def test_the_head_decides_on_a_resemblance(desks: Desks) -> None:
    name = f"{new_name()}"
    officer = await desks.sign_in("political-officer", "/contacts")
    headers = {"content-type": "application/json", "idempotency-key": str(uuid.uuid4())}
    body = json.dumps({"name": name, "purpose": "EXERCISE: talks"})
    assert (await officer.request.post("/v1/contacts", data=body, headers=headers)).status == 201
    head = await desks.sign_in("head-of-centre", "/screenings?state=pending")
    listed = consolidated(("901", name, ""))
    answer = await head.request.post("/v1/sanctions-list", data=listed, headers={"content-type": "application/xml"})
    assert answer.ok, await answer.text()

    row = head.get_by_role("row", name=re.compile(name))
    await expect(row).to_contain_text("100")
    await check(head, "en")
    await row.get_by_role("button", name="Somebody else").click()
    await head.get_by_role("dialog").get_by_label("Reason").fill("EXERCISE: born elsewhere")
    assert await serious_findings(head) == []
    await head.get_by_role("dialog").get_by_role("button", name="Somebody else").click()
    await expect(row).to_have_count(0)
