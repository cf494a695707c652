"""HXL: any humanitarian table with hashtags. What hashtags say becomes native; every other cell is kept in the text."""

import hashlib
import re
from datetime import datetime
from typing import Final

from services.reports.feeds.adapters.countries import BY_ISO2, BY_ISO3, BY_NAME, require
from services.reports.feeds.adapters.flaws import Unfit
from services.reports.feeds.adapters.records import Context, Native, Record, as_count, as_day, identity, lines, shorten

COUNTED: Final = ("#affected", "#inneed", "#targeted", "#reached", "#population")
MAX_FIGURES: Final = 20
FIGURE_NAME: Final = 40
DATES: Final = ("#date+occurred", "#date+start", "#date+reported", "#date")
TITLES: Final = ("#event+name", "#event", "#crisis+name", "#crisis", "#description", "#activity+name", "#activity")
SUBJECT: Final = ("#sector", "#subsector", "#activity", "#org", "#beneficiary")
PLACES: Final = ("#loc", "#adm3", "#adm2", "#adm1", "#country")
_FORMS: Final = (
    ("%Y-%m-%d", "day"), ("%d/%m/%Y", "day"), ("%d %B %Y", "day"), ("%d %b %Y", "day"), ("%B %d, %Y", "day"),
    ("%Y-%m", "month"), ("%Y", "year"),
)  # fmt: skip
_NOT_A_WORD: Final = re.compile(r"[^a-z0-9]+")
Cells = dict[str, str]


def convert(record: Record, context: Context) -> Native:
    """One line. Its id is what the line calls so, else its content; its date names how exactly it is known."""
    cells = _cells(record)
    country = _country(cells, context)
    day, precision, date_tag = _day(cells)
    record.fields = {"/occurred_at": date_tag, "/country": "#country", "/title": "#event", "/external_id": "#meta+id"}
    native = {"external_id": _id(cells), "occurred_at": day, "country": country, "themes": ["humanitarian"], "title": _title(cells)}
    if area := _any(cells, "#adm1+name", "#adm1"):
        native["area"] = shorten(area, 200)
    text = lines(("Date known to", precision), *cells.items())
    return native | _point(cells) | _figures(record, cells) | text


def _cells(record: Record) -> Cells:
    """Cells by hashtag; where one stands over several columns, the others are numbered."""
    found: Cells = {}
    for tag, cell in zip(record.values["tags"], record.values["cells"], strict=True):
        if tag and cell.strip():
            name, number = tag, 2
            while name in found:
                name, number = f"{tag} ({number})", number + 1
            found[name] = cell.strip()
    return found


def _any(cells: Cells, *tags: str) -> str | None:
    """The first cell under one of `tags`, or under one with more attributes."""
    for tag in tags:
        for name, cell in cells.items():
            if name == tag or name.startswith((f"{tag}+", f"{tag} (")):
                return cell
    return None


def _day(cells: Cells) -> tuple[str, str, str]:
    """The day, how exactly it is known, and the tag it stood under."""
    tag = next((name for wanted in DATES for name in cells if name == wanted or name.startswith(f"{wanted}+")), None)
    if tag is None:
        raise Unfit("#date", "is needed")
    for form, precision in _FORMS:
        try:
            return as_day(cells[tag], form), precision, tag
        except ValueError:
            continue
    try:
        return as_day(str(datetime.fromisoformat(cells[tag]).date())), "day", tag
    except ValueError as error:
        raise Unfit(tag, "is not a date like 2026-03-01, 2026-03 or 2026") from error


def _country(cells: Cells, context: Context) -> str:
    """By code, by name, or by the two letters a P-code begins with; the feed's own where the line names none."""
    if code := _any(cells, "#country+code"):
        return require(BY_ISO3 | BY_ISO2, code.upper())
    if name := _any(cells, "#country"):
        return require(BY_NAME | {iso3.casefold(): iso3 for iso3 in BY_ISO3}, name)
    if p_code := _any(cells, "#adm1+code", "#adm2+code", "#adm3+code", "#loc+code"):
        return require(BY_ISO2, p_code[:2].upper())
    return context.country


def _id(cells: Cells) -> str:
    if named := _any(cells, "#meta+id", "#event+id", "#event+code", "#activity+id", "#activity+code"):
        return identity(f"hxl-{named}")
    said = "\x1f".join(f"{tag}\x1e{cell}" for tag, cell in sorted(cells.items()))
    return f"hxl-{hashlib.sha256(said.encode('utf-8', 'backslashreplace')).hexdigest()[:32]}"


def _title(cells: Cells) -> str:
    if named := _any(cells, *TITLES):
        return shorten(named)
    subject = [cell for tag in SUBJECT if (cell := _any(cells, f"{tag}+name", tag))]
    place = next((cell for tag in PLACES if (cell := _any(cells, f"{tag}+name", tag))), "")
    counted = [tag for tag in cells if tag.startswith(COUNTED)]
    return shorten(": ".join(filter(None, (", ".join(subject) or ", ".join(counted[:3]) or "Humanitarian figures", place))))


def _point(cells: Cells) -> Native:
    latitude, longitude = cells.get("#geo+lat"), cells.get("#geo+lon")
    if latitude is None and longitude is None:
        return {}
    return Record({"#geo+lat": latitude, "#geo+lon": longitude}).point("#geo+lat", "#geo+lon")


def _figures(record: Record, cells: Cells) -> Native:
    """Counts of people by the words of their hashtags. What is no number ("-", "n/a") is only text."""
    found: Native = {}
    for tag, cell in cells.items():
        if tag.startswith(COUNTED) and len(found) < MAX_FIGURES and (number := _count(cell)) is not None:
            name = _NOT_A_WORD.sub("_", tag.lstrip("#")).strip("_")[:FIGURE_NAME]
            if name not in found:
                found[name] = {"best": number}
                record.fields[f"/figures/{name}/best"] = tag
    return {"figures": found} if found else {}


def _count(cell: str) -> int | None:
    try:
        number = as_count(cell)
    except (ValueError, OverflowError):
        return None
    return number if number >= 0 else None
