"""No screen has a serious or critical finding of axe, in either language, light or dark, wide or narrow; every screen is marked."""

from pathlib import Path
from typing import Literal

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import Desks

AXE = (Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js").read_text()
SCREENS = {
    "incidents": "[data-row]",
    "triage": "[data-row]",
    "efforts": "h1",
    "reports": "[data-row]",
    "reports/new": "textarea",
    "coverage": "table",
    "calendar": "h2",
    "engagements": "table",
    "commitments": "h1",
    "mandates": "table",
    "exchange": "h1",
    "feeds": "[data-row]",
    "freshness": "table",
}
LANGUAGES = {"en": "en-GB", "ru": "ru-RU"}


async def serious_findings(page: Page) -> list[str]:
    """Findings of axe with a serious or critical impact, each with the places it was found at."""
    await page.evaluate(AXE)
    violations = (await page.evaluate("axe.run(document, {resultTypes: ['violations']})"))["violations"]
    grave = [each for each in violations if each["impact"] in ("serious", "critical")]
    return [f"{each['id']}: {[node['target'] for node in each['nodes']]}" for each in grave]


async def check(page: Page, language: str) -> None:
    """What holds on every page."""
    await expect(page.locator("html")).to_have_attribute("lang", language)
    banners = page.locator("[data-sensitivity][data-place]")
    await expect(banners).to_have_count(2)
    assert len(set(await banners.all_inner_texts())) == 1, "top and bottom say the same"
    assert await page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), "nothing sticks out"
    assert await serious_findings(page) == []


@pytest.mark.parametrize("language", LANGUAGES)
async def test_sign_in(desks: Desks, language: str) -> None:
    page = await desks.open("/sign-in", locale=LANGUAGES[language])
    await expect(page.locator("form")).to_be_visible()
    await check(page, language)


@pytest.mark.parametrize(("language", "scheme"), [("en", "light"), ("ru", "dark")])
async def test_every_screen(desks: Desks, language: str, scheme: Literal["light", "dark"]) -> None:
    page = await desks.sign_in("analyst", "/incidents", locale=LANGUAGES[language])
    await page.emulate_media(color_scheme=scheme)
    for screen, sign_of_content in SCREENS.items():
        await page.goto(f"/{screen}")
        await expect(page.locator(sign_of_content).first).to_be_visible()
        await check(page, language)


async def test_api_reference(desks: Desks) -> None:
    page = await desks.open("/docs")
    await page.locator("#listIncidents summary").click()
    await expect(page.locator("#listIncidents table").first).to_be_visible()
    assert await serious_findings(page) == []


async def test_every_screen_on_a_narrow_display(desks: Desks) -> None:
    page = await desks.open("/incidents", width=400, height=800)
    entry = desks.platform.credentials["analyst"]
    await page.locator("input[autocomplete=username]").fill(entry["client_id"])
    await page.locator("input[autocomplete=current-password]").fill(entry["client_secret"])
    await page.locator("button[type=submit]").click()
    for screen, sign_of_content in SCREENS.items():
        await expect(page.locator("header")).to_be_visible()
        await page.goto(f"/{screen}")
        await expect(page.locator(sign_of_content).first).to_be_visible()
        await check(page, "en")


async def test_open_incident_report_and_dialog(desks: Desks) -> None:
    page = await desks.sign_in("analyst", "/incidents")
    await page.locator("[data-row]").first.click()
    await expect(page.locator("article").first).to_be_visible()
    await check(page, "en")
    await page.goto("/reports?state=issued")
    await page.locator("[data-row]").first.click()
    await expect(page.locator("article")).to_be_visible()
    await check(page, "en")
    officer = await desks.sign_in("political-officer", "/engagements")
    await officer.get_by_role("button", name="Propose an engagement").click()
    await expect(officer.get_by_role("dialog").get_by_label("Title")).to_be_visible()
    assert await serious_findings(officer) == []
