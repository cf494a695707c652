"""Search through the API: stemming, any script, misspellings, phrases, rank, and nothing of what a reader may not know of."""

import itertools
import json
import random
import re
import string
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import select, text
from sqlalchemy.dialects import postgresql

from chassis.principal import system_principal
from contracts.vocabulary import COUNTRIES
from services.reports.incidents.queries import reads
from services.reports.incidents.queries import words as queries_of_words
from services.reports.incidents.queries.filters import Filters, conditions
from services.reports.incidents.queries.words import BEGUN
from services.reports.incidents.rules import audiences_seen
from services.reports.incidents.tables import AUDIENCE, Observation
from tests.services.reports.conftest import Desk, Make

Json = dict[str, Any]
Row = Callable[..., Json]
LETTERS = "bdgklmnprst"
# As reports call one place or person, and how else somebody would write it.
NAMES = [("Исфара", "Isfara"), ("Rakhmon", "Раҳмон"), ("Бахтиёр", "Bakhtiyor"), ("Чыңгыз", "Chyngyz"), ("محمد رحیمی", "Rahimi")]


def made_up(length: int = 9) -> str:
    """A word no other test uses."""
    return "".join(random.choice(LETTERS) + random.choice("aou") for _ in range(length // 2 + 1))


async def found(desk: Desk, q: str, **params: Any) -> list[str]:
    """The titles of all that is found."""
    return [each["title"] for each in (await desk.get("/incidents", q=q, limit=200, **params))["items"]]


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("Border guards were clashing", "clashes guard"),
        ("Пограничники сообщили о столкновениях", "столкновение пограничников"),
        ("Clashes in the villages of the valley", "village clash"),
    ],
)
async def test_words_are_found_by_their_stem(said: str, asked: str, analyst: Desk, tajik_team: Desk, row: Row) -> None:
    mark = made_up()
    await tajik_team.deliver("unct-tjk", [row(title=f"{said} {mark}"), row(title=f"Nothing of the kind {mark}")])
    assert await found(analyst, f"{asked} {mark}") == [f"{said} {mark}"]


async def test_words_of_the_text_are_found_and_all_of_them_must_be_met(analyst: Desk, tajik_team: Desk, row: Row) -> None:
    mark, text_of = made_up(), "Water was cut off upstream; the canals are dry."
    await tajik_team.deliver("unct-tjk", [row(title=f"Dispute {mark}", text=text_of)])
    assert await found(analyst, f"{mark} canal") == [f"Dispute {mark}"]
    assert await found(analyst, f"{mark} the canal of water") == [f"Dispute {mark}"]
    assert await found(analyst, f"{mark} electricity") == []
    assert await found(analyst, f'{mark} "cut off upstream"') == [f"Dispute {mark}"]
    assert await found(analyst, f'{mark} "upstream water"') == []
    assert await found(analyst, "— …") == []


@pytest.mark.parametrize(("said", "asked"), [*NAMES, *((b, a) for a, b in NAMES[:4]), ("Zarina Rahimi", "رحیمی")])
async def test_names_are_found_in_any_script(said: str, asked: str, analyst: Desk, tajik_team: Desk, row: Row) -> None:
    mark = made_up()
    await tajik_team.deliver("unct-tjk", [row(title=f"{said} {mark}")])
    assert await found(analyst, f"{mark} {asked}") == [f"{said} {mark}"]


async def test_a_misspelled_word_finds_near_ones_unless_something_holds_it(analyst: Desk, tajik_team: Desk, row: Row) -> None:
    word, mark = "shavkatobod" + made_up(3), made_up()
    await tajik_team.deliver("unct-tjk", [row(title=f"{word} {mark}")])
    near = word.replace("vk", "k")
    assert await found(analyst, f"{mark} {near}") == [f"{word} {mark}"]
    await tajik_team.deliver("unct-tjk", [row(title=f"{near} {mark}")])
    assert await found(analyst, f"{mark} {near}") == [f"{near} {mark}"]


@pytest.mark.parametrize("others", [0, BEGUN + 1])
async def test_words_are_found_from_their_start_however_many_begin_so(others: int, analyst: Desk, tajik_team: Desk, row: Row) -> None:
    start = made_up()
    words = [
        start,
        *(f"{start}{end}" for end in ("a", "24", "k" * 30)),
        *(f"{start}m{letter}" for letter in string.ascii_lowercase[:others]),
    ]
    await tajik_team.deliver("unct-tjk", [row(title=word) for word in words])
    assert sorted(await found(analyst, start)) == sorted(words)
    assert sorted(await found(analyst, start[:-1])) == sorted(words)
    assert await found(analyst, f"{start}2") == [f"{start}24"]


