"""The header: two rows at a desk, a menu on a narrow display, and the register behind a button of its own."""

from playwright.async_api import expect

from tests.browser.conftest import Desks
from tests.browser.test_accessibility import serious_findings


async def test_the_header_takes_two_rows_and_a_menu_on_a_narrow_display(desks: Desks) -> None:
    for locale in ("en-GB", "ru-RU"):
        page = await desks.sign_in("head-of-centre", "/freshness", locale=locale, width=1280)
        links = page.locator("header nav [role=group] > *")
        await expect(links.first).to_be_visible()
        tops = await links.evaluate_all("all => [...new Set(all.map(each => each.offsetTop))]")
        assert len(tops) == 1, "all screens stand in one row"
        await page.set_viewport_size({"width": 390, "height": 800})
        await expect(links.first).to_be_hidden()
        await page.locator("header button[aria-expanded=false]").last.click()
        await expect(links.first).to_be_visible()
        assert await serious_findings(page) == []


async def test_the_register_opens_from_its_menu_by_keys(desks: Desks) -> None:
    page = await desks.sign_in("head-of-centre", "/freshness", width=1280)
    await page.get_by_role("button", name="Register").press("Enter")
    await page.get_by_role("menuitem", name="Contacts").press("Enter")
    await expect(page).to_have_url(f"{desks.platform.base_url}/contacts")
    await expect(page.locator("header nav button[aria-current=true]")).to_contain_text("Contacts")
