"""What translations say is found like what sources say, inside the Centre only, and by whoever may read the account (R18)."""

import asyncio
from uuid import uuid4

import pytest

from tests.services.reports.conftest import Desk, Make
from tests.services.reports.incidents.test_search import found, made_up
from tests.services.reports.triage.conftest import Feed, Json, Row, listed

WIDE, OPEN = {"sensitivity": "strictly-confidential", "tlp": "RED"}, {"sensitivity": "unclassified", "tlp": "GREEN"}


async def told(analyst: Desk, trusted: Feed, fresh: Row, **more: str | dict[str, str]) -> Json:
    """An incident whose one account is in Tajik."""
    row = fresh(title=f"МАШҚ w{uuid4().hex}", text="Дар назди канал тир холӣ шуд.", language="tg", **more)
    await trusted.tell(row)
    return await analyst.incident_of(row)


async def translate(desk: Desk, incident: Json, language: str, title: str, text: str | None = None) -> None:
    account = incident["accounts"][0]["observation"]
    await desk.post(f"/observations/{account['id']}/translations", {"language": language, "title": title, "text": text}, 201)


async def test_a_translation_is_found_by_stem_spelling_and_phrase_in_list_map_counts_and_files(
    analyst: Desk, trusted: Feed, fresh: Row
) -> None:
    incident, mark = await told(analyst, trusted, fresh), made_up()
    await translate(analyst, incident, "en", f"Shots {mark}", "Villagers were clashing at the canal gate.")
    await translate(analyst, incident, "ru", "Стрельба у канала")
    for asked in (f"{mark} villager clash", f'{mark} "canal gate"', f"{mark} стрельбе", f"{mark} shot"):
        assert await found(analyst, asked) == [incident["title"]], asked
        assert await found(analyst, asked, order="relevance") == [incident["title"]], asked
    assert await found(analyst, f'{mark} "gate canal"') == []
    assert await listed(analyst, incident | {"title": f"w {mark}"})
    assert await found(analyst, incident["title"]) == [incident["title"]], "the original is found as before"


async def test_a_word_that_only_a_translation_holds_is_found_from_its_start_and_misspelled(
    analyst: Desk, trusted: Feed, fresh: Row
) -> None:
    incident, mark = await told(analyst, trusted, fresh), made_up(13)
    await translate(analyst, incident, "en", mark)
    assert await found(analyst, mark[:-3]) == [incident["title"]]
    assert await found(analyst, mark[:5] + mark[6:]) == [incident["title"]]


async def test_only_the_last_translation_into_a_language_is_found(analyst: Desk, trusted: Feed, fresh: Row) -> None:
    incident, (first, second, other) = await told(analyst, trusted, fresh), [made_up() for _ in range(3)]
    await translate(analyst, incident, "en", first)
    await translate(analyst, incident, "ru", other)
    await translate(analyst, incident, "en", second)
    assert [await found(analyst, word) for word in (first, second, other)] == [[], [incident["title"]], [incident["title"]]]


async def test_of_two_who_translate_at_once_both_are_found(analyst: Desk, other: Desk, trusted: Feed, fresh: Row) -> None:
    incident, words = await told(analyst, trusted, fresh), [made_up(), made_up()]
    await asyncio.gather(translate(analyst, incident, "en", words[0]), translate(other, incident, "ru", words[1]))
    assert [await found(analyst, word) for word in words] == [[incident["title"]]] * 2


async def test_r18_its_source_finds_no_translation_and_sees_no_trace_of_one(analyst: Desk, trusted: Feed, fresh: Row) -> None:
    incident, mark = await told(analyst, trusted, fresh), made_up()
    own = incident["accounts"][0]["observation"]
    before = await trusted.voice.get(f"/observations/{own['id']}")
    await translate(analyst, incident, "en", mark)
    assert [each["id"] for each in (await analyst.get("/observations", q=mark))["items"]] == [own["id"]]
    assert (await trusted.voice.get("/observations", q=mark))["items"] == []
    assert await trusted.voice.get(f"/observations/{own['id']}") == before


@pytest.mark.parametrize(("label", "sees"), [(WIDE, False), (OPEN, True)])
async def test_r18_a_translation_is_found_by_whoever_may_read_its_account(
    label: dict[str, str], sees: bool, analyst: Desk, desk: Make, trusted: Feed, fresh: Row
) -> None:
    incident, mark = await told(analyst, trusted, fresh, label=label), made_up()
    await translate(analyst, incident, "en", mark)
    assert await found(analyst, mark) == [incident["title"]]
    assert await found(desk("analyst", client_id="narrow", access="unclassified"), mark) == ([incident["title"]] if sees else [])
