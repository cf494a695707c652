"""A request's body that is passed on while it comes."""

from collections.abc import AsyncIterator
from typing import Any

from starlette.requests import ClientDisconnect

from chassis.errors import Problem


class StreamedBody:
    """A caller's body, part by part. Why it broke off is kept in `broke`: an HTTP client hides it in an error of its own."""

    def __init__(self, receive: Any) -> None:
        self._receive = receive
        self.broke: Problem | ClientDisconnect | None = None

    async def parts(self) -> AsyncIterator[bytes]:
        """The parts. TooLarge over the limit, ClientDisconnect when the caller goes away before the end."""
        more = True
        while more:
            message = await self._next()
            if message.get("body"):
                yield message["body"]
            more = message.get("more_body", False)

    async def _next(self) -> Any:
        try:
            message = await self._receive()
            if message["type"] == "http.disconnect":
                raise ClientDisconnect
        except (Problem, ClientDisconnect) as error:
            self.broke = error
            raise
        return message
