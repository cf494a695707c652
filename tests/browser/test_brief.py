"""The brief at the screen of a meeting: what it holds at a glance, and the documents."""

import uuid
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from docx import Document
from playwright.async_api import Page, expect

from tests.browser.conftest import Desks
from tests.browser.test_accessibility import check

SOON = datetime.now(UTC).replace(microsecond=0) + timedelta(days=40)


async def plan(page: Page, base_url: str, title: str) -> tuple[str, str]:
    """A meeting with another party to whom something was promised and to whom nobody concurred; its id, and the party's name."""

    async def post(path: str, body: dict[str, object]) -> dict[str, str]:
        answer = await page.request.post(f"{base_url}/v1{path}", data=body)
        assert answer.status == 201, await answer.text()
        made: dict[str, str] = await answer.json()
        return made

    name = f"EXERCISE: party {uuid.uuid4().hex[:8]}"
    party = await post("/parties", {"kind": "other-party", "name": name, "countries": ["TJK"]})
    times = {"starts_at": SOON.isoformat(), "ends_at": (SOON + timedelta(hours=1)).isoformat(), "time_zone": "Asia/Dushanbe"}
    about = {"kind": "meeting", "title": title, "parties": [party["id"]], "countries": ["TJK"], "themes": ["border"]}
    meeting = await post("/engagements", about | times)
    await post("/commitments", {"promised_to": party["id"], "text": "To send the list.", "due_on": "2026-01-01"})
    return meeting["id"], name


async def test_a_brief_is_seen_at_a_glance_and_taken_along(desks: Desks) -> None:
    page = await desks.sign_in("political-officer", "/engagements")
    meeting, party = await plan(page, desks.platform.base_url, "EXERCISE: pastures")
    await page.goto(f"/engagements/{meeting}")
    panel = page.get_by_role("region", name="Brief", exact=True)
    await expect(panel.get_by_text(f"Missing: Tajikistan for {party}")).to_be_visible()
    await expect(panel.get_by_text("1, of these overdue: 1")).to_be_visible()
    await check(page, "en")

    pdf = await page.request.get(f"{desks.platform.base_url}{await panel.get_by_role('link', name='PDF').get_attribute('href')}")
    assert pdf.headers["content-type"] == "application/pdf"
    assert (await pdf.body()).startswith(b"%PDF-")
    async with page.expect_download() as begun:
        await panel.get_by_role("link", name="DOCX").click()
    path = await (await begun.value).path()
    words = "\n".join(each.text for each in Document(BytesIO(path.read_bytes())).paragraphs)
    assert party in words
    assert "MISSING: TJK" in words


@pytest.mark.parametrize("width", [400, 1366])
async def test_a_brief_in_russian_with_a_long_title_sticks_out_nowhere(desks: Desks, width: int) -> None:
    page = await desks.sign_in("political-officer", "/engagements", locale="ru-RU")
    meeting, party = await plan(page, desks.platform.base_url, f"EXERCISE: {'Ж' * 200}")
    await page.set_viewport_size({"width": width, "height": 800})
    await page.goto(f"/engagements/{meeting}")
    panel = page.get_by_role("region", name="Справка", exact=True)
    await expect(panel.get_by_text("Не получено: Таджикистан")).to_be_visible()
    await expect(panel.get_by_text(party)).to_be_visible()
    await check(page, "ru")
