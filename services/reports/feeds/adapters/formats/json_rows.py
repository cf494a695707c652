"""JSON lists, wherever they lie in a document, newline-delimited JSON, and GeoJSON."""

import json
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

from pydantic_core import from_json

from chassis.errors import Invalid, Unreadable
from services.reports.feeds.adapters.rows import Reader, Row, decode, read_document, read_lines

NOT_JSON: Final = "is not one line of valid JSON in UTF-8"


def read_json(file: BinaryIO) -> Iterator[Row]:
    """The members of a JSON list. Unreadable when it is no JSON, Invalid when it is no list, TooLarge over 32 MiB."""
    return read_json_at()(file)


def read_json_at(*paths: str) -> Reader:
    """The members of the list at the first of `paths` (`data.items`) that is there; of the document itself without any.

    A document that is a list already is taken as that list: services wrap in their API what they publish bare as a file.
    """

    def rows(file: BinaryIO) -> Iterator[Row]:
        document = parse(read_document(file))
        found = document if isinstance(document, list) else _first_list(document, paths)
        for each in found:
            yield Row(each, each)

    return rows


def _first_list(document: Any, paths: tuple[str, ...]) -> list[Any]:
    for path in paths:
        found = document
        for name in path.split("."):
            found = found.get(name) if isinstance(found, dict) else None
        if isinstance(found, list):
            return found
    wanted = "itself" if not paths else "at " + " or ".join(paths)
    raise Invalid("A JSON delivery is a list of records.", [{"pointer": "", "detail": f"holds no list {wanted}"}])


def read_features(file: BinaryIO) -> Iterator[Row]:
    """The features of a GeoJSON FeatureCollection, or a single Feature."""
    document = parse(read_document(file))
    if isinstance(document, dict) and document.get("type") == "Feature":
        document = {"features": [document]}
    for each in _first_list(document, ("features",)):
        yield Row(each, each)


def read_ndjson(file: BinaryIO) -> Iterator[Row]:
    """One row for each line that is not blank; a broken line, or one over 1 MiB, is a flawed row. Unreadable for UTF-16."""
    for number, line in enumerate(read_lines(file), start=1):
        if line.strip():
            yield _line(line, number)


def _line(line: bytes, number: int) -> Row:
    try:
        return Row(parse(line), line.rstrip(b"\r\n"), line=number)
    except Unreadable:
        return Row(None, line.rstrip(b"\r\n"), NOT_JSON, number)


def parse(body: bytes) -> Any:
    """JSON. Unreadable for what is none, or nested too deeply."""
    try:
        return from_json(body)
    except ValueError:
        # The fast parser also refuses half a surrogate pair; read slowly, only the row that holds it is refused.
        return _parse_slowly(body)


def _parse_slowly(body: bytes) -> Any:
    try:
        return json.loads(decode(body))
    except (ValueError, RecursionError) as error:
        raise Unreadable("The delivery is not valid JSON in UTF-8, or is nested too deeply.") from error
