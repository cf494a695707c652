"""The web client's files and pages, as plain ASGI: GET and HEAD of its own addresses, and nothing else."""

import mimetypes
from pathlib import Path
from typing import Any

import anyio
from starlette.datastructures import Headers
from starlette.responses import FileResponse, Response

from chassis.errors import MethodNotAllowed, NotFound
from chassis.preconditions import is_known
from services.gateway.pages.rules import accepted_encodings, cache_control, file_name, is_page

SAFE = frozenset({"GET", "HEAD"})


class Pages:
    """Serves what `make web` built into `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """One request. NotFound for what is not the client's, MethodNotAllowed for what only reads."""
        asked = Headers(scope=scope)
        name = self._name_of(scope["path"])
        if name is None and not _is_visit(scope["method"], asked):
            raise NotFound("address")
        if scope["method"] not in SAFE:
            raise MethodNotAllowed("GET, HEAD")
        response = await self._response(name or "index.html", asked)
        if name is None:
            # The client says in words that there is nothing; with a status that says so, too.
            response.status_code = 404
        await response(scope, receive, send)

    def _name_of(self, path: str) -> str | None:
        if path == "/docs":
            return "docs.html"
        if is_page(path):
            return "index.html"
        name = file_name(path)
        return name if name and (self._folder / name).is_file() else None

    async def _response(self, name: str, asked: Headers) -> Response:
        headers = {"cache-control": cache_control(name), "vary": "accept-encoding"}
        path, encoding = self._smallest(name, asked.get("accept-encoding", ""))
        if not path.is_file():
            raise NotFound("web client (make web builds it)")
        if encoding:
            headers["content-encoding"] = encoding
        media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
        found = await anyio.Path(path).stat()
        response = FileResponse(path, headers=headers, media_type=media_type, stat_result=found)
        if is_known(asked.get("if-none-match"), response.headers["etag"]):
            return Response(status_code=304, headers=headers | {"etag": response.headers["etag"]})
        return response

    def _smallest(self, name: str, accepted: str) -> tuple[Path, str | None]:
        path = self._folder / name
        for encoding, suffix in accepted_encodings(accepted):
            if (smaller := path.with_name(path.name + suffix)).is_file():
                return smaller, encoding
        return path, None


def _is_visit(method: str, asked: Headers) -> bool:
    """Whether a person's browser asks for a page, and not a program for data."""
    return method in SAFE and "text/html" in asked.get("accept", "")
