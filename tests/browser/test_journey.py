"""The Centre's day at the screen: watch, grade, write, review, clear, issue, and see it happen live."""

import re
import uuid

from playwright.async_api import Page, expect

from tests.browser.conftest import Desks

# A key that reaches the screen instead of words looks like `filters.anyCountry` or `shell:nav.reports`.
KEY = re.compile(r"\b(?:[a-z]+:)?[a-z]+[A-Za-z]*\.[a-z][A-Za-z]+(?:\.[a-z][A-Za-z]+)*\b")
DISCLAIMER = "do not imply official endorsement or acceptance by the United Nations"


async def grade_first_ungraded(page: Page) -> str:
    """Grade the newest ungraded incident B2 and collect it; its reference."""
    await page.goto("/incidents?graded=false")
    await page.locator("[data-row]").first.click()
    pane = page.get_by_role("region", name="The chosen incident")
    reference = await pane.locator(".reference").first.inner_text()
    await pane.get_by_role("radio", name="B · usually reliable").check()
    await pane.get_by_role("radio", name="2 · probably true").check()
    await pane.get_by_role("button", name="Save the grade").click()
    await expect(pane.get_by_text("probably true").first).to_be_visible()
    await pane.get_by_role("button", name="Cite in a report").click()
    await expect(pane.get_by_role("button", name="Collected")).to_be_visible()
    return reference


async def draft(page: Page, title: str, reference: str) -> None:
    """Write a report of one assessed statement and a judgement that rests on it, and save it."""
    await page.goto("/reports/new")
    await page.get_by_role("textbox", name="Title", exact=True).fill(title)
    await page.get_by_role("checkbox", name="Tajikistan").check()
    await page.get_by_role("checkbox", name="Borders").check()
    await page.get_by_label("Title of section 1").fill("Situation")
    first = page.get_by_role("group", name="Statement 1.1")
    await first.get_by_label("Statement 1.1: text").fill("EXERCISE: a canal gate was disputed and the elders were heard.")
    await first.get_by_role("checkbox", name=re.compile(re.escape(reference))).check()
    await page.get_by_role("button", name="Add a statement").click()
    second = page.get_by_role("group", name="Statement 1.2")
    await second.get_by_label("Kind of statement").select_option("judgement")
    await second.get_by_label("Likelihood").select_option("unlikely")
    await second.get_by_label("Confidence").select_option("moderate")
    await second.get_by_label("Statement 1.2: text").fill("EXERCISE: it will hardly come up again before the harvest.")
    await second.get_by_role("checkbox", name=re.compile("a canal gate was disputed")).check()


async def take_step(page: Page, button: str, then: str) -> None:
    """Press a step of the chain, confirm it, and see the state that follows."""
    await page.get_by_role("button", name=button, exact=True).click()
    await page.get_by_role("dialog").get_by_role("button", name=button, exact=True).click()
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await expect(page.locator("main").get_by_text(then, exact=True).first).to_be_visible()


async def test_wrong_credentials_are_said_and_the_page_asked_for_is_reached(desks: Desks) -> None:
    page = await desks.open("/freshness?facet=efforts")
    await expect(page).to_have_url(re.compile(r"/sign-in\?next="))
    entry = desks.platform.credentials["analyst"]
    await page.locator("input[autocomplete=username]").fill(entry["client_id"])
    await page.locator("input[autocomplete=current-password]").fill("not the secret")
    await page.get_by_role("button", name="Sign in").click()
    await expect(page.get_by_role("alert")).to_contain_text("These credentials are not known")
    await page.locator("input[autocomplete=current-password]").fill(entry["client_secret"])
    await page.get_by_role("button", name="Sign in").click()
    await expect(page).to_have_url(re.compile(r"/freshness\?facet=efforts"))


async def test_map_and_list_are_equal_for_the_keyboard(desks: Desks) -> None:
    page = await desks.sign_in("analyst", "/incidents")
    await expect(page.locator("[data-row]").first).to_be_visible()
    await expect(page.get_by_text(DISCLAIMER)).to_be_visible()
    await expect(page.get_by_test_id("incident-map")).to_have_attribute("data-points", re.compile(r"[1-9]"))
    await page.keyboard.press("j")
    await page.keyboard.press("j")
    await expect(page.locator("[data-row]").nth(1)).to_be_focused()
    await page.keyboard.press("k")
    await expect(page.locator("[data-row]").first).to_be_focused()
    await page.keyboard.press("Enter")
    pane = page.get_by_role("region", name="The chosen incident")
    await expect(pane).to_be_focused()
    await expect(pane.locator("article").first).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.locator("[data-row]").first).to_be_focused()
    await page.get_by_label("Country").select_option("TJK")
    await expect(page).to_have_url(re.compile("country=TJK"))


async def test_everything_is_said_in_russian_and_tlp_is_not_translated(desks: Desks) -> None:
    page = await desks.sign_in("analyst", "/incidents")
    await page.get_by_role("button", name="РУ").click()
    for screen, title in {"incidents": "Инциденты", "reports": "Доклады", "coverage": "Охват", "freshness": "Актуальность"}.items():
        await page.goto(f"/{screen}")
        await expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()
        await expect(page.locator("html")).to_have_attribute("lang", "ru")
        assert KEY.findall(await page.locator("header, h1, form").first.inner_text()) == []
    await page.goto("/incidents")
    await expect(page.locator("[data-tlp]").first).to_contain_text("TLP:")


