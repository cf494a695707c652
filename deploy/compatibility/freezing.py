"""The description of the last release: what was promised, without the words about it."""

import json
import re
from pathlib import Path
from typing import Any

from deploy.compatibility.operations import breaks

_WORDS = {"description", "summary", "title", "example", "examples", "tags", "info", "servers"}


def frozen(document: dict[str, Any]) -> dict[str, Any]:
    """`document` without descriptions and examples. A field or parameter may be called like one of them, and stays."""
    kept: dict[str, Any] = _without_words(document)
    return kept


def _without_words(value: Any, names: bool = False) -> Any:
    """`names`: the keys of this object are names that somebody gave, not words of OpenAPI."""
    if isinstance(value, list):
        return [_without_words(each) for each in value]
    if not isinstance(value, dict):
        return value
    named = {"properties", "schemas", "paths"}
    return {key: _without_words(each, not names and key in named) for key, each in value.items() if names or key not in _WORDS}


def tightenings(published: Path) -> list[str]:
    """The breaks that `tightened.md` lists, each between backquotes at the beginning of its line."""
    path = published / "tightened.md"
    return re.findall(r"^- `([^`]+)`:", path.read_text(), re.MULTILINE) if path.exists() else []


def unlisted(published: Path, now: dict[str, Any]) -> list[str]:
    """Breaks of the last release that are not listed, and lines of the list that are no break; one a line."""
    path = published / "openapi.released.json"
    found, listed = breaks(json.loads(path.read_text()), now) if path.exists() else [], tightenings(published)
    unfounded = [f"{line}: is listed in tightened.md, and is no break" for line in listed if line not in found]
    return [line for line in found if line not in listed] + unfounded


def release(published: Path) -> list[str]:
    """Freeze `openapi.json` as the last release, unless it breaks the one before; the breaks, one a line.

    Behind a release its list of tightenings begins anew: take out its lines by hand.
    """
    now, path = json.loads((published / "openapi.json").read_text()), published / "openapi.released.json"
    found = unlisted(published, now)
    if not found:
        path.write_text(json.dumps(frozen(now), indent=1, sort_keys=True) + "\n")
    return found
