"""Names of files in a package: those that could climb out of it, hide or clash are refused (RFC 8493, section 5.2)."""

import re
import unicodedata
from collections.abc import Iterable

_DRIVE = re.compile(r"^[A-Za-z]:")
LONGEST_PART, LONGEST_PATH = 255, 1000


def name_flaw(name: str) -> str | None:
    """Why `name` may not be unpacked, or None when it may. A folder's name may end with one slash."""
    parts = name.removesuffix("/").split("/")
    found = [
        ("is empty", not name.removesuffix("/") and not name.startswith("/")),
        ("holds a control character", any(unicodedata.category(letter) in ("Cc", "Cs") for letter in name)),
        ("holds a backslash", "\\" in name),
        ("is absolute", name.startswith(("/", "~")) or bool(_DRIVE.match(name))),
        ("climbs out of the package", ".." in parts),
        ("holds an empty part or a dot as a part", any(part in ("", ".") for part in parts)),
        ("is too long", len(name) > LONGEST_PATH or any(len(part.encode("utf-8", "replace")) > LONGEST_PART for part in parts)),
    ]
    return next((flaw for flaw, holds in found if holds), None)


def clashes(names: Iterable[str]) -> list[str]:
    """Those of `names` that another one before them equals, by letter, by case or by Unicode normalization."""
    seen, clashing = set(), []
    for name in names:
        folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
        if folded in seen:
            clashing.append(name)
        seen.add(folded)
    return clashing
