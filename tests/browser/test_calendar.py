"""The calendar at the screen: walked by keys, read day by day, and subscribed to from elsewhere."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from icalendar import Calendar
from playwright.async_api import Page, expect

from tests.browser.conftest import Desks
from tests.browser.test_accessibility import check, serious_findings

# The middle of a month to come: walking by day from it stays in the month.
DAY = (datetime.now(UTC).replace(day=15) + timedelta(days=60)).replace(day=15, hour=9, minute=0, second=0, microsecond=0)


async def plan(page: Page, base_url: str, **more: Any) -> dict[str, Any]:
    """A meeting proposed with the first Government of the register."""
    parties = await (await page.request.get(f"{base_url}/v1/parties?kind=government")).json()
    body = {
        "kind": "meeting",
        "title": f"EXERCISE: pastures {uuid.uuid4().hex[:8]}",
        "parties": [parties["items"][0]["id"]],
        "countries": ["TJK"],
        "themes": ["border"],
        "starts_at": DAY.isoformat(),
        "ends_at": (DAY + timedelta(hours=2)).isoformat(),
        "time_zone": "Asia/Dushanbe",
        "place": "Dushanbe",
        "label": {"sensitivity": "unclassified", "tlp": "GREEN"},
    }
    answer = await page.request.post(f"{base_url}/v1/engagements", data=body | more)
    assert answer.status == 201, await answer.text()
    made: dict[str, Any] = await answer.json()
    return made


async def test_a_month_is_walked_by_keys_and_a_day_opened(desks: Desks) -> None:
    page = await desks.sign_in("political-officer", "/calendar")
    meeting = await plan(page, desks.platform.base_url)
    await page.goto(f"/calendar?month={DAY:%Y-%m}")
    grid = page.get_by_role("grid")
    await expect(grid.get_by_text(meeting["title"])).to_be_visible()
    await check(page, "en")

    await grid.locator("[tabindex='0']").focus()
    focused = page.locator("td:focus")
    for key, day in (("ArrowDown", 8), ("ArrowRight", 9), ("ArrowUp", 2), ("ArrowLeft", 1)):
        await page.keyboard.press(key)
        await expect(focused).to_have_attribute("data-day", f"{DAY:%Y-%m}-{day:02}")
    await page.keyboard.press("PageDown")
    await expect(focused).to_have_attribute("data-day", f"{(DAY + timedelta(days=30)).replace(day=1):%Y-%m-%d}")
    await page.keyboard.press("t")
    await expect(focused).to_have_attribute("aria-current", "date")
    await page.goto(f"/calendar?month={DAY:%Y-%m}&day={DAY:%Y-%m-%d}")
    await grid.locator(f"[data-day='{DAY:%Y-%m-%d}']").focus()
    await page.keyboard.press("Enter")
    listed = page.get_by_role("listitem").filter(has_text=meeting["reference"])
    await expect(listed.get_by_text("Proposed")).to_be_visible()
    await expect(listed.get_by_text("14:00, Asia/Dushanbe")).to_be_visible()
    await check(page, "en")
    await listed.get_by_role("link").click()
    await expect(page.get_by_role("heading", name=meeting["title"])).to_be_visible()


async def test_filters_are_in_the_address_and_a_new_meeting_appears_by_itself(desks: Desks) -> None:
    page = await desks.sign_in("political-officer", "/calendar")
    await page.goto(f"/calendar?month={DAY:%Y-%m}&view=agenda")
    await page.get_by_label("Country").select_option("TJK")
    await expect(page).to_have_url(f"{desks.platform.base_url}/calendar?month={DAY:%Y-%m}&view=agenda&country=TJK")
    meeting = await plan(page, desks.platform.base_url)
    await expect(page.get_by_text(meeting["title"])).to_be_visible()
    await page.get_by_label("Country").select_option("KAZ")
    await expect(page.get_by_text(meeting["title"])).to_have_count(0)
    await page.reload()
    await expect(page.get_by_label("Country")).to_have_value("KAZ")


async def test_who_subscribes_gets_an_address_once_and_ends_it(desks: Desks) -> None:
    page = await desks.sign_in("political-officer", "/calendar")
    meeting = await plan(page, desks.platform.base_url)
    name = f"Telephone {uuid.uuid4().hex[:6]}"
    await page.goto("/calendar")
    await page.get_by_role("button", name="Subscribe").click()
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_text("Whoever has the address reads this calendar")).to_be_visible()
    await dialog.get_by_label("Show up to").select_option("confidential")
    await expect(dialog.get_by_text("will then lie on the device")).to_be_visible()
    await dialog.get_by_label("Show up to").select_option("unclassified")
    await dialog.get_by_label("Where it will be read").fill(name)
    await dialog.get_by_role("button", name="Make an address").click()
    address = await dialog.get_by_label("Secret address").input_value()
    assert await serious_findings(page) == []

    async with httpx.AsyncClient() as programme:
        read = Calendar.from_ical((await programme.get(address)).content)
        assert meeting["title"] in " ".join(str(each["SUMMARY"]) for each in read.events)
        await dialog.get_by_role("button", name="Done").click()
        await expect(dialog.get_by_label("Secret address")).to_have_count(0)
        await dialog.get_by_role("button", name=f"Revoke {name}").click()
        await expect(dialog.get_by_text(name)).to_have_count(0)
        assert (await programme.get(address)).status_code == 404
    token = address.rsplit("/", 1)[1].removesuffix(".ics")
    logs = list(desks.platform.platform.folder.glob("logs/*.log"))
    assert logs
    assert not [log.name for log in logs if token in log.read_text(errors="replace")]


async def test_the_calendar_in_russian_on_a_narrow_display(desks: Desks) -> None:
    page = await desks.sign_in("political-officer", "/calendar", locale="ru-RU")
    meeting = await plan(page, desks.platform.base_url, title=f"УЧЕНИЕ: пастбища {uuid.uuid4().hex[:8]}")
    await page.set_viewport_size({"width": 400, "height": 800})
    await page.goto(f"/calendar?month={DAY:%Y-%m}")
    await expect(page.get_by_role("heading", name="Календарь")).to_be_visible()
    await expect(page.get_by_text(meeting["title"])).to_be_visible()
    await expect(page.get_by_role("grid")).to_have_count(0)
    await check(page, "ru")
    await page.get_by_label("Вид").select_option("month")
    await expect(page.get_by_role("grid")).to_be_visible()
    await check(page, "ru")
