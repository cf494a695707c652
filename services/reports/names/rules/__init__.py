"""Which words name a person, and texts with those words withheld: pure decisions."""

from services.reports.names.rules.finding import find_names
from services.reports.names.rules.lexicon import Lexicon
from services.reports.names.rules.spans import Marks, MarkState, Named, Role, Rule
from services.reports.names.rules.withholding import (
    key_of,
    may_read_names,
    may_take_names,
    settle_names,
    stand_in,
    withhold_names,
)

__all__ = [
    "Lexicon", "MarkState", "Marks", "Named", "Role", "Rule", "find_names", "key_of",
    "may_read_names", "may_take_names", "settle_names", "stand_in", "withhold_names",
]  # fmt: skip
