"""The register of correspondence at the screen: a note goes out with its scan, its reply closes it."""

import uuid

from playwright.async_api import Page, expect

from tests.browser.conftest import Desks
from tests.browser.test_accessibility import check, serious_findings

PDF = {"name": "Нота № 14.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"}


async def register(page: Page, subject: str, **fields: str) -> None:
    """Fill the dialog, and arrive at the letter's own page."""
    await page.goto("/correspondence")
    await page.get_by_role("button", name="Register a letter").click()
    dialog = page.get_by_role("dialog")
    for label, value in fields.items():
        await dialog.get_by_label(label.replace("_", " "), exact=True).select_option(value)
    await dialog.get_by_label("Party").click()
    await page.get_by_role("listbox").get_by_role("option").first.click()
    await dialog.get_by_label("Subject").fill(subject)
    await dialog.get_by_label("Reply by").fill("2099-01-01" if "Direction" in fields else "")


async def test_a_note_goes_out_with_its_scan_and_its_reply_closes_it(desks: Desks) -> None:
    subject = f"EXERCISE: pastures {uuid.uuid4().hex[:8]}"
    page = await desks.sign_in("political-officer", "/correspondence")
    await register(page, subject, Direction="out")
    assert await serious_findings(page) == []
    await page.get_by_role("dialog").get_by_role("button", name="Register", exact=True).click()
    await expect(page.get_by_role("heading", name=subject)).to_be_visible()
    await expect(page.get_by_text("Reply awaited")).to_be_visible()
    await page.locator("input[type=file]").set_input_files([PDF])
    await expect(page.get_by_role("link", name="Нота № 14.pdf")).to_be_visible()
    async with page.expect_download() as download:
        await page.get_by_role("link", name="Нота № 14.pdf").click()
    assert (await (await download.value).path()).read_bytes() == PDF["buffer"]
    await page.locator("input[type=file]").set_input_files([PDF | {"name": "macro.pdf", "buffer": b"MZ\x90\x00" + b"\x00" * 99}])
    await expect(page.get_by_text("By its content the file is")).to_be_visible()
    await check(page, "en")

    await register(page, f"Re: {subject}")
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Is the reply to").fill(subject)
    await page.get_by_role("listbox").get_by_role("option", name=subject).click()
    await page.get_by_role("dialog").get_by_role("button", name="Register", exact=True).click()
    await page.get_by_role("link", name="The letter to which this is the reply").click()
    await expect(page.locator("article").get_by_text("Answered")).to_be_visible()
    await expect(page.get_by_role("link", name="The reply", exact=True)).to_be_visible()


async def test_the_register_in_russian_on_a_narrow_display(desks: Desks) -> None:
    page = await desks.sign_in("political-officer", "/correspondence", locale="ru-RU")
    await page.set_viewport_size({"width": 400, "height": 800})
    await expect(page.get_by_role("heading", name="Переписка")).to_be_visible()
    await check(page, "ru")
