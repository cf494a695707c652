"""Searching incidents at the screen: words, counts, the brush over time, and files; all of it in the address."""

import asyncio
import base64
import random
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.async_api import Page, Route, expect

from tests.browser.conftest import Desks
from tests.browser.test_accessibility import check
from tests.platforms import People

Json = dict[str, Any]
# What is written into pictures from then on.
WRITTEN = """() => {
  window.written = [];
  const write = CanvasRenderingContext2D.prototype.fillText;
  CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) {
    window.written.push(text);
    return write.call(this, text, ...rest);
  };
}"""
PIXELS = """async (name) => {
  const picture = await createImageBitmap(await (await fetch("data:image/png;base64," + name)).blob());
  const canvas = new OffscreenCanvas(picture.width, picture.height);
  const pen = canvas.getContext("2d");
  pen.drawImage(picture, 0, 0);
  const at = (x, y) => [...pen.getImageData(x, y, 1, 1).data.slice(0, 3)];
  return {width: picture.width, height: picture.height, top: at(3, 3), bottom: at(3, picture.height - 3)};
}"""


@pytest.fixture
async def people(desks: Desks) -> AsyncIterator[People]:
    """A feed and the analyst at the public API."""
    async with httpx.AsyncClient(base_url=desks.platform.base_url, timeout=30) as http:
        yield await People.sign_in(http, {name: desks.platform.credentials[name] for name in ("unct-tjk", "analyst")})


async def scattered(people: People, **more: Any) -> str:
    """Five incidents on five days in a row, three in Tajikistan, two in Kyrgyzstan; the word that their titles hold."""
    # Folding takes nothing from it (chassis/spelling.py), so that none begins like another.
    word = "".join(random.choice("bdgklmnprst") + random.choice("aou") for _ in range(6))
    day = datetime.now(UTC).replace(hour=6, minute=0, second=0, microsecond=0) - timedelta(days=20)
    places = [("TJK", 38.5 + n / 10, 69.1) for n in range(3)] + [("KGZ", 42.4 + n / 10, 74.6) for n in range(2)]
    rows = [
        {
            "external_id": f"{word}-{n}",
            "occurred_at": (day + timedelta(days=n)).isoformat(),
            "country": country,
            "latitude": latitude,
            "longitude": longitude,
            "themes": ["humanitarian"],
            "title": f"EXERCISE {word} {n}",
        }
        | more
        for n, (country, latitude, longitude) in enumerate(places)
    ]
    receipt = await people.post("unct-tjk", "/feeds/unct-tjk/submissions", rows)
    assert receipt["accepted"] == 5, receipt
    return word


async def shows(page: Page, number: int) -> None:
    """List, map and counts agree on how many fit."""
    await expect(page.locator("[data-row]")).to_have_count(number)
    await expect(page.get_by_text(re.compile(f"^{number} incidents? fits?$"))).to_be_visible()


async def test_words_counts_and_the_back_button_live_in_the_address(desks: Desks, people: People) -> None:
    word = await scattered(people)
    page = await desks.sign_in("analyst", "/incidents")
    await expect(page.locator("[data-row]").first).to_be_visible()
    box = page.get_by_role("searchbox", name="Words")
    await box.fill(word)
    await box.press("Enter")
    await shows(page, 5)
    counts = page.get_by_role("group", name="Country", exact=True)
    await counts.get_by_role("button", name=re.compile("^Tajikistan")).press("Enter")
    await shows(page, 3)
    await expect(page).to_have_url(re.compile(rf"q={word}.*country=TJK"))
    await check(page, "en")
    again = await desks.sign_in("reviewer", page.url.removeprefix(desks.platform.base_url), locale="ru-RU")
    await expect(again.locator("[data-row]")).to_have_count(3)
    await expect(again.get_by_role("searchbox", name="Слова")).to_have_value(word)
    await check(again, "ru")
    await page.go_back()
    await shows(page, 5)
    await page.go_back()
    await expect(box).to_have_value("")


