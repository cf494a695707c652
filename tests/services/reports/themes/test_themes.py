"""Themes by rule, explained; and the language of a text."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.vocabulary import THEMES
from services.reports.incidents.adapters.languages import detect_language
from services.reports.themes.adapters.rules_table import theme_rules
from tests.services.reports.conftest import Desk

Json = dict[str, Any]
TEXTS = {
    "Border guards seized 20 kg of heroin near the checkpoint": {"border": ["border", "checkpoint"], "drug-trafficking": ["heroin"]},
    "На границе изъяли 20 кг героина": {"border": ["границе"], "drug-trafficking": ["героина"]},
    "Сельчане перекрыли канал из-за нехватки воды": {"water-energy": ["канал", "воды"], "inter-communal": ["сельчане"]},
    "A calm day in the market, and no damage in rural districts": {},
    "Сельский клуб открыт": {},
    "Сошёл сель, разрушен мост": {"environment": ["сель"]},
}


@pytest.mark.parametrize("text", TEXTS)
def test_rules_name_themes_and_say_by_which_words(text: str) -> None:
    assert theme_rules().explain(text) == TEXTS[text]


def test_every_theme_of_the_table_is_a_theme() -> None:
    assert set(theme_rules().beginnings.values()) <= set(THEMES)


@given(st.text(), st.text())
def test_any_text_gets_at_most_three_themes_and_words_of_its_own(title: str, text: str) -> None:
    found = theme_rules().explain(title, text)
    assert len(found) <= 3
    assert all(word in f"{title} {text}".casefold() for words in found.values() for word in words)


LANGUAGES = {
    "A gathering was reported in the morning": "en",
    "Обстрел у заставы, погибли двое": "ru",
    "Шекара маңында қарулы қақтығыс болды": "kk",
    "Чек арада кагылышуу болду, эки адам каза тапты": "ky",
    "Дар сарҳад тирпарронӣ шуд, ду нафар кушта шуданд": "tg",
    "Chegarada otishma boʻldi, ikki kishi halok boʻldi": "uz",
    "Serhetde atyşyk boldy, iki adam wepat boldy": "tk",
    "در مرز درگیری شد و دو نفر کشته شدند": "fa",
    "12:30": None,
}


@pytest.mark.parametrize("text", LANGUAGES)
def test_the_languages_of_the_region_are_told_apart(text: str) -> None:
    assert detect_language(text) == LANGUAGES[text]


async def test_what_a_source_leaves_out_is_told_by_its_words(tajik_team: Desk, analyst: Desk, row: Callable[..., Json]) -> None:
    silent = row(themes=[], title="На границе изъяли 20 кг героина")
    spoken = row(themes=["political"], title="Heroin seized at the border", language="en")
    await tajik_team.deliver("unct-tjk", [silent, spoken])
    seen = await analyst.observation_of(silent)
    assert seen["themes"] == ["border", "drug-trafficking"] == seen["label"]["themes"]
    assert seen["theme_words"] == {"border": ["границе"], "drug-trafficking": ["героина"]}
    assert (seen["language"], seen["detected_language"]) == ("ru", "ru")
    seen = await analyst.observation_of(spoken)
    assert (seen["themes"], seen["theme_words"], seen["detected_language"]) == (["political"], {}, None)
    again = await tajik_team.deliver("unct-tjk", [silent])
    assert again["duplicate"] == 1
