"""GDELT 2.0 events and the articles that mention them: 16 fields between tabs, no header, no place, known by the event's number.

Both come through one feed, exports first as `lastupdate.txt` lists them: a mention of an event that was not kept is set aside.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import BinaryIO, Final

from services.reports.feeds.adapters import gdelt
from services.reports.feeds.adapters.flaws import Unfit
from services.reports.feeds.adapters.following import Following
from services.reports.feeds.adapters.formats.tables import tab_separated
from services.reports.feeds.adapters.records import Context, Native, Record
from services.reports.feeds.adapters.rows import MentionSaid, Row, storable

FIELDS: Final = (
    "GLOBALEVENTID", "EventTimeDate", "MentionTimeDate", "MentionType", "MentionSourceName", "MentionIdentifier", "SentenceID",
    "Actor1CharOffset", "Actor2CharOffset", "ActionCharOffset", "InRawText", "Confidence", "MentionDocLen", "MentionDocTone",
    "MentionDocTranslationInfo", "Extras",
)  # fmt: skip
MENTIONS: Final = ".mentions.CSV.zip"
WIDTHS: Final = {len(fields): fields for fields in (FIELDS, gdelt.FIELDS)}
MOST_CHARACTERS: Final = 2_000


def read_either(file: BinaryIO) -> Iterator[Row]:
    """The lines of an export, or of a file of mentions, as records: told apart by their width."""
    for line in tab_separated(file):
        cells = line.cells or []
        if fields := WIDTHS.get(len(cells)):
            yield Row(dict(zip(fields, cells, strict=True)), cells, line=line.number)
        else:
            yield Row(None, cells, f"has {len(cells)} fields, an event has {len(gdelt.FIELDS)}, a mention {len(FIELDS)}", line.number)


def convert(record: Record, context: Context) -> Native:
    """An event as `gdelt` reads it, or a mention of one."""
    if "MentionIdentifier" not in record.values:
        return gdelt.convert(record, context)
    confidence = record.count("", "Confidence")
    if confidence is None or not 0 <= confidence <= 100:
        raise Unfit("Confidence", "is not a percentage")
    at = record.need_day("", "MentionTimeDate", form="%Y%m%d%H%M%S")
    event = record.need_code("", "GLOBALEVENTID")
    record.mention = MentionSaid(
        f"gdelt-{event}", _text(record, "MentionSourceName"), _text(record, "MentionIdentifier"), _past(at), confidence
    )
    return {"external_id": record.mention.external_id, "title": record.mention.article}


def _text(record: Record, name: str) -> str:
    said = record.need("", name)
    if said != storable(said) or len(said) > MOST_CHARACTERS:
        raise Unfit(name, f"is not plain text of at most {MOST_CHARACTERS} characters")
    return said


def _past(said: str) -> datetime:
    at = datetime.fromisoformat(said)
    if at > datetime.now(UTC):
        raise Unfit("MentionTimeDate", "lies in the future")
    return at


def follow(body: bytes, _address: str) -> Following:
    """The exports and mentions in a list of updates, in its order."""
    return gdelt.follow_list(body, (gdelt.EXPORT, MENTIONS))
