"""Which addresses are the web client's own, and in which form a file is given, pure."""

import re
from typing import Final

# The first part of each address in web/src/routes.tsx (tests/architecture compares the two).
CLIENT_PAGES: Final = frozenset(
    {
        "", "sign-in", "incidents", "triage", "efforts", "reports", "coverage", "calendar", "engagements",
        "parties", "contacts", "screenings", "handovers", "commitments", "correspondence", "mandates",
        "exchange", "feeds", "freshness",
    }
)  # fmt: skip
_FILE: Final = re.compile(r"/(?:assets/)?[A-Za-z0-9_-][A-Za-z0-9._-]*\.[a-z0-9]+")
# Made by `make web` beside each file, smallest first.
_ENCODINGS: Final = (("br", ".br"), ("gzip", ".gz"))
_REFUSED: Final = re.compile(r"^\s*[\w*]+\s*;\s*q=0(\.0*)?\s*$")


def is_page(path: str) -> bool:
    """Whether the web client itself shows something at `path`."""
    return path.split("/")[1] in CLIENT_PAGES


def file_name(path: str) -> str | None:
    """The file `path` asks for, below the folder of the web client; None where it can be no file of ours."""
    return path[1:] if _FILE.fullmatch(path) else None


def accepted_encodings(header: str) -> list[tuple[str, str]]:
    """Name and suffix of the encodings that `Accept-Encoding` takes, best first (RFC 9110, 12.5.3)."""
    taken = {each.split(";")[0].strip().lower() for each in header.split(",") if not _REFUSED.match(each)}
    return [(name, suffix) for name, suffix in _ENCODINGS if name in taken]


def cache_control(name: str) -> str:
    """Built files bear the hash of their content in their names; all others are asked for anew."""
    return "public, max-age=31536000, immutable" if name.startswith("assets/") else "no-cache"
