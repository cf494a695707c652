"""What makes an alert valid by the standard's text and schemas (CAP 1.0, 1.1, 1.2), and where it lies."""

import re
from datetime import UTC, datetime
from math import isfinite
from typing import Any, Final

from services.reports.feeds.adapters.flaws import Unfit

WORDS: Final = {
    "status": {"Actual", "Exercise", "System", "Test", "Draft"},
    "msgType": {"Alert", "Update", "Cancel", "Ack", "Error"},
    "scope": {"Public", "Restricted", "Private"},
}
INFO_WORDS: Final = {
    "category": {
        "Geo", "Met", "Safety", "Security", "Rescue", "Fire", "Health", "Env", "Transport", "Infra", "CBRNE", "Other",
    },
    "urgency": {"Immediate", "Expected", "Future", "Past", "Unknown"},
    "severity": {"Extreme", "Severe", "Moderate", "Minor", "Unknown"},
    "certainty": {"Observed", "Very Likely", "Likely", "Possible", "Unlikely", "Unknown"},
}  # fmt: skip
# CAP 1.0 leaves these out at will.
OPTIONAL_IN_1_0: Final = {"scope", "category"}
_ID: Final = re.compile(r"[^\s,<&]+")
_OFFSET: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?([+-]\d\d:\d\d|Z)")


def first(fields: dict[str, Any], name: str, otherwise: str | None = None) -> str:
    """The first text under `name`. Unfit when there is none and nothing is given instead."""
    found = next((each for each in fields.get(name, []) if isinstance(each, str)), otherwise)
    if found is None:
        raise Unfit(name, "is needed")
    return found


def check_alert(alert: dict[str, Any], version: str) -> None:
    """Unfit, with the element, for an alert that is not valid."""
    optional = OPTIONAL_IN_1_0 if version == "1.0" else set()
    for name in ("identifier", "sender"):
        if not _ID.fullmatch(first(alert, name)):
            raise Unfit(name, "holds a blank, a comma, < or &, which it must not")
    _check_time(alert, "sent")
    _check_words(alert, WORDS, optional)
    if alert.get("scope") == ["Restricted"]:
        first(alert, "restriction")
    if alert.get("scope") == ["Private"]:
        first(alert, "addresses")
    if alert.get("msgType") in (["Update"], ["Cancel"]):
        first(alert, "references")
    for block in alert.get("info", []):
        _check_block(block, optional)


def _check_block(block: Any, optional: set[str]) -> None:
    if not isinstance(block, dict):
        raise Unfit("info", "is empty")
    first(block, "event")
    _check_words(block, INFO_WORDS, optional)
    for name in ("effective", "onset", "expires"):
        if block.get(name):
            _check_time(block, name)
    for area in block.get("area", []):
        if not isinstance(area, dict):
            raise Unfit("area", "is empty")
        first(area, "areaDesc")
        point_of(area)


def _check_words(fields: dict[str, Any], words: dict[str, set[str]], optional: set[str]) -> None:
    for name, known in words.items():
        if name not in optional:
            first(fields, name)
        if unknown := [each for each in fields.get(name, []) if each not in known]:
            raise Unfit(name, f"is not one of {', '.join(sorted(known))} ({str(unknown[0])[:40]})")


def _check_time(fields: dict[str, Any], name: str) -> None:
    said = first(fields, name)
    try:
        valid = bool(_OFFSET.fullmatch(said)) and bool(datetime.fromisoformat(said).astimezone(UTC))
    except (ValueError, OverflowError):
        valid = False
    if not valid:
        raise Unfit(name, "is not a time like 2026-03-01T10:00:00+05:00")


def point_of(area: dict[str, Any]) -> tuple[float, float] | None:
    """The middle of an area's circle, or of the corners of its polygon: latitude, longitude. Unfit for a broken shape."""
    if area.get("circle"):
        return _pair(first(area, "circle").split()[0], "circle")
    if area.get("polygon"):
        corners = [_pair(each, "polygon") for each in first(area, "polygon").split()]
        if len(corners) < 4 or corners[0] != corners[-1]:
            raise Unfit("polygon", "is not closed")
        inner = corners[:-1]
        return sum(each[0] for each in inner) / len(inner), sum(each[1] for each in inner) / len(inner)
    return None


def _pair(said: str, name: str) -> tuple[float, float]:
    try:
        latitude, longitude = (float(each) for each in said.split(","))
    except ValueError as error:
        raise Unfit(name, "is not made of latitude,longitude pairs") from error
    if not (isfinite(latitude) and isfinite(longitude)) or abs(latitude) > 90 or abs(longitude) > 180:
        raise Unfit(name, "has coordinates out of range")
    return latitude, longitude
