"""Searches a person keeps, at the screen: named, told of what is new, asked again, forgotten."""

import re

from playwright.async_api import expect

from tests.browser.conftest import Desks
from tests.browser.test_accessibility import check
from tests.browser.test_search import people, scattered, shows
from tests.platforms import People

__all__ = ["people"]


async def test_a_kept_search_tells_live_of_what_is_new_and_asks_it_again(desks: Desks, people: People) -> None:
    # What other tests of this platform keep has been seen.
    for kept in (await people.get("analyst", "/searches"))["items"]:
        await people.post("analyst", f"/searches/{kept['id']}/open")
    word = await scattered(people)
    page = await desks.sign_in("analyst", f"/incidents?q={word}&country=TJK")
    await shows(page, 3)
    await page.get_by_role("button", name="Kept searches").click()
    await page.get_by_role("menuitem", name="Keep this search").click()
    await page.get_by_label("Name").fill(f"Watch {word}")
    await check(page, "en")
    await page.get_by_role("button", name="Keep it").click()
    await expect(page.get_by_role("dialog")).to_have_count(0)

    await page.get_by_role("button", name="Clear").click()
    row = {"external_id": f"{word}-later", "occurred_at": "2026-11-20T06:00:00Z", "country": "TJK", "themes": ["border"]}
    receipt = await people.post("unct-tjk", "/feeds/unct-tjk/submissions", [row | {"title": f"EXERCISE {word} later"}])
    assert receipt["accepted"] == 1, receipt
    await expect(page.get_by_role("button", name=re.compile("Kept searches.*1 new incident"))).to_be_visible(timeout=20_000)
    await page.get_by_role("button", name="Kept searches").click()
    await check(page, "en")
    await page.get_by_role("menuitem", name=re.compile(f"Watch {word}")).click()
    await expect(page).to_have_url(re.compile(rf"q={word}.*country=TJK|country=TJK.*q={word}"))
    await shows(page, 4)
    await expect(page.get_by_role("button", name=re.compile("new incident"))).to_have_count(0)

    russian = await desks.sign_in("analyst", "/incidents", locale="ru-RU")
    await russian.get_by_role("button", name="Сохранённые запросы").click()
    await russian.get_by_role("menuitem", name="Удалить запрос").click()
    await russian.get_by_role("radio", name=f"Watch {word}").check()
    await check(russian, "ru")
    await russian.get_by_role("button", name="Удалить", exact=True).click()
    await expect(russian.get_by_role("dialog")).to_have_count(0)
    await russian.get_by_role("button", name="Сохранённые запросы").click()
    await expect(russian.get_by_role("menuitem", name=f"Watch {word}")).to_have_count(0)
