"""JSON lists and newline-delimited JSON."""

import json
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

from pydantic_core import from_json

from chassis.errors import Invalid, Unreadable
from services.reports.feeds.adapters.rows import Row, decode, read_document, read_lines

NOT_JSON: Final = "is not one line of valid JSON in UTF-8"


def read_json(file: BinaryIO) -> Iterator[Row]:
    """The members of a JSON list. Unreadable when it is no JSON, Invalid when it is no list, TooLarge over 32 MiB."""
    found = _parse(read_document(file))
    if not isinstance(found, list):
        raise Invalid("A JSON delivery is a list of observations.", [{"pointer": "", "detail": "is not a list"}])
    for each in found:
        yield Row(each, each)


def read_ndjson(file: BinaryIO) -> Iterator[Row]:
    """One row for each line that is not blank; a broken line, or one over 1 MiB, is a flawed row. Unreadable for UTF-16."""
    for number, line in enumerate(read_lines(file), start=1):
        if line.strip():
            yield _line(line, number)


def _line(line: bytes, number: int) -> Row:
    try:
        return Row(_parse(line), line.rstrip(b"\r\n"), line=number)
    except Unreadable:
        return Row(None, line.rstrip(b"\r\n"), NOT_JSON, number)


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
