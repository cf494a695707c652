"""Parties at the screen: registered, made a part of another, acting jointly, edited with their history kept."""

import re
import uuid

from playwright.async_api import Page, expect

from tests.browser.conftest import Desks
from tests.browser.test_accessibility import check, serious_findings
from tests.browser.test_concurrence import post
from tests.browser.test_liaison import confirm


async def government(page: Page, country: str) -> str:
    """The name of a new Government."""
    name = f"EXERCISE: Government {uuid.uuid4().hex[:8]}"
    await post(page, "/parties", {"kind": "government", "name": name, "countries": [country]})
    return name


async def test_a_party_is_registered_as_a_part_of_another_and_edited(desks: Desks) -> None:
    page = await desks.sign_in("political-officer", "/parties")
    whole, other = await government(page, "TJK"), await government(page, "KGZ")
    name = f"EXERCISE: Ministry {uuid.uuid4().hex[:8]}"
    await page.reload()
    await page.get_by_role("button", name="Register a party").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Name", exact=False).first.fill(name)
    await dialog.get_by_label("Name in Russian").fill("УЧЕНИЕ: министерство")
    await dialog.get_by_role("combobox", name="Part of").fill(whole)
    await page.get_by_role("option", name=whole).click()
    for country in ("Tajikistan", "China"):
        await dialog.get_by_label(country).check()
    assert await serious_findings(page) == []
    await confirm(page, "Register")
    for country in ("Tajikistan", "China"):
        await expect(page.locator("main p").first).to_contain_text(country)
    await expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()
    relations = page.get_by_role("region", name="Relations")
    await expect(relations.get_by_role("link", name=whole)).to_be_visible()

    await page.get_by_role("button", name="Edit", exact=True).click()
    await expect(dialog.get_by_label("Name in Russian")).to_have_value("УЧЕНИЕ: министерство")
    await dialog.get_by_label("Name", exact=False).first.fill(f"{name}, renamed")
    await dialog.get_by_role("combobox", name="Part of").fill(other)
    await page.get_by_role("option", name=other).click()
    assert await serious_findings(page) == []
    await confirm(page, "Save")
    await expect(page.get_by_role("heading", level=1, name=f"{name}, renamed")).to_be_visible()
    await expect(relations.get_by_role("link", name=other)).to_be_visible()
    await expect(page.get_by_role("region", name="What the register said").get_by_role("listitem")).to_have_count(2)
    await check(page, "en")


async def test_governments_act_jointly_under_one_name(desks: Desks) -> None:
    page = await desks.sign_in("political-officer", "/parties", locale="ru-RU")
    members = [await government(page, country) for country in ("TJK", "UZB")]
    name = f"EXERCISE: jointly {uuid.uuid4().hex[:8]}"
    await page.reload()
    await page.get_by_role("button", name="Внести сторону").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Название", exact=False).first.fill(name)
    joint = dialog.get_by_role("combobox", name="Совместно действующие правительства")
    await joint.fill(members[0])
    await page.get_by_role("option", name=re.compile(members[0])).click()
    await expect(dialog.get_by_role("button", name="Внести")).to_be_disabled()
    await joint.fill(members[1])
    await page.get_by_role("option", name=re.compile(members[1])).click()
    await page.keyboard.press("Escape")
    for country in ("Таджикистан", "Узбекистан"):
        await expect(dialog.get_by_label(country)).to_be_checked()
    assert await serious_findings(page) == []
    await confirm(page, "Внести")
    for member in members:
        await expect(page.get_by_role("region", name="Связи").get_by_role("link", name=member)).to_be_visible()
    await check(page, "ru")


async def test_two_who_edit_one_party_see_both_texts_and_a_label_is_raised(desks: Desks) -> None:
    mine = await desks.sign_in("political-officer", "/parties", locale="ru-RU", width=400)
    name = f"EXERCISE: council {uuid.uuid4().hex[:8]}"
    party = await post(mine, "/parties", {"kind": "other-party", "name": name, "countries": ["TJK"]})
    await mine.goto(f"/parties/{party['id']}")
    await mine.get_by_role("button", name="Изменить", exact=True).click()
    dialog = mine.get_by_role("dialog")
    await dialog.get_by_label("Название", exact=False).first.fill(f"{name}, mine")
    edit = {"kind": "other-party", "name": f"{name}, theirs", "countries": ["KGZ", "TJK"]}
    version = {"if-match": f'"{party["version"]}"'}
    saved = await mine.request.put(f"/v1/parties/{party['id']}", data=edit, headers=version)
    assert saved.ok, await saved.text()

    alert, save = dialog.get_by_role("alert"), dialog.get_by_role("button", name="Сохранить")
    await expect(alert.or_(save.and_(mine.locator(":enabled"))).first).to_be_visible()
    if await save.is_enabled():
        await save.click()
    await expect(alert).to_contain_text(f"Новое содержание: {name}, theirs")
    await expect(alert).to_contain_text(f"У вас: {name}, mine")
    assert await serious_findings(mine) == []
    await alert.get_by_role("button", name="Отказаться от моих, принять новые").click()
    await expect(dialog.get_by_label("Кыргызстан", exact=True)).to_be_checked()
    await dialog.get_by_label("TLP").select_option("AMBER+STRICT")
    await confirm(mine, "Сохранить")
    kept = await (await mine.request.get(f"/v1/parties/{party['id']}")).json()
    assert (kept["name"], kept["countries"], kept["label"]["tlp"]) == (f"{name}, theirs", ["KGZ", "TJK"], "AMBER+STRICT")
    await check(mine, "ru")
