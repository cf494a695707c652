"""The hand-over at the screen: a package is taken in, tried dry, placed, reviewed, mended and signed for."""

from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import Desks
from tests.browser.test_accessibility import LANGUAGES, check, serious_findings
from tests.browser.test_concurrence import post
from tests.services.liaison.contacts.conftest import new_name
from tests.services.liaison.handover.packages import contact, make_package, party, series, whole, zipped


async def take_in(page: Page, folder: Path, office: str, held: list[Any] | None = None) -> None:
    """Choose the package of an office in the file dialog, and reach its page."""
    package = folder / f"{office}.zip"
    package.write_bytes(zipped(make_package(folder / office, held or whole(), slug=office, name=f"Office {office}")))
    async with page.expect_file_chooser() as chooser:
        await page.get_by_role("button", name="Take in a package").click()
    await (await chooser.value).set_files(package)
    await expect(page.get_by_role("heading", name="Dry run")).to_be_visible()


async def start(page: Page) -> None:
    """Start the import and see it end."""
    await page.get_by_role("button", name="Start the import").click()
    await page.get_by_role("dialog").get_by_role("button", name="Start", exact=True).click()
    await expect(page.get_by_text("Every record is accounted for")).to_be_visible()


async def test_r19_a_package_from_its_arrival_to_the_receipt(desks: Desks, tmp_path: Path) -> None:
    page = await desks.sign_in("head-of-centre", "/handovers")
    await take_in(page, tmp_path, "journey")
    await expect(page.get_by_text("names a record of parties that is not in the package")).to_be_visible()
    await check(page, "en")
    await start(page)
    await expect(page.locator("main").get_by_text("10 of 10 records")).to_be_visible()
    await check(page, "en")

    row = page.get_by_role("row", name="All parties")
    await row.get_by_role("button", name="Review").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("radio", name="One marking for all").check()
    await dialog.get_by_label("Reason").fill("Looked through with the custodian.")
    assert await serious_findings(page) == []
    await dialog.get_by_role("button", name="Mark the series").click()
    await expect(row.get_by_text("Looked through with the custodian.")).to_be_visible()

    flawed = page.get_by_role("row", name="C-3")
    await flawed.get_by_role("button", name="Mend").click()
    record = dialog.get_by_label("The record as it should have been")
    await record.fill((await record.input_value()).replace('"purpose": ""', '"purpose": "Focal point"'))
    assert await serious_findings(page) == []
    await dialog.get_by_role("button", name="Place it").click()
    await expect(flawed).to_have_count(0)

    await page.get_by_role("button", name="Sign for the Centre").click()
    await dialog.get_by_label("Your name and title").fill("The Head")
    await dialog.get_by_role("button", name="Sign for the Centre").click()
    await expect(page.get_by_text("The Centre has signed")).to_be_visible()
    await expect(page.get_by_text("The giving office has not signed")).to_be_visible()


async def test_who_came_with_a_package_and_may_be_known_already_is_listed(desks: Desks, tmp_path: Path) -> None:
    page = await desks.sign_in("head-of-centre", "/handovers")
    known = await post(page, "/contacts", {"name": new_name(), "purpose": "EXERCISE: talks", "countries": ["TJK"]})
    backwards = " ".join(reversed(known["name"].split()))
    await take_in(page, tmp_path, "twins", [series("parties", [party(1)]), series("contacts", [contact(1, name=backwards)])])
    await start(page)
    twins = page.get_by_role("table", name="Possible duplicates")
    await expect(twins.get_by_role("rowheader", name=backwards)).to_be_visible()
    await check(page, "en")
    await twins.get_by_role("link", name=known["name"]).click()
    await expect(page.get_by_role("heading", level=1, name=known["name"])).to_be_visible()


async def test_a_package_that_was_changed_is_refused_by_file(desks: Desks, tmp_path: Path) -> None:
    page = await desks.sign_in("head-of-centre", "/handovers")
    package = make_package(tmp_path / "changed", whole(), slug="changed")
    (package / "data/reports/reports-1.ndjson").write_text('{"external_id": "R-1", "title": "Changed"}\n')
    (tmp_path / "package.zip").write_bytes(zipped(package))
    async with page.expect_file_chooser() as chooser:
        await page.get_by_role("button", name="Take in a package").click()
    await (await chooser.value).set_files(tmp_path / "package.zip")
    await expect(page.get_by_role("alert")).to_contain_text("The package does not hold")
    await expect(page.get_by_text("/data/reports/reports-1.ndjson")).to_be_visible()
    await check(page, "en")


@pytest.mark.parametrize(("language", "width"), [("en", 400), ("ru", 1366)])
async def test_both_pages_in_both_languages_wide_and_narrow(desks: Desks, tmp_path: Path, language: str, width: int) -> None:
    taker = await desks.sign_in("head-of-centre", "/handovers")
    await take_in(taker, tmp_path, f"seen-{language}")
    await start(taker)
    address = taker.url
    page = await desks.sign_in("political-officer", "/handovers", locale=LANGUAGES[language], width=width)
    await expect(page.locator("[data-row]").first).to_be_visible()
    await check(page, language)
    await page.keyboard.press("j")
    assert await page.evaluate("document.activeElement.hasAttribute('data-row')")
    await page.goto(address)
    await expect(page.locator("#receipt")).to_be_visible()
    await check(page, language)
