"""Common Alerting Protocol 1.0, 1.1 and 1.2 (OASIS). One alert is one observation, all its languages in the text.

An update or cancellation names what it refers to: it becomes a newer version of the first alert of that chain.
"""

from typing import Any, Final

from services.reports.feeds.adapters.cap_rules import check_alert, first, point_of
from services.reports.feeds.adapters.countries import is_near, named_in
from services.reports.feeds.adapters.flaws import OutOfScope, Unfit
from services.reports.feeds.adapters.following import Following
from services.reports.feeds.adapters.formats.cap_documents import links_of
from services.reports.feeds.adapters.formats.signatures import BROKEN
from services.reports.feeds.adapters.records import Context, Native, Record, as_moment, identity, lines, shorten, spoken

THEMES: Final = {
    "Geo": "environment", "Met": "environment", "Fire": "environment", "Env": "environment", "CBRNE": "environment",
    "Security": "political", "Rescue": "humanitarian", "Health": "humanitarian", "Infra": "development",
}  # fmt: skip
MESSAGES: Final = {"Cancel": "Cancelled: ", "Update": "", "Alert": ""}
# What else an info block says, in the order it is read.
BLOCK: Final = ("headline", "description", "instruction", "urgency", "severity", "certainty", "onset", "expires", "senderName", "web")


def convert(record: Record, context: Context) -> Native:
    """One alert. Unfit when it is not valid or its signature does not verify; set aside when it is an exercise, a test or no alert."""
    alert: dict[str, Any] = record.values["alert"]
    if record.values["signature"] == BROKEN:
        raise Unfit("Signature", "does not verify: the alert was changed after it was signed, or signed by an outdated method")
    check_alert(alert, record.values["version"])
    _require_actual(alert)
    blocks = [each for each in alert.get("info", []) if isinstance(each, dict)]
    native = {
        "external_id": identity(f"cap-{_chain(alert)}"),
        "occurred_at": _moment(alert, blocks),
        "themes": sorted({THEMES[name] for block in blocks for name in block.get("category", []) if name in THEMES}),
        "title": shorten(MESSAGES[first(alert, "msgType")] + _title(blocks)),
    }
    record.fields |= {
        "/external_id": "identifier",
        "/occurred_at": "sent",
        "/title": "headline",
        "/country": "areaDesc",
        "/latitude": "area",
    }
    language = spoken(first(blocks[0], "language", "en-US")) if blocks else {}
    return native | language | _place(blocks, context) | _text(record, alert, blocks)


def _require_actual(alert: dict[str, Any]) -> None:
    if (status := first(alert, "status")) != "Actual":
        raise OutOfScope(f"an alert with status {status} warns of nothing")
    if (kind := first(alert, "msgType")) not in MESSAGES:
        raise OutOfScope(f"a message of type {kind} is no alert")


def _chain(alert: dict[str, Any]) -> str:
    """Sender and identifier of the first alert of the chain: references are `sender,identifier,sent`, in any order."""
    references = [tuple(each.split(",")) for each in first(alert, "references", "").split()]
    named = sorted((sent, sender, identifier) for sender, identifier, sent in (each for each in references if len(each) == 3))
    if named and first(alert, "msgType") in ("Update", "Cancel"):
        return ",".join(named[0][1:])
    return f"{first(alert, 'sender')},{first(alert, 'identifier')}"


def _moment(alert: dict[str, Any], blocks: list[dict[str, Any]]) -> str:
    """When it began, if that is past as the sender saw it; else when it was sent."""
    sent = as_moment(first(alert, "sent"))
    onsets = [as_moment(first(block, "onset")) for block in blocks if block.get("onset")]
    return min([sent, *onsets])


def _title(blocks: list[dict[str, Any]]) -> str:
    if not blocks:
        return "Alert without information"
    places = "; ".join(first(area, "areaDesc") for area in blocks[0].get("area", []) if isinstance(area, dict))
    return first(blocks[0], "headline", "") or f"{first(blocks[0], 'event')}: {places}"


def _place(blocks: list[dict[str, Any]], context: Context) -> Native:
    """The countries the areas name, and the middle of the first shape; set aside when that lies far outside the region."""
    areas = [area for block in blocks for area in block.get("area", []) if isinstance(area, dict)]
    named = named_in(" ".join([*(first(area, "areaDesc") for area in areas), *(first(block, "senderName", "") for block in blocks)]))
    point = next((found for area in areas if (found := point_of(area))), None)
    if point and not is_near(*point):
        raise OutOfScope(f"outside the region (latitude {point[0]:.1f}, longitude {point[1]:.1f})")
    place: Native = {"latitude": round(point[0], 5), "longitude": round(point[1], 5)} if point else {}
    if len(named) > 1:
        place["label"] = {"countries": named}
    if len(named) == 1 or not point:
        place["country"] = named[0] if named else context.country
    return place


def _text(record: Record, alert: dict[str, Any], blocks: list[dict[str, Any]]) -> Native:
    said = []
    for block in blocks:
        heading = f"[{first(block, 'language', 'en-US')}] {first(block, 'event')}"
        said.append("\n".join([heading, *(f"{name}: {first(block, name)}" for name in BLOCK if block.get(name))]))
    return lines(
        ("Signature", record.values["signature"]),
        ("Message", f"{first(alert, 'msgType')} {first(alert, 'identifier')} of {first(alert, 'sent')} from {first(alert, 'sender')}"),
        ("Refers to", first(alert, "references", "")),
        ("Note", first(alert, "note", "")),
        ("Information", "\n\n".join(said)),
    )


def follow(body: bytes, _address: str) -> Following:
    """The alerts that an index names without holding them."""
    named = links_of(body)
    return Following(named.addresses, is_index=True, is_delivery=named.holds_alerts or not named.addresses)
