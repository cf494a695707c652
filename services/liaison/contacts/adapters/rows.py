"""Rows of a file, and its text out of whatever encoding it was saved in."""

from dataclasses import dataclass, field
from typing import Any

from charset_normalizer import from_bytes

from chassis.errors import Unreadable

# What files of this region come in besides UTF-8; detection is asked to choose among these only.
_LIKELY = ["cp1251", "koi8_r", "cp866", "mac_cyrillic", "cp1256", "cp1252"]
_MARKED = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))


@dataclass
class Row:
    """One person of a file: a body as POST /contacts takes it, or what is wrong with it."""

    number: int
    body: dict[str, Any] | None
    problems: list[str] = field(default_factory=list)


def decode(raw: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 or an older encoding of the region. Unreadable when it mixes them or is no text."""
    for mark, encoding in _MARKED:
        if raw.startswith(mark):
            return _as(raw, encoding)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        _refuse_mixture(raw)
    best = from_bytes(raw, cp_isolation=_LIKELY).best()
    if best is None or b"\x00" in raw:
        raise Unreadable("The file is not text in an encoding that is known here. Save it as UTF-8.")
    return str(best)


def _as(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(f"The file begins like {encoding.upper()} and is not. Save it as UTF-8.") from error


def _refuse_mixture(raw: bytes) -> None:
    """Lines of two encodings in one file would be read as other people's names: it is refused as a whole."""
    lines = [line for line in raw.split(b"\n") if not line.isascii()]
    if any(_is_utf8(line) for line in lines):
        raise Unreadable("The file mixes UTF-8 with another encoding. Save all of it as UTF-8.")


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
