"""A person of the register at the screen: reviewed, exported, erased, and what of them had gone out (R4)."""

import json
import re
from datetime import UTC, datetime, timedelta

from playwright.async_api import expect

from tests.browser.conftest import Desks
from tests.browser.test_accessibility import check, serious_findings
from tests.browser.test_concurrence import post
from tests.browser.test_liaison import confirm
from tests.services.liaison.contacts.conftest import new_name


async def test_r4_a_person_is_reviewed_exported_and_erased_and_the_copies_are_listed(desks: Desks) -> None:
    name = new_name()
    page = await desks.sign_in("head-of-centre", "/contacts")
    due = str(datetime.now(UTC).date() + timedelta(days=3))
    person = await post(page, "/contacts", {"name": name, "purpose": "EXERCISE: talks", "countries": ["TJK"], "review_on": due})
    await page.goto(f"/contacts/{person['id']}")
    await expect(page.get_by_text("No file went out with this person in it.")).to_be_visible()

    await page.get_by_role("button", name="Review", exact=True).click()
    assert await serious_findings(page) == []
    await confirm(page, "Review")
    await expect(page.get_by_text(re.compile("last reviewed"))).to_be_visible()

    async with page.expect_download() as begun:
        await page.get_by_role("link", name="Export what is held").click()
    held = json.loads((await (await begun.value).path()).read_text())
    assert name in json.dumps(held, ensure_ascii=False)
    await page.reload()
    copies = page.get_by_role("table", name="Copies given out")
    await expect(copies.get_by_role("row", name=re.compile("Export of what is held on the person"))).to_contain_text("Regional Centre")
    await check(page, "en")

    await page.get_by_role("button", name="Erase", exact=True).click()
    await page.get_by_role("dialog").get_by_label("Reason").fill("EXERCISE: asked to be left out.")
    assert await serious_findings(page) == []
    await confirm(page, "Erase")
    await expect(page.get_by_role("heading", level=1, name=re.compile("^Person "))).to_be_visible()
    await expect(page.get_by_text(name)).to_have_count(0)
    await expect(page.locator("main").get_by_text(re.compile("Erased$"))).to_be_visible()
    await expect(copies.get_by_role("row", name=re.compile("Export of what is held on the person"))).to_be_visible()
    await check(page, "en")

    officer = await desks.sign_in("political-officer", f"/contacts/{person['id']}", locale="ru-RU")
    await expect(officer.get_by_role("heading", level=1)).to_be_visible()
    await expect(officer.get_by_role("table", name="Выданные копии")).to_have_count(0)


async def test_what_is_kept_on_a_person_is_edited_and_positions_are_corrected_and_voided(desks: Desks) -> None:
    page = await desks.sign_in("political-officer", "/contacts")
    name = new_name()
    channels = [{"kind": "messenger", "value": "@one"}]
    body = {"name": name, "purpose": "EXERCISE: talks", "countries": ["TJK"], "channels": channels, "languages": ["tg"]}
    person = await post(page, "/contacts", body)
    for title in ("Chair", "Clerk"):
        held = {"title": title, "organization": "EXERCISE: committee", "valid_from": "2025-03-01"}
        await post(page, f"/contacts/{person['id']}/positions", held)
    await page.goto(f"/contacts/{person['id']}")
    await page.get_by_role("button", name="Edit", exact=True).click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Purpose").fill("EXERCISE: talks on pastures")
    await dialog.get_by_role("button", name="Add a channel").click()
    await dialog.get_by_label("Kind of channel 2").select_option("email")
    await dialog.get_by_label("E-mail").fill("one@example.org")
    assert await serious_findings(page) == []
    await page.reload()
    await page.get_by_role("button", name="Edit", exact=True).click()
    await expect(dialog.get_by_label("Purpose")).to_have_value("EXERCISE: talks on pastures")
    await dialog.get_by_label("Languages").fill("tajik")
    await dialog.get_by_role("button", name="Save").click()
    await expect(dialog.get_by_label("Languages")).to_have_attribute("aria-invalid", "true")
    await dialog.get_by_label("Languages").fill("tg, ru")
    await confirm(page, "Save")
    facts = page.get_by_role("region", name="What is kept")
    for words in ("EXERCISE: talks on pastures", "@one", "one@example.org", "Tajik, Russian"):
        await expect(facts).to_contain_text(words)

    chair, clerk = (page.get_by_role("row", name=re.compile(title)) for title in ("Chair", "Clerk"))
    await chair.get_by_role("button", name="Correct").click()
    await expect(dialog.get_by_label("Or an organization")).to_have_value("EXERCISE: committee")
    await dialog.get_by_label("Until").fill("2025-09-01")
    assert await serious_findings(page) == []
    await confirm(page, "Correct")
    await expect(chair).to_contain_text("01 Sep")
    await clerk.get_by_role("button", name="Recorded by mistake").click()
    assert await serious_findings(page) == []
    await confirm(page, "Recorded by mistake")
    await expect(clerk).to_have_count(0)
    await check(page, "en")


