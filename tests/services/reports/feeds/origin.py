"""A real HTTP server on this machine, from which feeds are fetched."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Headers = dict[str, str]


@dataclass
class Page:
    """What one path answers, or one path with its query."""

    body: bytes = b""
    status: int = 200
    headers: Headers = field(default_factory=dict)
    # Seconds before each byte: a server that sends one byte a minute.
    drip: float = 0.0
    before: Callable[[], None] = lambda: None


@dataclass
class Origin:
    """The server: its pages by path, and the requests it got."""

    url: str
    pages: dict[str, Page] = field(default_factory=dict)
    asked: list[tuple[str, Headers]] = field(default_factory=list)

    def paths(self) -> list[str]:
        """The paths that were asked for, in order."""
        return [path for path, _ in self.asked]


@contextmanager
def serve() -> Iterator[Origin]:
    """Serve until the block ends."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler())
    server.daemon_threads = True
    origin = Origin(f"http://127.0.0.1:{server.server_port}")
    server.origin = origin  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield origin
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def _handler() -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._answer()

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("content-length", "0")))
            self._answer()

        def _answer(self) -> None:
            origin: Origin = self.server.origin  # type: ignore[attr-defined]
            origin.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
            page = origin.pages.get(self.path) or origin.pages.get(self.path.split("?")[0], Page(status=404))
            page.before()
            unchanged = page.headers.get("ETag") is not None and self.headers.get("If-None-Match") == page.headers["ETag"]
            body = b"" if unchanged else page.body
            self.send_response(304 if unchanged else page.status)
            for name, value in {"Content-Length": str(len(body)), "Connection": "close", **page.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self._send(body, page.drip)

        def _send(self, body: bytes, drip: float) -> None:
            try:
                for part in [body] if not drip else [body[n : n + 1] for n in range(len(body))]:
                    time.sleep(drip)
                    self.wfile.write(part)
                    self.wfile.flush()
            except OSError:
                self.close_connection = True

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    return Handler
