"""How widely a lead of GDELT was told in the news, at the screen."""

import csv
import gzip
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from playwright.async_api import expect

from tests.browser.conftest import Desks
from tests.browser.test_accessibility import check
from tests.platforms import LoadedPlatform, People

Json = dict[str, Any]
SAID = {
    "en": ("60 articles by", "News repeats news: this corroborates nothing."),
    "ru": ("60 статей", "Новости повторяют друг друга: это ничего не подтверждает."),
}


async def _told_lead(platform: LoadedPlatform, data: Path) -> Json:
    """An event of a real export that 60 articles of a real file are said to mention."""
    with (data / "events/gdelt/mentionssamp.csv").open(encoding="utf-8", newline="") as file:
        articles = list({row[5]: row for row in list(csv.reader(file))[1:]}.values())[:60]
    export = gzip.decompress((data / "events/gdelt/20180101000000.export.CSV.gz").read_bytes())
    event = next(fields[0] for fields in (line.split("\t") for line in export.decode().splitlines()) if fields[53] == "AF")
    mentions = "".join("\t".join([event, *row[1:]]) + "\n" for row in articles)
    feed = f"news-{uuid4().hex[:8]}"
    wanted = {"id": feed, "name": "EXERCISE news", "organization": "unct-tjk", "adapter": "gdelt-mentions", "trust": "medium"}
    async with httpx.AsyncClient(base_url=platform.base_url, timeout=30) as http:
        people = await People.sign_in(http, {name: platform.credentials[name] for name in ("unct-tjk", "analyst", "administrator")})
        await people.post("administrator", "/feeds", wanted | {"country": "AFG", "expected_interval_minutes": 600})
        for body in (export, mentions.encode()):
            headers = people.headers("unct-tjk") | {"content-type": "text/tab-separated-values"}
            sent = await http.post(f"/v1/feeds/{feed}/submissions", content=body, headers=headers)
            assert sent.status_code == 202, sent.text
        found: Json = (await people.get("analyst", f"/observations?feed={feed}&external_id=gdelt-{event}"))["items"][0]
    return found


@pytest.mark.parametrize(("locale", "language"), [("en-GB", "en"), ("ru-RU", "ru")])
async def test_r8_a_lead_says_how_widely_it_was_told_and_that_this_supports_nothing(
    desks: Desks, data: Path, locale: str, language: str
) -> None:
    lead = await _told_lead(desks.platform, data)
    page = await desks.sign_in("analyst", f"/incidents?open={lead['incident']}", locale=locale)
    account = page.get_by_role("article").filter(has_text=lead["external_id"])
    for said in SAID[language]:
        await expect(account).to_contain_text(said)
    await check(page, language)
