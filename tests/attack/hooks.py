"""Loaded by schemathesis (SCHEMATHESIS_HOOKS): each request comes from one of the platform's clients, in turn."""

import json
import os
from itertools import cycle
from typing import Any

import schemathesis

TOKENS = cycle(json.loads(os.environ["ATTACK_TOKENS"]))
FILES = (
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/zip",
    "application/x-ndjson",
    "application/gzip",
    "application/x-gzip",
    "application/cap+xml",
    "application/atom+xml",
    "application/rss+xml",
    "text/tab-separated-values",
    "text/vcard",
)


@schemathesis.serializer(*FILES)
def as_bytes(context: Any, value: Any) -> bytes:
    """Whatever was generated, as the bytes of a file."""
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "replace")


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: Any) -> None:
    """A token of the next client: over a run each operation is asked by many roles."""
    case.headers = {**(case.headers or {}), "authorization": f"Bearer {next(TOKENS)}"}
