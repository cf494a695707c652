"""How large a request's body may be, and one that is passed on while it comes."""

import re
from collections.abc import AsyncIterator
from typing import Any, Final

from starlette.requests import ClientDisconnect

KIB: Final = 1024
MIB: Final = 1024 * KIB
JSON_BYTES: Final = MIB
_FILES: Final = "contacts/import|sanctions-list|handovers|correspondence/[^/]+/attachments|feeds/[^/]+/preview"
# By address and not by route: the gateway keeps the limits of what it forwards, too.
_LIMITS: Final = [
    (re.compile(address), limit)
    for address, limit in (
        (r"/oauth2/.*|/v1/session", 16 * KIB),
        (r"/v1/reports(/[^/]+)?", 8 * MIB),
        (rf"/v1/({_FILES})", 64 * MIB),
        # Spooled to disk, and never held in memory.
        (r"/v1/feeds/[^/]+/submissions", 4096 * MIB),
    )
]


def body_limit(path: str) -> int:
    """How many bytes a body sent to `path` may have (docs/integrating.md): 1 MiB where nothing else is said."""
    return next((limit for address, limit in _LIMITS if address.fullmatch(path)), JSON_BYTES)


async def body_parts(receive: Any) -> AsyncIterator[bytes]:
    """A caller's body, part by part, as it comes.

    TooLarge over the limit, TooSlow when it hardly comes, ClientDisconnect when the caller goes away
    before the end.
    """
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        if message.get("body"):
            yield message["body"]
        more = message.get("more_body", False)
