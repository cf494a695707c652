"""What may be attached, how a file is named, and when a reply is overdue; pure."""

import re
from datetime import date

MAX_ATTACHMENT_BYTES = 20_000_000
# What a chancery sends and a reader can open without running anything.
PACKAGES = {
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "content.xml": "application/vnd.oasis.opendocument.text",
}
MEDIA_TYPES = {"application/pdf", "image/jpeg", "image/png", "image/tiff", "text/plain", *PACKAGES.values()}
OURS = re.compile(r"NV[IO]-\d{4}-\d{4,}")
"""A reference of our own register."""
_SEPARATORS = re.compile(r"[\\/]")
_UNFIT = re.compile(r"[\x00-\x1f\x7f<>:\"|?*]")


def is_overdue(state: str, reply_by: date | None, today: date) -> bool:
    """True when a reply was due before today and none is registered."""
    return state == "open" and reply_by is not None and reply_by < today


def state_of(reply_by: date | None) -> str:
    """A letter that asks for a reply by a date is open until it has one; any other is closed as it is registered."""
    return "open" if reply_by else "closed"


def safe_name(given: str) -> str:
    """The last part of the name a file came under, without what a file system or a terminal would take as an order."""
    last = _SEPARATORS.split(given)[-1]
    shown = "".join(letter for letter in last if letter.isprintable())
    return _UNFIT.sub("_", shown).strip(". ")[:200] or "attachment"