async def test_the_brush_filters_list_map_and_counts_by_keys_and_by_finger(desks: Desks, people: People) -> None:
    word = await scattered(people)
    page = await desks.sign_in("analyst", f"/incidents?q={word}")
    await shows(page, 5)
    before = await page.get_by_test_id("incident-map").get_attribute("data-points")
    first = page.get_by_role("slider", name="From")
    await first.focus()
    for _ in range(3):
        await page.keyboard.press("ArrowRight")
    await expect(page).to_have_url(re.compile("since="))
    await shows(page, 2)
    await expect(page.get_by_test_id("incident-map")).not_to_have_attribute("data-points", str(before))
    await expect(first).to_be_focused()
    last = page.get_by_role("slider", name="To", exact=True)
    await last.focus()
    await page.keyboard.press("Home")
    await shows(page, 1)
    assert await first.get_attribute("aria-valuetext") == await last.get_attribute("aria-valuetext")
    await check(page, "en")
    await page.get_by_role("button", name="All time").click()
    await shows(page, 5)
    chart = page.get_by_role("region", name="When it occurred").locator("svg")
    frame = await chart.bounding_box()
    assert frame
    down = {"pointerType": "touch", "pointerId": 5, "isPrimary": True, "bubbles": True, "clientY": frame["y"] + 9}
    from_to = [frame["x"] + frame["width"] * part for part in (0.3, 0.7)]
    await page.evaluate("Element.prototype.setPointerCapture = () => undefined")
    for kind, x in (("pointerdown", from_to[0]), ("pointermove", from_to[1]), ("pointerup", from_to[1])):
        await chart.dispatch_event(kind, down | {"clientX": x})
    await shows(page, 3)


async def test_a_slow_or_failing_line_keeps_what_was_there_and_can_be_asked_again(desks: Desks, people: People) -> None:
    word = await scattered(people)
    page = await desks.sign_in("analyst", f"/incidents?q={word}")
    await shows(page, 5)

    async def slow(route: Route) -> None:
        await asyncio.sleep(1.5)
        await route.continue_()

    await page.route("**/v1/incidents?*", slow)
    await page.get_by_label("Country").first.select_option("TJK")
    await expect(page.locator("[aria-busy=true] [data-row]")).to_have_count(5)
    await shows(page, 3)
    await page.unroute("**/v1/incidents?*")
    refusal = {"type": "about:/rate-limited", "title": "Too many", "status": 429}
    for path in ("facets", "timeline", "map"):
        await page.route(f"**/v1/incidents/{path}?*", lambda route: route.fulfill(status=429, json=refusal))
    await page.get_by_label("Country").first.select_option("KGZ")
    await expect(page.locator("[data-row]")).to_have_count(2)
    await expect(page.get_by_role("alert")).to_have_count(3)
    await expect(page.get_by_text("3 incidents fit")).to_be_visible()
    await check(page, "en")
    await page.unroute_all()
    for _ in range(3):
        await page.get_by_role("button", name="Ask again").first.click()
        await asyncio.sleep(0.3)
    await expect(page.get_by_role("alert")).to_have_count(0)
    await shows(page, 2)


async def test_files_and_a_picture_bear_the_marking_of_the_strictest_in_them(desks: Desks, people: People, tmp_path: Path) -> None:
    word = await scattered(people, label={"sensitivity": "confidential", "tlp": "AMBER+STRICT"})
    page = await desks.sign_in("analyst", f"/incidents?q={word}")
    await shows(page, 5)
    for name, suffix, holds in (
        ("GeoJSON", "geojson", '"marking"'),
        ("CSV", "csv", "CONFIDENTIAL"),
        ("HXL (CSV with hashtags)", "hxl.csv", "#"),
    ):
        await page.get_by_role("button", name="Export").click()
        async with page.expect_download() as coming:
            await page.get_by_role("menuitem", name=name, exact=True).click()
        file = await coming.value
        assert file.suggested_filename == f"incidents.{suffix}"
        await file.save_as(tmp_path / suffix)
        text = (tmp_path / suffix).read_text()
        assert holds in text
        assert text.count(word) >= 5
    await page.evaluate(WRITTEN)
    async with page.expect_download() as coming:
        await page.get_by_role("button", name="Save as a picture").click()
    picture = await coming.value
    await picture.save_as(tmp_path / "incidents.png")
    png = (tmp_path / "incidents.png").read_bytes()
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    box = await page.get_by_test_id("incident-map").bounding_box()
    assert box
    seen = await pixels(desks, png)
    assert seen["top"] == seen["bottom"] == [0x7A, 0x43, 0x00], "the banner of what is confidential, above and below"
    assert seen["height"] > box["height"] + 100
    written = await page.evaluate("window.written")
    assert [written.count(each) for each in ("CONFIDENTIAL", "TLP:AMBER+STRICT")] == [2, 2]
    disclaimer = await page.get_by_text("do not imply").first.inner_text()
    assert " ".join(disclaimer.split()) in " ".join(written), "what a map has to say for itself, it says in the picture, too"


async def pixels(desks: Desks, png: bytes) -> Json:
    """What a picture shows at its edges, as a browser reads it; on an empty page, which forbids nothing."""
    context = await desks.browser.new_context()
    page = await context.new_page()
    found: Json = await page.evaluate(PIXELS, base64.b64encode(png).decode())
    await context.close()
    return found
