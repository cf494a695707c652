"""Names in any script and spelling find one another, as a pure rule."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.spelling import folded, plain, search_patterns

SAME = [
    ("Сергей", "Sergey", "Sergei", "Sergej", "SERGEI"),
    ("Раҳмон", "Рахмон", "Rahmon", "Rakhmon"),
    ("Ҷамшед", "Джамшед", "Jamshed", "Dzhamshed"),
    ("Қасым-Жомарт Тоқаев", "Kassym-Jomart Tokayev", "Касым-Жомарт Токаев"),
    ("Бахтиёр", "Bakhtiyor", "Baxtiyor"),
    ("Евгений", "Yevgeny", "Evgeniy"),
    ("Мирзиёев", "Mirziyoyev"),
    ("Гурбангулы", "Gurbanguly"),
    ("Чыңгыз", "Chyngyz"),
]
letters = st.text(alphabet="абвгдежзиклмнопрстуфхчшъыьэюяқғҷӯӣңәөabcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12)


def finds(query: str, name: str) -> bool:
    """What PostgreSQL does with the patterns."""
    kept = folded([name])
    groups = search_patterns(query)
    return bool(groups) and all(any(re.search(each.strip("%").replace("^", r"\^"), kept) for each in group) for group in groups)


@pytest.mark.parametrize("spellings", SAME, ids=lambda each: each[0])
def test_every_spelling_finds_every_other(spellings: tuple[str, ...]) -> None:
    assert all(finds(one, other) for one in spellings for other in spellings)


@pytest.mark.parametrize(("one", "other"), [("احمد محمود", "Ahmad Mahmud"), ("شریف", "Шариф"), ("Ahmad Mahmud", "احمد محمود")])
def test_arabic_script_is_compared_by_consonants(one: str, other: str) -> None:
    assert finds(one, other)


def test_other_names_are_not_found() -> None:
    assert not finds("Sergei", "Sardor")
    assert not finds("Karim", "Rahim")
    assert not finds("", "Sergei")
    assert not finds("%", "Sergei")


@given(st.lists(letters, min_size=1, max_size=3).map(" ".join))
def test_a_name_finds_itself_and_folding_leaves_nothing_a_pattern_could_mean(name: str) -> None:
    assert not re.search(r"[%_\\]", folded([name]))
    if plain(name):
        assert finds(name, name)
        assert finds(name.upper(), name)


@given(st.text())
def test_any_text_is_folded_without_error(text: str) -> None:
    assert all(word == word.lower() and word.isascii() for word in plain(text))
    assert all(search_patterns(text))
