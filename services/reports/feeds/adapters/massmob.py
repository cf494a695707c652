"""Mass Mobilization protests (Clark and Regan). Its rows with `protest` = 0 are country-years in which nobody protested."""

from typing import Final

from services.reports.feeds.adapters.countries import BY_GWNO, require
from services.reports.feeds.adapters.flaws import OutOfScope
from services.reports.feeds.adapters.records import Context, Native, Record, lines, shorten

REQUIRED: Final = ("id", "ccode", "protest")
# What the manual calls demands and responses; a column holds how many of them were coded.
DEMANDS: Final = {
    "labor_wage_dispute": "labour and wages", "land_farm_issue": "land and farming", "police_brutality": "police brutality",
    "political_behavior_process": "political process", "price increases_tax_policy": "prices and taxes",
    "removal_of_politician": "removal of a politician", "social_restrictions": "social restrictions",
}  # fmt: skip
RESPONSES: Final = {
    "accomodation": "accommodation", "arrests": "arrests", "beatings": "beatings", "crowddispersal": "crowd dispersal",
    "ignore": "ignored", "killings": "killings", "shootings": "shootings",
}  # fmt: skip


def convert(record: Record, _context: Context) -> Native:
    """One protest."""
    if record.need_code("", "protest") == "0":
        raise OutOfScope(f"a year without a protest ({record.text('', 'country')}, {record.text('', 'year')}; protest = 0)")
    country = require(BY_GWNO, record.need_code("/country", "ccode"))
    place = record.text("/title", "location") or record.text("/title", "country")
    demands = [name for column, name in DEMANDS.items() if record.code("", column) not in (None, "0")]
    violent = record.code("", "protesterviolence") == "1"
    responses = [name for column, name in RESPONSES.items() if record.code("", column) not in (None, "0")]
    return {
        "external_id": f"massmob-{record.need_code('/external_id', 'id')}",
        "occurred_at": record.need_day("/occurred_at", "start_date"),
        "country": country,
        "themes": ["political"],
        "title": shorten(f"Protest in {place}: {', '.join(demands) or 'demands unknown'}"),
        "language": "en",
    } | lines(
        ("Who", record.text("/text", "protesteridentity")),
        # Given as a number, a class (100-999) or words, so it is text and no figure.
        ("Participants", record.text("", "participants") or record.text("", "participants_category")),
        ("Protesters were violent", "yes" if violent else "no"),
        ("The State's response", ", ".join(responses)),
        ("Until", record.text("", "end_date")),
    )
