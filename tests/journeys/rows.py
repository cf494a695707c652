"""Real rows as native observations: UCDP GED events, read from ../shared/data in tests only."""

import json
from pathlib import Path
from typing import Any

Json = dict[str, Any]
COUNTRIES = {"Tajikistan": "TJK", "Kyrgyzstan": "KGZ", "Uzbekistan": "UZB", "Afghanistan": "AFG"}


def ucdp_rows(data: Path, country: str, limit: int, start: int = 0) -> list[Json]:
    """Native observations of a country's UCDP events, with their death figures."""
    events = json.loads((data / "events" / "ucdp" / "ged251_events_sample.json").read_text())
    mine = [event for event in events if COUNTRIES.get(event["country"]) == country]
    return [_native(event, country) for event in mine[start : start + limit]]


def _native(event: Json, country: str) -> Json:
    return {
        "external_id": f"ucdp-{event['id']}",
        "occurred_at": f"{event['date']}T00:00:00Z",
        "country": country,
        "latitude": event["latitude"],
        "longitude": event["longitude"],
        "themes": ["border"],
        "title": f"UCDP event {event['id']}",
        "figures": {"deaths": {"best": event["best"], "low": event["civilian_deaths"], "high": event["best"]}},
    }
