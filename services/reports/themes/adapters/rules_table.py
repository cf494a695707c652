"""Loads the table of words once."""

import csv
from functools import lru_cache
from pathlib import Path

from services.reports.themes.rules import ThemeRules


@lru_cache(maxsize=1)
def theme_rules() -> ThemeRules:
    """The rules of this process."""
    with (Path(__file__).parent / "words.csv").open(encoding="utf-8", newline="") as file:
        return ThemeRules({beginning: row["theme"] for row in csv.DictReader(file) for beginning in row["beginnings"].split()})
