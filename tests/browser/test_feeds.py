"""Feeds at the screen: their health, what they delivered, what was refused, how they are set up."""

import json
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from playwright.async_api import expect
from sqlalchemy import text

from chassis.principal import system_principal
from services.reports.app import SERVICE
from tests.browser.conftest import Desks
from tests.browser.test_accessibility import LANGUAGES, check, serious_findings
from tests.platforms import LoadedPlatform, fetch_token
from tests.services.reports.feeds.origin import Page as Answer
from tests.services.reports.feeds.origin import serve


async def deliver(platform: LoadedPlatform, rows: list[object]) -> None:
    """Deliver as the country team in Tajikistan."""
    async with httpx.AsyncClient(base_url=platform.base_url) as http:
        token = await fetch_token(http, platform.credentials["unct-tjk"])
        sent = await http.post("/v1/feeds/unct-tjk/submissions", json=rows, headers={"authorization": f"Bearer {token}"})
        assert sent.status_code == 202, sent.text


def row(**more: object) -> dict[str, object]:
    """A native row of its own."""
    known = {"external_id": f"screen-{uuid4()}", "occurred_at": "2026-03-01T10:00:00Z", "title": "Exercise", "country": "TJK"}
    return known | more


async def test_r7_a_feeds_page_shows_its_deliveries_and_why_rows_were_refused(desks: Desks) -> None:
    await deliver(desks.platform, [row(), row(latitude=91.0, longitude=70.0), {"title": "no place"}])
    page = await desks.sign_in("analyst", "/feeds")
    await expect(page.get_by_role("link", name="United Nations country team in Tajikistan")).to_be_visible()
    await check(page, "en")
    await page.keyboard.press("j")
    assert await page.evaluate("document.activeElement.hasAttribute('data-row')")
    await page.get_by_role("link", name="United Nations country team in Tajikistan").click()
    await expect(page.get_by_role("heading", name="Recent deliveries")).to_be_visible()
    await page.get_by_role("link", name="Refused rows of the delivery").first.click()
    await expect(page.get_by_role("heading", name="Refused rows")).to_be_visible()
    await expect(page.get_by_text("/latitude")).to_be_visible()
    await expect(page.get_by_role("row", name="Row 3")).to_contain_text("is needed")
    assert "submission=" in page.url
    await check(page, "en")
    await expect(page.get_by_role("button", name="Change the feed")).to_have_count(0)
    await expect(page.get_by_role("heading", name="Try a file")).to_have_count(0)


async def test_a_new_delivery_appears_without_reloading(desks: Desks) -> None:
    page = await desks.sign_in("analyst", "/feeds/unct-tjk")
    await expect(page.get_by_role("heading", name="Recent deliveries")).to_be_visible()
    await deliver(desks.platform, [row() for _ in range(37)])
    await expect(page.get_by_role("cell", name="37", exact=True).first).to_be_visible()


async def test_the_administrator_sets_up_a_feed_that_is_fetched_and_sees_it_fail_and_recover(desks: Desks, tmp_path: Path) -> None:
    feed = f"screen-{uuid4().hex[:8]}"
    with serve() as origin:
        origin.pages["/rows"] = Answer(status=503)
        page = await desks.sign_in("administrator", "/feeds")
        await page.get_by_role("button", name="New feed").click()
        dialog = page.get_by_role("dialog")
        await dialog.get_by_role("textbox", name="Name").fill("Fetched exercise")
        await dialog.get_by_role("textbox", name="Id").fill(feed)
        await dialog.get_by_role("textbox", name="Organization").fill("unct-tjk")
        await dialog.get_by_label("Country of what names none").select_option("TJK")
        await dialog.get_by_label("Fetched from").fill("https://10.0.0.1/rows")
        assert await serious_findings(page) == []
        await dialog.get_by_role("button", name="Save").click()
        await expect(dialog.get_by_role("alert")).to_contain_text("private or reserved network")
        await dialog.get_by_label("Fetched from").fill(f"{origin.url}/rows")
        await dialog.get_by_role("button", name="Save").click()
        await expect(page.get_by_role("heading", name="Fetched exercise")).to_be_visible()
        await expect(page.get_by_text("The server answered 503.")).to_be_visible(timeout=30_000)
        await check(page, "en")

        # Naming columns anew; the address with its parameter is another one, so it is fetched at once.
        origin.pages["/rows"] = Answer(json.dumps([row()]).encode(), headers={"Content-Type": "application/json"})
        await page.get_by_role("button", name="Change the feed").click()
        await dialog.get_by_label("Column mapping").fill("{")
        await expect(dialog.get_by_role("button", name="Save")).to_be_disabled()
        await dialog.get_by_label("Column mapping").fill("")
        await dialog.get_by_label("Fetched from").fill(f"{origin.url}/rows?again=1")
        await dialog.get_by_role("button", name="Save").click()
        await expect(dialog).to_have_count(0)
        await expect(page.get_by_text("The server answered 503.")).to_have_count(0, timeout=30_000)
        await expect(page.locator("main")).to_contain_text("speaks")

    file = tmp_path / "rows.csv"
    file.write_text("external_id,occurred_at,title,country\nx,2026-03-01T10:00:00Z,Exercise,TJK\ny,never,Exercise,TJK\n")
    async with page.expect_file_chooser() as chooser:
        await page.get_by_role("button", name="Choose a file").click()
    await (await chooser.value).set_files(file)
    await expect(page.get_by_text("would be kept")).to_be_visible()
    await expect(page.get_by_role("row", name="Line 3")).to_contain_text("occurred_at")
    await check(page, "en")


