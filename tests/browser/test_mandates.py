"""Mandates at the screen: as they are, as they were known once, corrected, and ended from a day that has passed (R3)."""

import re
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.conftest import Desks
from tests.browser.test_accessibility import check, serious_findings
from tests.browser.test_concurrence import post
from tests.browser.test_liaison import confirm

TODAY = datetime.now(UTC).date()


async def declare(page: Page) -> dict[str, Any]:
    """A new organization's mandate for border matters of Tajikistan, in force since 2020."""
    slug = f"exercise-{uuid.uuid4().hex[:8]}"
    await post(page, "/organizations", {"id": slug, "name": f"EXERCISE: {slug}", "kind": "regional-organization"})
    body = {"organization": slug, "title": "Borders", "clause": "Charter, art. 1", "themes": ["border", "political"], "countries": ["TJK"]}
    more = {"ceiling": {"sensitivity": "unclassified", "tlp": "GREEN"}, "valid_from": "2020-01-01T00:00:00Z"}
    return await post(page, "/mandates", body | more)


def row_of(page: Page, mandate: dict[str, Any]) -> Locator:
    """The mandate's row in the register."""
    return page.get_by_role("row", name=re.compile(mandate["organization"]))


async def test_r3_a_mandate_is_corrected_and_ended_late_and_the_register_shows_what_was_known(desks: Desks) -> None:
    reader = await desks.sign_in("analyst", "/exchange")
    await reader.get_by_role("link", name="Mandates of the recipients").click()
    await expect(reader.get_by_role("columnheader", name="Organization and clause")).to_be_visible()
    await expect(reader.get_by_role("button", name="Correct…")).to_have_count(0)
    page = await desks.sign_in("coordination-officer", "/mandates")
    await expect(page.get_by_role("row", name=re.compile("Charter for European Security"))).to_be_visible()
    mandate = await declare(page)
    await page.goto(f"/mandates?organization={mandate['organization']}")
    row = row_of(page, mandate)

    await row.get_by_role("button", name="Correct…").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Reason").fill("EXERCISE: the depositary's text.")
    await expect(dialog.get_by_role("button", name="Record the correction")).to_be_disabled()
    await dialog.get_by_label("Clause").fill("Charter, arts. 1 and 2")
    await dialog.get_by_label("Political").uncheck()
    await dialog.get_by_label("TLP", exact=True).select_option("AMBER")
    assert await serious_findings(page) == []
    await confirm(page, "Record the correction")
    for words in ("Charter, arts. 1 and 2", "TLP:AMBER", "EXERCISE: the depositary's text."):
        await expect(row).to_contain_text(words)
    await expect(row).not_to_contain_text("Political")

    await row.get_by_role("button", name="End…").click()
    await dialog.get_by_label("Reason").fill("EXERCISE: the note of last year.")
    await dialog.get_by_label("In effect from").fill("2025-06-01T00:00")
    assert await serious_findings(page) == []
    await confirm(page, "Record the end")
    await expect(row.get_by_text(re.compile("Ended$"))).to_be_visible()
    await expect(row).to_contain_text("Ended from 01 Jun 2025, 00:00 UTC")
    await check(page, "en")

    await page.get_by_label("As of").fill("2025-05-01")
    await expect(row.get_by_text("In force")).to_be_visible()
    await expect(page.get_by_role("columnheader", name="Steps")).to_have_count(0)
    await page.get_by_label("As of").fill("2025-06-02")
    await expect(row.get_by_text(re.compile("Ended$"))).to_be_visible()
    await page.get_by_label("As known on").fill(str(TODAY - timedelta(days=1)))
    await expect(page.get_by_text("No mandate was known.")).to_be_visible()
    await check(page, "en")


async def test_a_mandate_is_declared_for_an_organization(desks: Desks) -> None:
    page = await desks.sign_in("coordination-officer", "/mandates")
    organization = (await declare(page))["organization"]
    await page.goto(f"/mandates?organization={organization}&state=in-force")
    await page.get_by_role("button", name="Declare a mandate").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Organization").select_option(organization)
    await dialog.get_by_label("Title").fill("Water")
    await dialog.get_by_label("Clause").fill("Decision 7 of the Council")
    await dialog.get_by_label("Water and energy").check()
    await expect(dialog.get_by_role("button", name="Put it on record")).to_be_disabled()
    await dialog.get_by_label("Uzbekistan").check()
    assert await serious_findings(page) == []
    await confirm(page, "Put it on record")
    row = page.get_by_role("row", name=re.compile("Decision 7 of the Council"))
    await expect(row.get_by_text("In force")).to_be_visible()
    await expect(row).to_contain_text("Water and energy")


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("ru", 390)])
async def test_mandates_in_both_languages_wide_and_narrow(desks: Desks, language: str, width: int) -> None:
    page = await desks.sign_in("coordination-officer", "/mandates", locale={"en": "en-GB", "ru": "ru-RU"}[language])
    await page.set_viewport_size({"width": width, "height": 800})
    await expect(page.locator("table")).to_be_visible()
    await check(page, language)
    await page.locator("tbody tr button").first.click()
    await expect(page.get_by_role("dialog")).to_be_visible()
    assert await serious_findings(page) == []
