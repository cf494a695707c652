"""A row of a delivery, before it is judged, and the file it stands in."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any, BinaryIO, Final, NamedTuple

from chassis.errors import TooLarge, Unreadable

# A document (a JSON list, XML, a workbook) is held whole while it is read. Lines are not: whoever has more sends lines.
MAX_DOCUMENT_BYTES: Final = 32 * 1024 * 1024
MAX_LINE_BYTES: Final = 1024 * 1024
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
SET_ASIDE: Final = "Set aside: "
"""How the flaw of a row begins that is well formed and nothing for us: no event by its source's own rules, or elsewhere.

It is counted among the rejected, so that a receipt reconciles; a delivery of nothing else is a sign of life all the same.
"""


class Link(NamedTuple):
    """A message that others may name, and those it names itself, oldest first: keys like external_ids, without blanks."""

    message: str
    refers_to: tuple[str, ...]
    said_at: str
    """When its source sent it, RFC 3339: messages come in any order."""


class MentionSaid(NamedTuple):
    """An article that mentions what the feed brought under that external_id; `confidence` in percent."""

    external_id: str
    source: str
    article: str
    mentioned_at: datetime
    confidence: int


class Row(NamedTuple):
    """What a sender wrote in one row: `native` is to be judged, unless `flaw` says that it cannot even be read.

    `line` is where it begins in the file, counted from 1; None where a file has no lines. `fields` says from which field or
    column of the sender's each native one was read (`/occurred_at`: `date_start`); under "" stands where a flaw is. `link` is for
    sources whose messages update one another: the row becomes a version of the first of its chain. `mention` is for a row that is no
    observation, but says where one was mentioned.
    """

    native: Any
    raw: Any
    flaw: str | None = None
    line: int | None = None
    fields: Mapping[str, str] | None = None
    link: Link | None = None
    mention: MentionSaid | None = None


Reader = Callable[[BinaryIO], Iterator[Row]]
"""Reads a delivery from its beginning, a row at a time. Unreadable or Invalid for a body that is no delivery as a whole."""


class NotUtf8(Unreadable):
    """A delivery in another encoding."""

    def __init__(self) -> None:
        super().__init__("The delivery is not UTF-8. Send it in UTF-8; a byte-order mark is allowed.")


def read_document(file: BinaryIO) -> bytes:
    """A delivery that must be read whole. TooLarge over 32 MiB: sent as lines it may have any length."""
    body = file.read(MAX_DOCUMENT_BYTES + 1)
    if len(body) > MAX_DOCUMENT_BYTES:
        raise TooLarge(MAX_DOCUMENT_BYTES)
    return body


def read_lines(file: BinaryIO) -> Iterator[bytes]:
    """The lines of a file of any length with their line feeds, without a byte-order mark. NotUtf8 for UTF-16.

    Of a line over 1 MiB only the first MiB is given, without a line feed.
    """
    line = file.readline(MAX_LINE_BYTES)
    if line[:2] in _UTF_16:
        raise NotUtf8
    line = line.removeprefix(b"\xef\xbb\xbf") or file.readline(MAX_LINE_BYTES)
    while line:
        yield line
        while len(line) == MAX_LINE_BYTES and not line.endswith(b"\n"):
            line = file.readline(MAX_LINE_BYTES)
        line = file.readline(MAX_LINE_BYTES)


def decode(body: bytes) -> str:
    """A document as text without a byte-order mark. NotUtf8 when it is not UTF-8."""
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotUtf8 from error


def storable(text: str) -> str:
    """`text` as a database can hold it: NUL and half surrogate pairs written out."""
    return text.encode("utf-8", "backslashreplace").decode().replace("\x00", "\\x00")
