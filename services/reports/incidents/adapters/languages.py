"""The language of a text, by py3langid's model, among the languages of the region."""

from functools import lru_cache
from typing import Final

from py3langid.langid import MODEL_FILE, LanguageIdentifier

LANGUAGES: Final = ("en", "ru", "kk", "ky", "tg", "uz", "tk", "fa", "ps", "ug", "tr", "zh")
# The first words tell it; the rest of a long text costs and adds nothing.
CHARACTERS: Final = 300


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(list(LANGUAGES))
    return identifier


def detect_language(text: str) -> str | None:
    """The likeliest language (ISO 639-1); None for a text without letters."""
    if not any(letter.isalpha() for letter in text):
        return None
    return str(_identifier().classify(text[:CHARACTERS])[0])
