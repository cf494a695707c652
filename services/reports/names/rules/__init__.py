"""Which words name a person, and texts with those words withheld: pure decisions."""

from services.reports.names.rules.finding import find_names
from services.reports.names.rules.lexicon import Lexicon
from services.reports.names.rules.spans import WITHHELD, Locale, Marks, MarkState, Named, Role, Rule
from services.reports.names.rules.withholding import (
    choose_locale,
    key_of,
    may_read_names,
    may_take_names,
    settle_names,
    stand_in,
    withhold,
    withhold_names,
)

__all__ = [
    "WITHHELD", "Lexicon", "Locale", "MarkState", "Marks", "Named", "Role", "Rule", "choose_locale", "find_names", "key_of",
    "may_read_names", "may_take_names", "settle_names", "stand_in", "withhold", "withhold_names",
]  # fmt: skip
