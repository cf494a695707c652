"""Concurrences at the screen: asked for, granted in whole or in part, confirmed, declined, about to end, and as they were known once."""

import re
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from playwright.async_api import Locator, Page, expect

from tests.browser.conftest import Desks
from tests.browser.test_accessibility import check, serious_findings
from tests.browser.test_liaison import ASKED, confirm

TODAY = datetime.now(UTC).date()


async def post(page: Page, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
    """POST as the person at this page, which must succeed."""
    base = page.url.split("/", 3)
    answer = await page.request.post(f"{base[0]}//{base[2]}/v1{path}", data=body or {})
    assert answer.ok, await answer.text()
    said: dict[str, Any] = await answer.json()
    return said


async def register(page: Page) -> dict[str, Any]:
    """A party nobody concurred to yet."""
    return await post(page, "/parties", {"kind": "other-party", "name": f"EXERCISE: party {uuid.uuid4().hex[:8]}", "countries": ["TJK"]})


async def show(page: Page, view: str) -> None:
    """Choose what of the concurrences is shown."""
    await page.get_by_role("combobox", name="Concurrences", exact=True).select_option(view)


async def ask(page: Page, note: str, basis: str = "note-verbale", party: str | None = None, kind: str | None = None) -> Locator:
    """Ask Tajikistan at the screen, for a party, a kind of parties or both; the row of what was asked."""
    await page.get_by_role("button", name="Request a concurrence").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Government asked").select_option("TJK")
    if party:
        await dialog.get_by_role("combobox", name="Parties").fill(party)
        await page.get_by_role("option", name=re.compile(party)).click()
        await page.keyboard.press("Escape")
    if kind:
        await dialog.get_by_role("group", name="Every party of a kind").get_by_label(kind).check()
    for theme in ("Borders", "Water and energy"):
        await dialog.get_by_label(theme).check()
    await dialog.get_by_label("First day").fill("2026-01-01")
    await dialog.get_by_label("Last day").fill("2035-12-31")
    await dialog.get_by_label("Basis").select_option(basis)
    await dialog.get_by_label("Note verbale that carries the request").fill(note)
    assert await serious_findings(page) == []
    await confirm(page, "Record the request")
    await expect(page.get_by_role("heading", name="Concurrences asked for")).to_be_visible()
    return page.get_by_role("row", name=re.compile(note))


async def test_r1_a_whole_kind_is_asked_for_and_granted_in_part(desks: Desks) -> None:
    page = await desks.sign_in("political-officer", "/engagements")
    party, note = await register(page), f"NV-{uuid.uuid4().hex[:8]}"
    await page.reload()
    row = await ask(page, note, kind="other party")
    await expect(row).to_contain_text("every party of the kind “other party”")
    await row.get_by_role("button", name="Record grant").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Note that carries the answer").fill("NV-TJ/88")
    await dialog.get_by_label("Granted only in part").check()
    await dialog.get_by_label("other party").uncheck()
    await expect(dialog.get_by_role("button", name="Record grant")).to_be_disabled()
    await dialog.get_by_role("combobox", name="Parties granted").fill(party["name"])
    await page.get_by_role("option", name=re.compile(party["name"])).click()
    await page.keyboard.press("Escape")
    await dialog.get_by_label("Water and energy").uncheck()
    await dialog.get_by_label("Last day").fill("2030-06-30")
    await dialog.get_by_label("Conditions").fill("Without publicity.")
    assert await serious_findings(page) == []
    await confirm(page, "Record grant")
    await expect(row).to_have_count(0)

    await show(page, "Who may be met")
    await expect(row.get_by_text("In force")).to_be_visible()
    for words in (party["name"], "30 Jun 2030", "NV-TJ/88", "Without publicity."):
        await expect(row).to_contain_text(words)
    await expect(row).not_to_contain_text("Water and energy")
    await check(page, "en")


async def test_an_oral_word_is_confirmed_by_a_note_and_a_refusal_has_its_reason(desks: Desks) -> None:
    page = await desks.sign_in("political-officer", "/engagements")
    party, oral, refused = await register(page), f"NV-{uuid.uuid4().hex[:8]}", f"NV-{uuid.uuid4().hex[:8]}"
    await page.reload()
    row = await ask(page, oral, basis="oral", party=party["name"])
    await row.get_by_role("button", name="Record grant").click()
    await confirm(page, "Record grant")
    await show(page, "Who may be met")
    await expect(row).to_contain_text("to be confirmed by")
    await row.get_by_role("button", name="Record confirmation").click()
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_role("button", name="Record confirmation")).to_be_disabled()
    await dialog.get_by_label("Note that carries the answer").fill("NV-TJ/91")
    assert await serious_findings(page) == []
    await confirm(page, "Record confirmation")
    await expect(row).to_contain_text("answered: NV-TJ/91")
    await expect(row).not_to_contain_text("to be confirmed by")

    row = await ask(page, refused, party=party["name"])
    await row.get_by_role("button", name="Record refusal").click()
    await dialog.get_by_label("Reason").fill("EXERCISE: not before the elections.")
    assert await serious_findings(page) == []
    await confirm(page, "Record refusal")
    await expect(row).to_have_count(0)
    await show(page, "All, or as known once")
    await expect(row.get_by_text("Declined")).to_be_visible()
    await expect(row).to_contain_text("EXERCISE: not before the elections.")


