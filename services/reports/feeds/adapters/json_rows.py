"""JSON lists and newline-delimited JSON."""

import json
from collections.abc import Iterator
from typing import Any, Final

from pydantic_core import from_json

from chassis.errors import Invalid, Unreadable
from services.reports.feeds.adapters.rows import Row, decode

NOT_JSON: Final = "is not one line of valid JSON in UTF-8"


def read_json(body: bytes) -> Iterator[Row]:
    """The members of a JSON list. Unreadable when it is no JSON, Invalid when it is no list."""
    found = _parse(body)
    if not isinstance(found, list):
        raise Invalid("A JSON delivery is a list of observations.", [{"pointer": "", "detail": "is not a list"}])
    for each in found:
        yield Row(each, each)


def read_ndjson(body: bytes) -> Iterator[Row]:
    """One row for each line that is not blank; a broken line is a flawed row. Unreadable for UTF-16."""
    if body[:2] in (b"\xff\xfe", b"\xfe\xff"):
        decode(body)
    for line in body.removeprefix(b"\xef\xbb\xbf").split(b"\n"):
        if line.strip():
            yield _line(line)


def _line(line: bytes) -> Row:
    try:
        return Row(_parse(line), line)
    except Unreadable:
        return Row(None, line, NOT_JSON)


def _parse(body: bytes) -> Any:
    """JSON, fast; what the fast parser refuses (half a surrogate pair) is read slowly, so that only its row is refused."""
    try:
        return from_json(body)
    except ValueError:
        pass
    try:
        return json.loads(decode(body))
    except (ValueError, RecursionError) as error:
        raise Unreadable("The delivery is not valid JSON in UTF-8, or is nested too deeply.") from error
