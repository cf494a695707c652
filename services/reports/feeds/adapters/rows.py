"""A row of a delivery, before it is judged."""

from typing import Any, NamedTuple

from chassis.errors import Unreadable


class Row(NamedTuple):
    """What a sender wrote in one row: `native` is to be judged, unless `flaw` says that it cannot even be read."""

    native: Any
    raw: Any
    flaw: str | None = None


def decode(body: bytes) -> str:
    """The body as text without a byte-order mark. Unreadable when it is not UTF-8."""
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable("The delivery is not UTF-8. Send it in UTF-8; a byte-order mark is allowed.") from error
