"""JSON as clients send it, read strictly: what two readers could understand differently is refused."""

import asyncio
import json
from math import isfinite
from typing import Any, Final

from chassis.errors import Invalid, Unreadable

MAX_VALUES: Final = 200_000
# Larger bodies are parsed in a thread, so that no other request waits for them.
INLINE_BYTES: Final = 65_536


async def read_json(raw: bytes) -> Any:
    """The value in `raw`. Unreadable for what is no JSON, Invalid for what is refused by `parse`."""
    if len(raw) <= INLINE_BYTES:
        return parse(raw)
    return await asyncio.to_thread(parse, raw)


def parse(raw: bytes) -> Any:
    """The value in `raw`.

    Unreadable for what is no JSON in UTF-8 or nests too deeply; Invalid for a key that stands twice in
    one object (RFC 8259 leaves its meaning open), for NaN and infinities, and for over 200,000 values.
    """
    if raw.count(b",") > MAX_VALUES:
        raise Invalid(f"The body holds too many values: at most {MAX_VALUES:,}. Send it in parts.")
    try:
        return json.loads(raw, object_pairs_hook=_object, parse_constant=_constant, parse_float=_number)
    except (ValueError, RecursionError) as error:
        detail = "The body is not valid JSON in UTF-8, or nests too deeply."
        raise Unreadable(detail) from error


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        detail = "An object in the body has the same key twice. Send each key once."
        raise Invalid(detail, [{"pointer": "", "detail": "holds a key twice"}])
    return found


def _number(digits: str) -> float:
    number = float(digits)
    if not isfinite(number):
        _constant(digits)
    return number


def _constant(_: str) -> Any:
    detail = "The body holds a number that is not finite. Leave out what is not known."
    raise Invalid(detail, [{"pointer": "", "detail": "holds a number that is not finite"}])