async def test_two_who_edit_one_person_see_both_texts(desks: Desks) -> None:
    mine = await desks.sign_in("political-officer", "/contacts")
    person = await post(mine, "/contacts", {"name": new_name(), "purpose": "EXERCISE: talks", "countries": ["TJK"]})
    theirs = await desks.sign_in("head-of-centre", f"/contacts/{person['id']}")
    await mine.goto(f"/contacts/{person['id']}")
    for page in (mine, theirs):
        await page.get_by_role("button", name="Edit", exact=True).click()
    dialog = mine.get_by_role("dialog")
    await dialog.get_by_label("Purpose").fill("EXERCISE: my purpose")
    await dialog.get_by_label("Notes").fill("EXERCISE: my notes")
    await theirs.get_by_role("dialog").get_by_label("Purpose").fill("EXERCISE: their purpose")
    await theirs.get_by_role("dialog").get_by_label("Languages").fill("tg")
    await confirm(theirs, "Save")

    save, alert = dialog.get_by_role("button", name="Save"), dialog.get_by_role("alert")
    # Live updates may tell of it first; otherwise saving is refused, and tells.
    await expect(alert.or_(save.and_(mine.locator(":enabled"))).first).to_be_visible()
    if await save.is_enabled():
        await save.click()
    for words in ("They wrote: EXERCISE: their purpose", "You have: EXERCISE: my purpose", "They wrote: tg", "You have: nothing"):
        await expect(alert).to_contain_text(words)
    await expect(save).to_be_disabled()
    assert await serious_findings(mine) == []
    await alert.get_by_role("button", name="Keep what I changed").click()
    await confirm(mine, "Save")
    kept = await (await mine.request.get(f"/v1/contacts/{person['id']}")).json()
    assert (kept["purpose"], kept["notes"], kept["languages"]) == ("EXERCISE: my purpose", "EXERCISE: my notes", ["tg"])


async def test_a_label_is_lowered_by_its_originator_with_a_reason(desks: Desks) -> None:
    page = await desks.sign_in("political-officer", "/contacts")
    ours = await post(page, "/contacts", {"name": new_name(), "purpose": "EXERCISE: talks", "countries": ["TJK"]})
    foreign = {"label": {"sensitivity": "confidential", "tlp": "AMBER", "originator": "unama"}}
    others = await post(page, "/contacts", {"name": new_name(), "purpose": "EXERCISE: talks", "countries": ["TJK"]} | foreign)
    dialog = page.get_by_role("dialog")
    save = dialog.get_by_role("button", name="Save")

    await page.goto(f"/contacts/{others['id']}")
    await page.get_by_role("button", name="Edit", exact=True).click()
    await dialog.get_by_label("TLP").select_option("GREEN")
    await expect(dialog.get_by_text("lowers this label")).to_be_visible()
    await expect(save).to_be_disabled()
    await dialog.get_by_label("TLP").select_option("RED")
    await confirm(page, "Save")

    await page.goto(f"/contacts/{ours['id']}")
    await page.get_by_role("button", name="Edit", exact=True).click()
    await dialog.get_by_label("Sensitivity").select_option("unclassified")
    await expect(save).to_be_disabled()
    await dialog.get_by_label("Why the label is lowered").fill("EXERCISE: the post is public")
    assert await serious_findings(page) == []
    await confirm(page, "Save")
    labels = [(await (await page.request.get(f"/v1/contacts/{each['id']}")).json())["label"] for each in (ours, others)]
    assert (labels[0]["sensitivity"], labels[1]["tlp"]) == ("unclassified", "RED")
