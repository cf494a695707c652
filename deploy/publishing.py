"""Writes what is published of the events. A version that was published stays as it is."""

import json
from pathlib import Path
from typing import Any

from contracts.publishing import asyncapi, event_schemas


def publish(folder: Path) -> list[str]:
    """Write the schemas that are not there yet, and asyncapi.json; what was written, a line each."""
    written = []
    for event_type, schema in event_schemas().items():
        path = folder / "events" / f"{event_type}.json"
        if not path.exists():
            _write(path, schema)
            written.append(f"published {event_type}")
    _write(folder / "asyncapi.json", asyncapi())
    return [*written, "wrote asyncapi.json"]


def _write(path: Path, document: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document, indent=2, sort_keys=True) + "\n")
