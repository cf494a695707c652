"""A report that rests on a talk whose concurrence was taken back: what stands beside its evidence, and the Head's decision (R3)."""

import re
from typing import Any

import httpx
from playwright.async_api import expect

from tests.browser.conftest import Desks
from tests.browser.test_accessibility import check, serious_findings
from tests.browser.test_liaison import confirm
from tests.journeys.test_talks import cleared_report, held_under_concurrence
from tests.platforms import People


async def test_r3_the_head_sees_a_flagged_talk_and_keeps_it(desks: Desks) -> None:
    names = ("political-officer", "analyst", "reviewer", "head-of-centre")
    async with httpx.AsyncClient(base_url=desks.platform.base_url, timeout=30) as http:
        people = await People.sign_in(http, {name: desks.platform.credentials[name] for name in names})
        granted, meeting = await held_under_concurrence(people)
        report = await cleared_report(people, meeting)
        analyst = await desks.sign_in("analyst", f"/reports/{report['id']}")
        talks = analyst.get_by_role("list", name="Talks it rests on")
        await expect(talks).to_contain_text("concurrence of Tajikistan")
        await expect(talks.get_by_text("Granted")).to_be_visible()
        withdrawal: dict[str, Any] = {"reason": "By the note of that day.", "effective_at": granted["granted_at"]}
        await people.post("political-officer", f"/concurrences/{granted['id']}/withdraw", withdrawal)

    head = await desks.sign_in("head-of-centre", f"/reports/{report['id']}")
    keep = head.get_by_role("button", name="Keep what rests on flagged talks")
    for page in (analyst, head):
        await page.reload()
        await expect(page.get_by_text("held after a withdrawal; known since")).to_be_visible()
        await expect(page.get_by_role("list", name="Talks it rests on").get_by_text("Withdrawn")).to_be_visible()
        await check(page, "en")
    await expect(analyst.get_by_role("button", name="Keep what rests on flagged talks")).to_have_count(0)

    await keep.click()
    dialog = head.get_by_role("dialog")
    await expect(dialog.get_by_role("button", name="Keep what rests on flagged talks")).to_be_disabled()
    await dialog.get_by_label("Reason").fill("EXERCISE: the Ministry knows of it.")
    assert await serious_findings(head) == []
    await confirm(head, "Keep what rests on flagged talks")
    await expect(head.get_by_text("Flagged talks kept")).to_be_visible()
    await expect(head.get_by_text("EXERCISE: the Ministry knows of it.")).to_be_visible()
    await expect(keep).to_have_count(0)
    await head.get_by_role("button", name="Issue", exact=True).click()
    await confirm(head, "Issue")
    await expect(head.locator("main").get_by_text(re.compile("Issued$")).first).to_be_visible()
    await head.get_by_role("list", name="Talks it rests on").get_by_role("link", name="The talk").click()
    await expect(head.get_by_text(meeting["reference"]).first).to_be_visible()