async def test_what_ends_within_a_month_is_found_by_the_board(desks: Desks) -> None:
    page = await desks.sign_in("political-officer", "/engagements")
    party = (await register(page))["id"]
    ends = {"soon": TODAY + timedelta(days=20), "later": TODAY + timedelta(days=60)}
    rows = {}
    for name, day in ends.items():
        made = await post(page, "/concurrences", ASKED | {"parties": [party], "valid_until": f"{day}T12:00:00Z"})
        await post(page, f"/concurrences/{made['id']}/grant")
        rows[name] = page.get_by_role("row", name=re.compile(made["reference"]))
    await page.goto("/engagements?country=TJK")
    await expect(rows["soon"].get_by_text("Ends soon")).to_be_visible()
    await expect(rows["later"].get_by_text("In force")).to_be_visible()
    await expect(rows["later"].get_by_text("Ends soon")).to_have_count(0)
    await page.get_by_text("within 30 days.").get_by_role("button", name="Show").click()
    await expect(page).to_have_url(re.compile("concurrences=soon"))
    await expect(rows["soon"]).to_be_visible()
    await expect(rows["later"]).to_have_count(0)
    await check(page, "en")


async def test_r3_the_register_answers_as_of_one_day_as_known_on_another(desks: Desks) -> None:
    page = await desks.sign_in("political-officer", "/engagements")
    made = await post(page, "/concurrences", ASKED | {"parties": [(await register(page))["id"]]})
    await post(page, f"/concurrences/{made['id']}/grant")
    await post(
        page, f"/concurrences/{made['id']}/withdraw", {"reason": "EXERCISE", "effective_at": f"{TODAY + timedelta(days=40)}T12:00:00Z"}
    )
    await page.goto("/engagements?concurrences=register&country=TJK")
    row = page.get_by_role("row", name=re.compile(made["reference"]))
    await page.get_by_label("As of").fill(str(TODAY + timedelta(days=45)))
    await page.get_by_label("As known on").fill(str(TODAY))
    await expect(row.get_by_text("Withdrawn")).to_be_visible()
    await expect(page.get_by_role("columnheader", name="Steps")).to_have_count(1)
    await page.get_by_label("As of").fill(str(TODAY))
    await expect(row.get_by_text("In force")).to_be_visible()
    await page.get_by_label("As known on").fill(str(TODAY - timedelta(days=1)))
    await expect(row).to_have_count(0)


async def test_concurrences_in_russian_on_a_narrow_display(desks: Desks) -> None:
    page = await desks.sign_in("political-officer", "/engagements", locale="ru-RU")
    await page.set_viewport_size({"width": 400, "height": 800})
    for shown in ("soon", "requested", "register"):
        await page.goto(f"/engagements?concurrences={shown}")
        await expect(page.locator("#board")).to_be_visible()
        await check(page, "ru")
