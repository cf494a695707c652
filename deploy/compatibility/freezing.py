"""The description of the last release: what was promised, without the words about it."""

import json
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


def release(published: Path) -> list[str]:
    """Freeze `openapi.json` as the last release, unless it breaks the one before; the breaks, one a line."""
    now, path = json.loads((published / "openapi.json").read_text()), published / "openapi.released.json"
    found = breaks(json.loads(path.read_text()), now) if path.exists() else []
    if not found:
        path.write_text(json.dumps(frozen(now), indent=1, sort_keys=True) + "\n")
    return found
