"""Names in any script as plain letters, so that one spelling finds another. Pure.

Latin letters stand for every script (anyascii); what transliterations differ in (Sergey, Sergei, Sergej; Rahmon, Rakhmon)
is then folded to one spelling. Arabic script leaves short vowels out: such names are compared by their consonants.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from anyascii import anyascii

# In this order: longer groups first. Left: how passports, press and the Governments themselves spell one sound.
_GROUPS = (
    ("shch", "sh"), ("sch", "sh"), ("dzh", "j"), ("dj", "j"), ("zh", "j"), ("tch", "4"), ("ch", "4"), ("kh", "h"), ("gh", "g"),
    ("ph", "f"), ("oo", "u"), ("ou", "u"), ("q", "k"), ("ck", "k"), ("c", "k"), ("w", "v"), ("y", "i"),
)  # fmt: skip
# After doubled letters were joined: Evgeniy and Yevgeny, Bakhtiyor and Бахтиёр.
_GLIDES = (("ie", "e"), ("io", "e"))
# Uzbek x is kh, everywhere else it is ks: a word that has one is known by both.
_X = ("h", "ks")
_FINAL_J = re.compile(r"j(?![aeiou])")
_REPEATED = re.compile(r"(.)\1+")
_MARKS = re.compile(r"['`\u2018\u2019\u02bb\u02bc\u2032]")
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")
_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff]")
_VOWELS = re.compile(r"[aeiouv]")
# Consonants of a name in Arabic script, and of one in another: a query in Arabic script looks among both, any other
# query among the first, and among the second only when the consonants tell a name apart.
ARABIC_BONES, OTHER_BONES, _TELLING = "~", "^", 4


def plain(text: str) -> list[str]:
    """The words of `text` in plain Latin letters, one spelling for each sound."""
    return [spellings[0] for spellings in _words(text)]


def _words(text: str) -> list[tuple[str, ...]]:
    """Each word with its spellings, the likelier first."""
    latin = _MARKS.sub("", anyascii(unicodedata.normalize("NFC", text)).lower())
    return [_spellings(word) for word in _NOT_PLAIN.split(latin) if word]


def _spellings(word: str) -> tuple[str, ...]:
    if "x" not in word:
        return (_fold(word),)
    return tuple(dict.fromkeys(_fold(word.replace("x", sound)) for sound in _X))


def _fold(word: str) -> str:
    word = _REPEATED.sub(r"\1", _FINAL_J.sub("i", _replaced(word, _GROUPS)))
    return _REPEATED.sub(r"\1", _replaced(word, _GLIDES))


def _replaced(word: str, pairs: tuple[tuple[str, str], ...]) -> str:
    for sound, spelling in pairs:
        # Most words hold few of them, and looking is cheaper than replacing.
        if sound in word:
            word = word.replace(sound, spelling)
    return word


def consonants(word: str) -> str:
    """The consonants of a folded word; و stands for u, o and v, so v counts as a vowel."""
    return _VOWELS.sub("", word)


def is_arabic(word: str) -> bool:
    """True for a word in Arabic script (Dari, Pashto, Arabic, Persian)."""
    return bool(_ARABIC.search(word))


def folded(names: Iterable[str]) -> str:
    """What is stored to search `names` by: folded words, and their consonants behind a mark, between spaces."""
    found = folded_words(names)
    return f" {' '.join(found)} " if found else ""


def folded_words(texts: Iterable[str]) -> list[str]:
    """The folded words of texts, each once, and their consonants behind a mark."""
    words = dict.fromkeys(chain.from_iterable(map(str.split, texts)))
    return list(dict.fromkeys(chain.from_iterable(map(word_forms, words))))


# Feeds say the same words again and again: folding one anew takes thirty times as long as finding it.
@lru_cache(maxsize=65_536)
def word_forms(word: str) -> tuple[str, ...]:
    """What is stored to find one word by."""
    mark = ARABIC_BONES if is_arabic(word) else OTHER_BONES
    spelled = [each for spellings in _words(word) for each in spellings]
    return tuple(form for each in spelled for form in (each, *(mark + bones for bones in [consonants(each)] if len(bones) > 1)))


class Token(NamedTuple):
    """A word of `folded` text to look for: from its start, or whole."""

    text: str
    whole: bool


def search_tokens(query: str) -> list[list[Token]]:
    """What to look for in `folded` words: every group must be met, each by any of its tokens."""
    return [_tokens(spellings, is_arabic(word)) for word in query.split() for spellings in _words(word)]


def search_patterns(query: str) -> list[list[str]]:
    """The same as LIKE patterns over `folded` text. Words match from their start."""
    return [[f"% {each.text} %" if each.whole else f"% {each.text}%" for each in group] for group in search_tokens(query)]


def _tokens(spellings: tuple[str, ...], arabic: bool) -> list[Token]:
    found = [Token(each, whole=False) for each in spellings]
    for bones in dict.fromkeys(consonants(each) for each in spellings):
        if len(bones) > 1:
            found.append(Token(ARABIC_BONES + bones, whole=False))
        if arabic and len(bones) > 1:
            found.append(Token(OTHER_BONES + bones, whole=False))
        elif len(bones) >= _TELLING:
            found.append(Token(OTHER_BONES + bones, whole=True))
    return found
