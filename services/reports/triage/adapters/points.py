"""Loads how urgency is counted (urgency.json), once."""

import json
from functools import lru_cache
from pathlib import Path

from services.reports.triage.rules import Points


@lru_cache(maxsize=1)
def points() -> Points:
    """The points of this process."""
    return Points.model_validate(json.loads((Path(__file__).parent / "urgency.json").read_text(encoding="utf-8")))