async def test_words_that_come_to_be_known_meanwhile_repeat_nothing_in_a_walk_by_relevance(
    analyst: Desk, tajik_team: Desk, row: Row
) -> None:
    start = made_up()
    await tajik_team.deliver("unct-tjk", [row(title=f"{'x ' * number}{start}", text=start * (number % 2)) for number in range(4)])
    query = {"q": start, "order": "relevance", "limit": 1}
    page = await analyst.get("/incidents", **query)
    seen = [each["id"] for each in page["items"]]
    await tajik_team.deliver("unct-tjk", [row(title=f"{start}m{letter}") for letter in "bdg"])
    while page["next"]:
        page = await analyst.get("/incidents", **query, cursor=page["next"])
        seen += [each["id"] for each in page["items"]]
    assert len(seen) == len(set(seen)) == 4


async def test_what_is_not_among_the_newest_is_listed_in_the_same_order_and_each_incident_once(
    analyst: Desk, tajik_team: Desk, row: Row, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = made_up()
    rows = [row(title=f"{mark} {number}", latitude=37.0 + number / 2) for number in range(8)]
    for each in rows:  # Those of one delivery have no order among themselves.
        await tajik_team.deliver("unct-tjk", [each])
    keys = [(await analyst.incident_of(each))["id"] for each in rows]
    for other in keys[3:7]:
        await analyst.post(f"/incidents/{keys[7]}/merge", {"other": other, "reason": "One event."})
    await tajik_team.deliver("unct-tjk", [row() for _ in range(4)])
    newest_first = [keys[7], *reversed(keys[:3])]
    assert await walk(analyst, q=mark) == newest_first
    monkeypatch.setattr(queries_of_words, "RECENT", 2)
    monkeypatch.setattr(reads, "ACCOUNTS_EACH", 1)
    assert await walk(analyst, q=mark) == newest_first


async def walk(analyst: Desk, **query: Any) -> list[str]:
    """All pages of one incident each."""
    page = await analyst.get("/incidents", **query, limit=1)
    seen = [each["id"] for each in page["items"]]
    while page["next"]:
        page = await analyst.get("/incidents", **query, limit=1, cursor=page["next"])
        seen += [each["id"] for each in page["items"]]
    return seen


async def test_words_that_are_held_but_never_together_find_nothing(analyst: Desk, tajik_team: Desk, row: Row) -> None:
    one, other, mark = made_up(), made_up(), made_up()
    await tajik_team.deliver("unct-tjk", [row(title=f"{one} {mark}"), row(title=f"{other} {mark}")])
    assert len(await found(analyst, mark)) == 2
    assert await found(analyst, f"{one} {other}") == []
    counted = await analyst.get("/incidents/facets", q=f"{one} {other}")
    assert counted["total"] == 0
    assert (await analyst.get("/incidents/map", resolution=4, q=f"{one} {other}"))["features"] == []


async def test_person_does_not_find_prison(analyst: Desk, tajik_team: Desk, row: Row) -> None:
    mark = made_up()
    await tajik_team.deliver("unct-tjk", [row(title=f"prison {mark}"), row(title=f"person {mark}")])
    assert await found(analyst, f"{mark} person") == [f"person {mark}"]


@pytest.fixture(scope="session")
def declarations(data: Path) -> dict[str, str]:
    """The Universal Declaration by language and script."""
    lines = (data / "texts/udhr_centralasia_languages.jsonl").read_text(encoding="utf-8").splitlines()
    return {each["Key"]: each["text"] for each in map(json.loads, lines)}


async def test_a_phrase_of_the_declaration_finds_it_in_each_language(
    analyst: Desk, tajik_team: Desk, row: Row, declarations: dict[str, str]
) -> None:
    assert len(declarations) == 14
    mark = made_up()
    rows = [row(title=f"{mark} {language}", text=said[:19_000]) for language, said in declarations.items()]
    assert (await tajik_team.deliver("unct-tjk", rows))["accepted"] == 14
    for language, said in declarations.items():
        words = re.split(r"\s+", said[:9_000])
        phrase = " ".join(words[300:308])
        alone = [f"{mark} {other}" for other, text_of in declarations.items() if phrase in re.sub(r"\s+", " ", text_of)]
        assert sorted(await found(analyst, f'{mark} "{phrase}"')) == sorted(alone), language
        assert f"{mark} {language}" in await found(analyst, f"{mark} {phrase}"), language


async def test_by_relevance_the_title_counts_more_and_a_walk_repeats_nothing(analyst: Desk, tajik_team: Desk, row: Row) -> None:
    mark, word = made_up(), made_up()
    titled = row(title=f"{mark} {word}")
    others = [row(title=f"{mark} {number}", text=f"It speaks of {word} once among other things.") for number in range(5)]
    await tajik_team.deliver("unct-tjk", [titled])
    await tajik_team.deliver("unct-tjk", others)
    query = {"q": f"{mark} {word}", "order": "relevance", "limit": 2}
    page = await analyst.get("/incidents", **query)
    assert page["items"][0]["title"] == titled["title"]
    assert (await found(analyst, f"{mark} {word}"))[-1] == titled["title"], "newest first, it is the last"
    seen = [each["id"] for each in page["items"]]
    await tajik_team.deliver("unct-tjk", [row(title=f"{mark} {word} {word}, later")])
    while page["next"]:
        page = await analyst.get("/incidents", **query, cursor=page["next"])
        seen += [each["id"] for each in page["items"]]
    assert len(seen) == len(set(seen)) == 6


async def test_what_a_reader_may_not_know_of_is_not_found_and_changes_nothing(
    desk: Make, analyst: Desk, tajik_team: Desk, row: Row
) -> None:
    word, mark = "karimobod" + made_up(3), made_up()
    near = word.replace("ri", "r")
    open_row = row(title=f"{near} {mark}", label={"sensitivity": "unclassified", "tlp": "GREEN"})
    secret = row(title=f"{word} {mark}", label={"sensitivity": "strictly-confidential", "tlp": "RED"})
    await tajik_team.deliver("unct-tjk", [open_row])
    narrow = desk("analyst", client_id="narrow", access="unclassified")
    before = await found(narrow, f"{mark} {word}")
    await desk("feed", client_id="unct-tjk", organization="unct-tjk").deliver("unct-tjk", [secret])
    assert before == [f"{near} {mark}"]
    assert await found(narrow, f"{mark} {word}") == before, "that somebody else holds the word does not show"
    assert await found(narrow, f"{mark}", order="relevance") == before
    assert await found(analyst, f"{mark} {word}") == [f"{word} {mark}"]
    elsewhere = desk("analyst", client_id="elsewhere", countries=["KAZ"])
    assert await found(elsewhere, mark) == []


async def test_the_plan_of_a_search_uses_the_index_under_row_level_security(reports: httpx.AsyncClient) -> None:
    """@@ is marked leakproof (deploy/postgres/bootstrap.py): else every row would be read before its words are looked at."""
    query = select(Observation.id).where(*conditions(Filters(whole="'clash' & 'border':*"))[1:])
    said = query.compile(dialect=postgresql.dialect(), compile_kwargs={"literal_binds": True})
    async with reports.app.state.database.transaction(system_principal("reports")) as session:  # type: ignore[attr-defined]
        await session.execute(text("set local enable_seqscan = off"))
        await session.execute(text("set local enable_indexscan = off"))
        plan = "\n".join((await session.execute(text(f"explain {said}".replace(":*", r"\:*")))).scalars())
    assert "Bitmap Index Scan on ix_observations_search" in plan
    assert "Index Cond: (search @@ " in plan


@pytest.mark.parametrize("mine", [set(), {"TKM"}, {"KAZ", "AFG"}, set(COUNTRIES)])
async def test_r18_the_audiences_a_reader_is_looked_up_by_are_those_that_may_be_shown(mine: set[str], reports: httpx.AsyncClient) -> None:
    labels = [list(some) for size in range(len(COUNTRIES) + 1) for some in itertools.combinations(COUNTRIES, size)]
    state: Any = reports.app.state  # type: ignore[attr-defined]
    told = "jsonb_to_recordset(cast(:rows as jsonb)) as told (n integer, countries text[])"
    query = f"select cast({AUDIENCE} as smallint) from {told} order by n"
    async with state.database.transaction(system_principal("reports")) as session:
        rows = json.dumps([{"n": n, "countries": label} for n, label in enumerate(labels)])
        audiences = list((await session.execute(text(query), {"rows": rows})).scalars())
    assert len(set(audiences)) == len(labels)
    seen = audiences_seen(mine)
    assert [each in seen for each in audiences] == [not label or bool(mine & set(label)) for label in labels]


async def test_r18_whoever_reads_for_one_country_finds_its_incidents_by_every_filter_and_no_others(
    desk: Make, tajik_team: Desk, row: Row
) -> None:
    mark = made_up()
    here, shared = row(title=f"Here {mark}"), row(title=f"Shared {mark}", label={"countries": ["TJK", "TKM"]})
    await tajik_team.deliver("unct-tjk", [here, shared])
    narrow, wide = desk("analyst", countries=["TKM"]), desk("analyst", countries=["TKM", "TJK"])
    for asked in ({}, {"country": "TJK"}, {"theme": "border"}, {"until": "2030-01-01T00:00:00Z"}, {"source": "unct-tjk"}):
        assert await found(narrow, mark, **asked) == [f"Shared {mark}"]
        assert sorted(await found(wide, mark, **asked)) == [f"Here {mark}", f"Shared {mark}"]
    assert await found(narrow, mark, country="TKM") == []
