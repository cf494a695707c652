"""HDX Signals (OCHA): early-warning alerts by country and indicator; the id of a signal is country, indicator and date."""

from typing import Final

from services.reports.feeds.adapters.countries import BY_ISO3, require
from services.reports.feeds.adapters.records import Context, Native, Record, lines, shorten

REQUIRED: Final = ("iso3", "indicator_id", "date", "alert_level")
THEMES: Final = {
    "conflict": ["political"],
    "agricultural_hotspots": ["environment", "humanitarian"],
    "food_insecurity": ["humanitarian"],
    "market_monitor": ["humanitarian"],
    "displacement_conflict": ["displacement"],
    "displacement_disaster": ["displacement", "environment"],
    "cholera": ["humanitarian"],
}


def convert(record: Record, _context: Context) -> Native:
    """One signal. It is about a whole country: its point is the country's centre and is left out."""
    iso3 = record.need("/country", "iso3")
    country = require(BY_ISO3, iso3)
    indicator = record.need("/external_id", "indicator_id")
    day = record.need_day("/occurred_at", "date")
    level = record.need("/title", "alert_level")
    said = record.text("", "summary_short", "plot_title") or record.text("", "indicator_name")
    return {
        "external_id": f"hdx-signal-{iso3}-{indicator}-{day[:10]}",
        "occurred_at": day,
        "country": country,
        "themes": THEMES.get(record.text("/themes", "indicator_name") or "", []),
        "title": shorten(f"{level}: {said}"),
        "language": "en",
    } | lines(
        ("Summary", record.text("/text", "summary_long")),
        ("Indicator", indicator),
        ("Value", record.text("", "value")),
        ("Source", record.text("", "summary_source", "indicator_source")),
        ("Data", record.text("", "source_url")),
        ("Place known to", "country"),
    )
