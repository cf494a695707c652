"""Talks at the screen: a meeting from its plan to its note, readout and promises; a withdrawal that shows what it does first."""

import re
import uuid
from typing import Any

import httpx
from playwright.async_api import Page, expect

from tests.browser.conftest import Desks
from tests.browser.test_accessibility import check, serious_findings

PLAN = {
    "kind": "meeting",
    "countries": ["TJK"],
    "themes": ["border"],
    "starts_at": "2030-05-01T09:00:00Z",
    "ends_at": "2030-05-01T11:00:00Z",
}
ASKED = {
    "country": "TJK",
    "themes": ["border"],
    "basis": "note-verbale",
    "valid_from": "2020-01-01T00:00:00Z",
    "valid_until": "2031-01-01T00:00:00Z",
}


async def prepare(desks: Desks, *steps: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """A concurrence, and an engagement it covers, taken some steps further."""
    entry = desks.platform.credentials["political-officer"]
    async with httpx.AsyncClient(base_url=desks.platform.base_url, timeout=30) as client:
        login = {"grant_type": "client_credentials", "client_id": entry["client_id"], "client_secret": entry["client_secret"]}
        token = (await client.post("/oauth2/token", data=login)).json()["access_token"]
        client.headers["authorization"] = f"Bearer {token}"

        async def post(path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
            answer = await client.post(f"/v1{path}", json=body)
            assert answer.is_success, answer.text
            said: dict[str, Any] = answer.json()
            return said

        name = f"EXERCISE: party {uuid.uuid4().hex[:8]}"
        party = await post("/parties", {"kind": "other-party", "name": name, "countries": ["TJK"]})
        concurrence = await post("/concurrences", ASKED | {"parties": [party["id"]]})
        await post(f"/concurrences/{concurrence['id']}/grant")
        meeting = await post("/engagements", PLAN | {"title": f"{name} meets", "parties": [party["id"]]})
        for step in steps:
            meeting = await post(f"/engagements/{meeting['id']}/{step}")
    return concurrence, meeting


async def confirm(page: Page, button: str) -> None:
    """Press the button of the open dialog, and see it close."""
    await page.get_by_role("dialog").get_by_role("button", name=button, exact=True).click()
    await expect(page.get_by_role("dialog")).to_have_count(0)


async def test_a_withdrawal_shows_what_it_suspends_before_it_does(desks: Desks) -> None:
    concurrence, meeting = await prepare(desks, "schedule")
    page = await desks.sign_in("political-officer", "/engagements?country=TJK")
    row = page.get_by_role("row", name=re.compile(concurrence["reference"]))
    await row.get_by_role("button", name="Record withdrawal").click()
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_text("These are suspended at once:")).to_be_visible()
    await expect(dialog.get_by_role("link", name=re.compile(meeting["reference"]))).to_be_visible()
    assert await serious_findings(page) == []
    await dialog.get_by_label("Reason").fill("EXERCISE: the note of 3 May.")
    await confirm(page, "Record withdrawal")
    await page.goto(f"/engagements/{meeting['id']}")
    await expect(page.locator("main").get_by_text(re.compile("Suspended$"))).to_be_visible()
    await expect(page.get_by_text(re.compile(concurrence["reference"])).first).to_be_visible()


async def test_a_meeting_from_its_plan_to_its_readout(desks: Desks) -> None:
    _, meeting = await prepare(desks)
    path = f"/engagements/{meeting['id']}"
    page = await desks.sign_in("political-officer", path)
    await page.get_by_role("button", name="Edit the plan").click()
    await page.get_by_role("dialog").get_by_label("Agenda").fill("1. Canal gates")
    await page.get_by_role("dialog").get_by_label("Time zone").select_option("Asia/Dushanbe")
    await confirm(page, "Save the plan")
    await expect(page.get_by_text("1. Canal gates")).to_be_visible()
    for step in ("Schedule", "Record as held"):
        await page.get_by_role("button", name=step, exact=True).click()
        await confirm(page, step)

    await page.get_by_role("button", name="Write a note to file").click()
    await page.get_by_label(re.compile("What was said")).fill("EXERCISE: they agreed to meet again.\n\nIn June.")
    await page.reload()
    await page.get_by_role("button", name="Write a note to file").click()
    await expect(page.get_by_label(re.compile("What was said"))).to_have_value("EXERCISE: they agreed to meet again.\n\nIn June.")
    await page.get_by_role("button", name="Save the draft").click()
    await page.get_by_role("button", name="File it").click()
    await confirm(page, "File it")
    await expect(page.locator("main").get_by_text(re.compile("Reported$"))).to_be_visible()
    await page.get_by_role("button", name="Write a readout").click()
    await page.get_by_label("Public text").fill("EXERCISE: the Centre met a party.")
    await page.get_by_role("button", name="Save the readout").click()
    await expect(page.get_by_text("Awaiting the Head")).to_be_visible()

    await page.get_by_role("button", name="Record a commitment").click()
    await page.get_by_role("dialog").get_by_label("What").fill("EXERCISE: to send the list.")
    await page.get_by_role("dialog").get_by_label("Due on").fill("2025-01-01")
    await confirm(page, "Save")
    await expect(page.get_by_role("table").get_by_text("Overdue")).to_be_visible()
    await check(page, "en")

    head = await desks.sign_in("head-of-centre", path)
    await head.get_by_role("button", name="Approve for the public").click()
    await expect(head.get_by_text(re.compile("Public$"))).to_be_visible()
    await head.goto("/commitments?standing=overdue")
    await expect(head.get_by_text("EXERCISE: to send the list.").first).to_be_visible()
    await head.keyboard.press("j")
    await expect(head.locator("[data-row]").first).to_be_focused()
    await check(head, "en")


async def test_talks_in_russian_on_a_narrow_display(desks: Desks) -> None:
    _, meeting = await prepare(desks, "schedule")
    page = await desks.sign_in("political-officer", f"/engagements/{meeting['id']}", locale="ru-RU")
    await page.set_viewport_size({"width": 400, "height": 800})
    await expect(page.get_by_role("heading", name="План")).to_be_visible()
    await expect(page.get_by_role("heading", name="Обязательства")).to_be_visible()
    await check(page, "ru")
    await page.goto("/commitments")
    await expect(page.get_by_role("heading", level=1, name="Обязательства")).to_be_visible()
    await check(page, "ru")
