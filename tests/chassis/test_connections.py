"""Connections that send slowly, or headers without end, are closed; ordinary ones are not."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
import uvicorn

from chassis import connections, middleware
from chassis.middleware import Surroundings
from deploy.machine import free_port
from tests.waiting import eventually


async def _echo(scope: Any, receive: Any, send: Any) -> None:
    """Answers how many bytes came."""
    size, more = 0, True
    while more:
        message = await receive()
        size, more = size + len(message.get("body", b"")), message.get("more_body", False)
    body = str(size).encode()
    headers = [(b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


@pytest.fixture
async def port(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[int]:
    """A server with the limits of ours, made short."""
    monkeypatch.setattr(connections, "HEADER_SECONDS", 0.5)
    monkeypatch.setattr(connections, "LINGER_SECONDS", 0.5)
    monkeypatch.setattr(middleware, "SILENCE_SECONDS", 0.5)
    app = Surroundings(_echo, "test")
    options: Any = {"http": connections.BoundedProtocol, "lifespan": "off", "log_config": None}
    server = uvicorn.Server(uvicorn.Config(app, port=(port := free_port()), **options))
    task = asyncio.ensure_future(server.serve())
    await eventually(lambda: server.started)
    yield port
    server.should_exit = True
    await task


async def _ask(port: int, *parts: bytes) -> bytes:
    """Everything that is answered until the connection is closed, which it has to be within 5 s."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    async with asyncio.timeout(5):
        for part in parts:
            writer.write(part)
            await writer.drain()
        answer = await reader.read()
    writer.close()
    return answer


@pytest.mark.parametrize("sent", [b"", b"GET / HT", b"GET / HTTP/1.1\r\nhost: x\r\n"])
async def test_headers_that_do_not_come_end_the_connection(port: int, sent: bytes) -> None:
    assert await _ask(port, sent) == b""


async def test_a_kept_connection_has_the_same_limit_for_its_next_request(port: int) -> None:
    answer = await _ask(port, b"GET / HTTP/1.1\r\nhost: x\r\n\r\n", b"GET / HTTP/1.1\r\n")
    assert answer.startswith(b"HTTP/1.1 200")


async def test_headers_without_end_are_refused(port: int) -> None:
    answer = await _ask(port, b"GET / HTTP/1.1\r\nx: " + b"y" * 70_000)
    assert answer.startswith(b"HTTP/1.1 431")


async def test_what_is_no_http_is_a_problem_that_repeats_nothing(port: int) -> None:
    answer = await _ask(port, b"GET / HTTP/1.1\r\nhost: x\r\ncookie: canary\x00\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 400")
    assert b"application/problem+json" in answer
    assert b"/problems/not-http" in answer
    assert b"canary" not in answer


async def test_a_body_that_does_not_come_is_a_408(port: int) -> None:
    answer = await _ask(port, b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\nhalf")
    assert answer.startswith(b"HTTP/1.1 408")
    assert b"/problems/too-slow" in answer


async def test_an_answer_before_the_end_of_a_body_is_heard_and_the_rest_is_not_taken_for_ever(port: int) -> None:
    head = b"POST /oauth2/token HTTP/1.1\r\nhost: x\r\ncontent-length: 9999999\r\n\r\n"
    answer = await _ask(port, head, *([b"x" * 10_000] * 50))
    assert answer.startswith(b"HTTP/1.1 413")
    assert b"/problems/too-large" in answer


async def test_what_comes_in_time_is_answered(port: int) -> None:
    head = b"POST / HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 4\r\n\r\n"
    answer = await _ask(port, head, b"wh", b"le")
    assert answer.startswith(b"HTTP/1.1 200")
    assert answer.endswith(b"4")
