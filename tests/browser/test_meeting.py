"""A meeting's plan at the screen: moved at the clock of its place, saved by two at once, followed up; an encounter of the Head."""

import re

from playwright.async_api import Page, expect

from tests.browser.conftest import Desks
from tests.browser.test_accessibility import check, serious_findings
from tests.browser.test_liaison import confirm, prepare


async def open_plan(page: Page) -> None:
    """Open the plan of the meeting on this page."""
    await page.get_by_role("button", name="Edit the plan").click()
    await expect(page.get_by_role("dialog").get_by_label("Title")).to_be_visible()


async def test_moving_a_scheduled_meeting_says_that_it_is_scheduled_anew(desks: Desks) -> None:
    _, meeting = await prepare(desks, "schedule")
    page = await desks.sign_in("political-officer", f"/engagements/{meeting['id']}")
    await open_plan(page)
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Time zone").select_option("Asia/Dushanbe")
    await expect(dialog.get_by_label("Starts")).to_have_value("2030-05-01T14:00")
    await expect(dialog.get_by_text("The time moves")).to_have_count(0)
    await dialog.get_by_label("Starts").fill("2030-05-01T13:30")
    await expect(dialog.get_by_text("The time moves")).to_be_visible()
    assert await serious_findings(page) == []
    await dialog.get_by_label("Languages").fill("russian")
    await dialog.get_by_role("button", name="Save the plan").click()
    await expect(dialog.get_by_label("Languages")).to_have_attribute("aria-invalid", "true")
    await dialog.get_by_label("Languages").fill("ru, tg")
    await confirm(page, "Save the plan")
    await expect(page.get_by_text(re.compile("08:30 UTC")).first).to_be_visible()
    await expect(page.get_by_text(re.compile("13:30 – 16:00 \\(Asia/Dushanbe\\)"))).to_be_visible()
    await expect(page.locator("main").get_by_text(re.compile("Proposed$"))).to_be_visible()


async def test_two_who_edit_one_plan_lose_nothing(desks: Desks) -> None:
    _, meeting = await prepare(desks)
    path = f"/engagements/{meeting['id']}"
    mine, theirs = await desks.sign_in("political-officer", path), await desks.sign_in("head-of-centre", path)
    await open_plan(mine)
    await mine.get_by_role("dialog").get_by_label("Agenda").fill("1. Canal gates")
    await open_plan(theirs)
    await theirs.get_by_role("dialog").get_by_role("textbox", name="Place").fill("Dushanbe, the Ministry")
    await confirm(theirs, "Save the plan")

    dialog = mine.get_by_role("dialog")
    # Live updates may tell of it first; otherwise saving is refused, and tells.
    save = dialog.get_by_role("button", name="Save the plan")
    await expect(dialog.get_by_text("Dushanbe, the Ministry").or_(save.and_(mine.locator(":enabled"))).first).to_be_visible()
    if await save.is_enabled():
        await save.click()
    await expect(dialog.get_by_text("Dushanbe, the Ministry")).to_be_visible()
    await expect(save).to_be_disabled()
    assert await serious_findings(mine) == []
    await dialog.get_by_role("button", name="Keep what I changed").click()
    await confirm(mine, "Save the plan")
    await expect(mine.get_by_text("1. Canal gates")).to_be_visible()
    await expect(mine.get_by_text("Dushanbe, the Ministry")).to_be_visible()


async def test_r1_the_head_records_an_encounter_and_proposes_to_follow_it_up(desks: Desks) -> None:
    _, meeting = await prepare(desks)
    officer = await desks.sign_in("political-officer", "/engagements")
    await expect(officer.get_by_role("button", name="Propose an engagement")).to_be_visible()
    await expect(officer.get_by_role("button", name="Record an unplanned encounter")).to_have_count(0)

    page = await desks.sign_in("head-of-centre", "/engagements", locale="ru-RU", width=400)
    await page.get_by_role("button", name="Записать незапланированную встречу").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Название").fill("EXERCISE: at the airport")
    await dialog.get_by_role("combobox", name="Стороны").fill(meeting["title"].removesuffix(" meets"))
    await page.get_by_role("listbox").get_by_role("option").first.click()
    await dialog.get_by_label("Таджикистан").check()
    await dialog.get_by_label("Границы").check()
    await dialog.get_by_label("Начало").fill("2026-01-05T10:00")
    await dialog.get_by_label("Окончание").fill("2026-01-05T10:20")
    assert await serious_findings(page) == []
    await confirm(page, "Записать")
    await expect(page.get_by_role("heading", level=1, name="EXERCISE: at the airport")).to_be_visible()
    await check(page, "ru")

    await page.get_by_role("button", name="Предложить продолжение").click()
    await expect(dialog.get_by_role("combobox", name="Продолжает")).to_have_value(re.compile("at the airport"))
    await dialog.get_by_label("Начало").fill("2031-01-05T10:00")
    await dialog.get_by_label("Окончание").fill("2031-01-05T11:00")
    await confirm(page, "Предложить")
    await expect(page.get_by_text("Продолжает", exact=True)).to_be_visible()
    # By its number: the history of talks with the party names it as well.
    await expect(page.get_by_role("link", name=re.compile("^ENG-.* at the airport"))).to_be_visible()
