"""Loads how accounts are matched (matching.json), once."""

import json
from functools import lru_cache
from pathlib import Path

from services.reports.incidents.rules import Thresholds


@lru_cache(maxsize=1)
def thresholds() -> Thresholds:
    """The thresholds and weights of this process. ValueError when their reach is wider than the squares that are searched."""
    return Thresholds.model_validate(json.loads((Path(__file__).parent / "matching.json").read_text(encoding="utf-8")))
