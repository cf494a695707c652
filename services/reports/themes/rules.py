"""Which themes a text speaks of: a word that begins as the table says, in title or text. Pure decisions."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

# More themes than this say nothing any more; those with most words are kept.
MOST_THEMES: Final = 3
_WORDS: Final = re.compile(r"\w+(?:-\w+)*")


@dataclass(frozen=True)
class ThemeRules:
    """How words begin, and the theme each beginning tells of; one with a full stop behind it is a whole word."""

    beginnings: Mapping[str, str]
    lengths: list[int] = field(init=False)

    def __post_init__(self) -> None:
        """The lengths that beginnings have, so that a word is looked up once for each."""
        object.__setattr__(self, "lengths", sorted({len(each) for each in self.beginnings}, reverse=True))

    def explain(self, *texts: str | None) -> dict[str, list[str]]:
        """Theme to the words that tell of it, most words first; at most three themes."""
        found: dict[str, list[str]] = defaultdict(list)
        for word in dict.fromkeys(_WORDS.findall(" ".join(text for text in texts if text).casefold())):
            theme = self.beginnings.get(f"{word}.") or self._by_beginning(word)
            if theme is not None:
                found[theme].append(word)
        most = sorted(found, key=lambda theme: (-len(found[theme]), theme))[:MOST_THEMES]
        return {theme: found[theme] for theme in most}

    def _by_beginning(self, word: str) -> str | None:
        """The theme of the longest beginning."""
        return next((self.beginnings[word[:n]] for n in self.lengths if word[:n] in self.beginnings), None)
