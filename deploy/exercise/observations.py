"""Invented observations of the five country teams and of UNAMA's field offices."""

from datetime import UTC, datetime, timedelta
from typing import Any

Json = dict[str, Any]

# (feed, country, area, latitude, longitude, theme, title)
_PLACES = [
    ("unct-tjk", "TJK", "TJ-SU", 40.12, 70.62, "water-energy", "Dispute over a canal gate between two villages"),
    ("unct-tjk", "TJK", "TJ-SU", 40.09, 70.57, "water-energy", "Pumping station damaged at night"),
    ("unct-tjk", "TJK", "TJ-GB", 37.49, 71.55, "drug-trafficking", "Seizure of opiates at a river crossing"),
    ("unct-tjk", "TJK", "TJ-KT", 37.19, 69.39, "border", "Shots heard across the Panj"),
    ("unct-kgz", "KGZ", "KG-B", 39.85, 70.90, "border", "Stone-throwing near a disputed road"),
    ("unct-kgz", "KGZ", "KG-O", 40.51, 72.80, "inter-communal", "Brawl at a market, elders mediate"),
    ("unct-kaz", "KAZ", "KZ-47", 43.65, 51.20, "environment", "Fish deaths on the Caspian shore"),
    ("unct-kaz", "KAZ", "KZ-75", 43.24, 76.90, "organized-crime", "Arrests in a smuggling network"),
    ("unct-uzb", "UZB", "UZ-QR", 43.77, 59.02, "environment", "Dust storm from the dry seabed"),
    ("unct-uzb", "UZB", "UZ-FA", 40.38, 71.78, "political", "Peaceful protest over land"),
    ("unct-tkm", "TKM", "TM-M", 37.60, 61.83, "water-energy", "Irrigation shortfall reported by farmers"),
]


def today() -> datetime:
    """This morning: a load that is repeated on the same day sends the very same data."""
    return datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def _row(number: int, country: str, area: str | None, position: tuple[float, float], theme: str, title: str, days: int) -> Json:
    return {
        "external_id": f"EX-{number:04d}",
        "occurred_at": (today() - timedelta(days=days, hours=number % 7)).isoformat(),
        "country": country,
        "area": area,
        "latitude": position[0],
        "longitude": position[1],
        "themes": [theme],
        "title": f"EXERCISE: {title}",
        "text": f"EXERCISE: {title}. Invented for training; nothing of it happened.",
        "language": "en",
    }


def observations() -> dict[str, list[Json]]:
    """By feed, the rows of the past four weeks."""
    rows: dict[str, list[Json]] = {}
    for number, (feed, country, area, latitude, longitude, theme, title) in enumerate(_PLACES):
        row = _row(number, country, area, (latitude, longitude), theme, title, days=2 + 2 * number)
        row["figures"] = {"deaths": {"best": number % 3, "low": 0, "high": number % 3 + 1}} if theme == "border" else {}
        rows.setdefault(feed, []).append(row)
    return rows


def unama_observations() -> list[Json]:
    """UNAMA's account of what the team in Dushanbe saw from its side of the river, with figures of its own."""
    same = observations()["unct-tjk"][3]
    account = same | {"external_id": "EX-UNAMA-1", "country": "AFG", "area": "AF-TAK", "latitude": 37.17, "longitude": 69.40}
    account |= {"title": "EXERCISE: Exchange of fire at the Panj crossing", "figures": {"deaths": {"best": 2, "low": 1, "high": 3}}}
    return [account]