async def test_a_report_from_the_incident_to_its_issue(desks: Desks) -> None:
    title = f"EXERCISE: canal gate {uuid.uuid4().hex[:8]}"
    analyst, reviewer, head = [await desks.sign_in(name) for name in ("analyst", "reviewer", "head-of-centre")]
    await reviewer.goto("/reports")
    await expect(reviewer.locator("[data-live=live]")).to_be_visible()

    await draft(analyst, title, await grade_first_ungraded(analyst))
    await analyst.wait_for_timeout(600)  # autosave
    await analyst.reload()
    await expect(analyst.get_by_role("textbox", name="Title", exact=True)).to_have_value(title)
    await analyst.get_by_role("button", name="Save the draft").click()
    await expect(analyst.get_by_role("heading", level=1, name=title)).to_be_visible()
    # It shows up at the reviewer's desk by itself.
    await expect(reviewer.get_by_role("link", name=title)).to_be_visible()
    await take_step(analyst, "Submit for review", "Submitted")
    await expect(analyst.get_by_role("button", name="Review: in order")).to_be_disabled()

    await reviewer.get_by_role("link", name=title).click()
    await take_step(reviewer, "Review: in order", "Reviewed")
    await head.goto(reviewer.url)
    await take_step(head, "Clear", "Cleared")
    await take_step(head, "Issue", "Issued")

    await expect(analyst.locator("main").get_by_text("Issued", exact=True).first).to_be_visible()
    pdf = await analyst.get_by_role("link", name="PDF").get_attribute("href")
    answer = await analyst.request.get(str(pdf))
    assert answer.ok
    assert (await answer.body()).startswith(b"%PDF-")


async def test_two_edits_at_once_lose_nothing(desks: Desks) -> None:
    title = f"EXERCISE: two desks {uuid.uuid4().hex[:8]}"
    one = await desks.sign_in("analyst", "/reports/new")
    await one.get_by_role("textbox", name="Title", exact=True).fill(title)
    await one.get_by_label("Statement 1.1: text").fill("EXERCISE: the first wording.")
    await one.get_by_label("Title of section 1").fill("Situation")
    await one.get_by_role("button", name="Save the draft").click()
    await one.get_by_role("link", name="Edit the text").click()
    other = await desks.sign_in("analyst", one.url.replace(desks.platform.base_url, ""))
    await one.get_by_label("Statement 1.1: text").fill("EXERCISE: the wording of one desk.")
    await other.get_by_label("Statement 1.1: text").fill("EXERCISE: the wording of the other desk.")
    await one.get_by_role("button", name="Save the draft").click()
    await expect(one.get_by_text("the wording of one desk")).to_be_visible()

    await other.get_by_role("button", name="Save the draft").click()
    dialog = other.get_by_role("dialog")
    await expect(dialog.get_by_text("the wording of one desk")).to_be_visible()
    await expect(dialog.get_by_text("the wording of the other desk")).to_be_visible()
    await dialog.get_by_role("button", name=re.compile("Go on with my text")).click()
    await other.get_by_role("button", name="Save the draft").click()
    await expect(other.get_by_text("the wording of the other desk")).to_be_visible()


async def test_an_expired_session_keeps_what_was_written(desks: Desks) -> None:
    page = await desks.sign_in("analyst", "/reports/new")
    await page.get_by_role("textbox", name="Title", exact=True).fill("EXERCISE: kept")
    await page.get_by_label("Title of section 1").fill("Situation")
    await page.context.clear_cookies()
    await page.get_by_role("button", name="Save the draft").click()
    dialog = page.get_by_role("dialog", name="Your session has expired")
    await dialog.locator("input[autocomplete=current-password]").fill(desks.platform.credentials["analyst"]["client_secret"])
    await dialog.get_by_role("button", name="Sign in").click()
    await expect(dialog).to_have_count(0)
    await expect(page.get_by_role("textbox", name="Title", exact=True)).to_have_value("EXERCISE: kept")
    await page.get_by_role("button", name="Save the draft").click()
    await expect(page.get_by_role("heading", level=1, name="EXERCISE: kept")).to_be_visible()


async def test_coverage_says_gaps_and_overlaps_in_words(desks: Desks) -> None:
    page = await desks.sign_in("analyst", "/coverage")
    matrix = page.get_by_role("table", name="Coverage by place and theme")
    await expect(matrix.get_by_role("rowheader", name="Tajikistan", exact=True)).to_be_visible()
    await expect(matrix.get_by_text(re.compile("Covered|Gap|Overlap")).first).to_be_visible()
    await expect(page.get_by_role("heading", name=re.compile("Activities without an objective"))).to_be_visible()


async def test_talks_without_concurrence_are_refused_by_name(desks: Desks) -> None:
    page = await desks.sign_in("political-officer", "/engagements")
    title = f"EXERCISE: talks {uuid.uuid4().hex[:8]}"
    await page.get_by_role("button", name="Propose an engagement").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Title").fill(title)
    await dialog.get_by_label("Parties").click()
    await page.get_by_role("option", name=re.compile("other party")).first.click()
    await page.keyboard.press("Escape")
    await dialog.get_by_role("checkbox", name="Kazakhstan").check()
    await dialog.get_by_role("checkbox", name="Development").check()
    await dialog.get_by_label("Starts").fill("2031-05-01T10:00")
    await dialog.get_by_label("Ends").fill("2031-05-01T12:00")
    await dialog.get_by_role("button", name="Propose", exact=True).click()
    row = page.get_by_role("row", name=re.compile(title))
    await row.get_by_role("button", name="Schedule").click()
    await page.get_by_role("dialog").get_by_role("button", name="Schedule").click()
    refusal = page.get_by_role("alert")
    await expect(refusal).to_contain_text("concurrence is missing")
    await expect(refusal).to_contain_text("Kazakhstan")
    await expect(refusal).to_contain_text("Development")