async def test_r7_a_feeds_page_says_that_it_is_waited_for_not_configured_or_silent(desks: Desks) -> None:
    feed = f"health-{uuid4().hex[:8]}"
    known = {"id": feed, "name": "Health", "organization": "unct-tjk", "trust": "medium", "expected_interval_minutes": 60, "country": "TJK"}
    fetched = {"url": "http://127.0.0.1:9/x", "pull_every_minutes": 60, "credentials": "no-such-key"}
    async with httpx.AsyncClient(base_url=desks.platform.base_url) as http:
        signed = {"authorization": f"Bearer {await fetch_token(http, desks.platform.credentials['administrator'])}"}
        made = await http.post("/v1/feeds", json=known, headers=signed)
        assert made.status_code == 201, made.text
        page = await desks.sign_in("analyst", f"/feeds/{feed}")
        await expect(page.get_by_text("waited for")).to_be_visible()
        await expect(page.locator("main")).to_contain_text("Expected at least every 1 hour.")
        await check(page, "en")
        await last_heard(desks.platform, feed, days_ago=400)
        await page.reload()
        await expect(page.locator("main").get_by_text("silent")).to_be_visible()
        await expect(page.locator("main")).to_contain_text("Last heard", timeout=30_000)
        body = {name: said for name, said in (known | fetched).items() if name not in ("id", "organization")}
        changed = await http.put(f"/v1/feeds/{feed}", json=body, headers=signed | {"if-match": made.headers["etag"]})
        assert changed.status_code == 200, changed.text
    await page.reload()
    await expect(page.get_by_text("not configured")).to_be_visible(timeout=30_000)
    await expect(page.locator("main")).to_contain_text("Fetched every 1 hour.")
    await check(page, "en")


async def last_heard(platform: LoadedPlatform, feed: str, days_ago: int) -> None:
    """Let the feed have been heard of so long ago."""
    database = SERVICE.connect(platform.platform.database_urls["reports"].app_url)
    async with database.transaction(system_principal("reports")) as session:
        aged = text("update feed_health set last_delivery_at = now() - make_interval(days => :days) where feed = :feed")
        await session.execute(aged, {"days": days_ago, "feed": feed})
    await database.close()


async def test_two_edits_of_one_feed_overwrite_nothing_unseen(desks: Desks) -> None:
    feed = f"edited-{uuid4().hex[:8]}"
    wanted = {
        "id": feed,
        "name": "Before",
        "organization": "unct-tjk",
        "trust": "medium",
        "expected_interval_minutes": 60,
        "country": "TJK",
    }
    async with httpx.AsyncClient(base_url=desks.platform.base_url) as http:
        token = await fetch_token(http, desks.platform.credentials["administrator"])
        made = await http.post("/v1/feeds", json=wanted, headers={"authorization": f"Bearer {token}"})
        assert made.status_code == 201, made.text
    one, other = [await desks.sign_in("administrator", f"/feeds/{feed}") for _ in range(2)]
    for page in (one, other):
        await page.get_by_role("button", name="Change the feed").click()
        await page.get_by_role("dialog").get_by_role("textbox", name="Name").fill("By one" if page is one else "By the other")
    await one.get_by_role("button", name="Save").click()
    await expect(one.get_by_role("heading", name="By one")).to_be_visible()
    await other.get_by_role("button", name="Save").click()
    await expect(other.get_by_role("dialog").get_by_role("alert")).to_contain_text("changed")
    await expect(other.get_by_role("dialog").get_by_role("textbox", name="Name")).to_have_value("By the other")


@pytest.mark.parametrize(("language", "width"), [("en", 400), ("ru", 1366), ("ru", 400)])
async def test_both_pages_in_both_languages_wide_and_narrow(desks: Desks, language: str, width: int) -> None:
    await deliver(desks.platform, [row(), {"title": "no place"}])
    page = await desks.sign_in("administrator", "/feeds", locale=LANGUAGES[language], width=width)
    await expect(page.locator("[data-row]").first).to_be_visible()
    await check(page, language)
    await page.goto("/feeds/unct-tjk")
    await page.locator("[data-row]").first.click()
    await expect(page.locator("#rejections")).to_be_visible()
    await check(page, language)
