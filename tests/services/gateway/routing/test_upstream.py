"""The hop's own client against a real server that answers, breaks off, stalls and answers early."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from services.gateway.routing.adapters import upstream as module
from services.gateway.routing.adapters.upstream import Request, Upstream, UpstreamLost

Reader, Writer = asyncio.StreamReader, asyncio.StreamWriter
Serve = Callable[[Reader, Writer], Awaitable[None]]
OK = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok"


@asynccontextmanager
async def server(serve: Serve) -> AsyncIterator[tuple[str, list[int]]]:
    """A server's address, and the number of each connection it took."""
    taken: list[int] = []

    async def take(reader: Reader, writer: Writer) -> None:
        taken.append(len(taken))
        try:
            await serve(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            return  # The client, or the test, has ended.
        finally:
            writer.close()

    listening = await asyncio.start_server(take, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}", taken
    finally:
        listening.close()


@pytest.fixture
def pool() -> Upstream:
    return Upstream()


async def ask(pool: Upstream, base: str, method: str = "GET", body: AsyncIterator[bytes] | None = None) -> bytes:
    """The whole body of an answer."""
    async with pool.ask(base, Request(method, "/x?y=1", [("accept", "*/*")], body)) as answer:
        return await answer.read()


async def _each(reader: Reader, writer: Writer, answer: bytes = OK) -> None:
    while True:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        await writer.drain()


async def test_a_connection_serves_one_request_after_the_other(pool: Upstream) -> None:
    async with server(_each) as (base, taken):
        assert [await ask(pool, base) for _ in range(5)] == [b"ok"] * 5
        assert taken == [0]
        assert await asyncio.gather(*(ask(pool, base) for _ in range(10))) == [b"ok"] * 10
        pool.close()


async def test_a_connection_that_was_closed_while_it_rested_is_replaced(pool: Upstream) -> None:
    async def once(reader: Reader, writer: Writer) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(OK)

    async with server(once) as (base, taken):
        assert [await ask(pool, base) for _ in range(3)] == [b"ok"] * 3
        assert len(taken) == 3


async def test_what_changes_something_is_never_sent_twice(pool: Upstream) -> None:
    async def dies(reader: Reader, writer: Writer) -> None:
        await reader.readuntil(b"\r\n\r\n")
        if not answered:
            answered.append(True)
            writer.write(OK)
            await reader.readuntil(b"\r\n\r\n")

    async def body() -> AsyncIterator[bytes]:
        yield b"once"

    answered: list[bool] = []
    async with server(dies) as (base, taken):
        assert await ask(pool, base) == b"ok"
        with pytest.raises(UpstreamLost):
            await ask(pool, base, "POST", body())
        assert taken == [0]


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf",
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhal",
        b"no HTTP at all\r\n\r\n",
        b"",
    ],
)
async def test_an_answer_that_breaks_off_is_an_error_and_never_a_short_body(pool: Upstream, answer: bytes) -> None:
    async def breaks_off(reader: Reader, writer: Writer) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        await writer.drain()

    async with server(breaks_off) as (base, _):
        with pytest.raises(UpstreamLost):
            await ask(pool, base)


async def test_nobody_there_and_nothing_said_are_told_apart_from_an_answer(pool: Upstream, monkeypatch: pytest.MonkeyPatch) -> None:
    async def silent(reader: Reader, writer: Writer) -> None:
        await reader.read()

    monkeypatch.setattr(module, "SILENCE_SECONDS", 0.2)
    async with server(silent) as (base, _):
        with pytest.raises(TimeoutError):
            await ask(pool, base)
    with pytest.raises(UpstreamLost):
        await ask(pool, base)


async def test_an_early_answer_is_heard_while_the_body_still_comes(pool: Upstream) -> None:
    async def refuses(reader: Reader, writer: Writer) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 413 Too large\r\ncontent-length: 5\r\n\r\nlarge")
        await reader.read()

    async def endless() -> AsyncIterator[bytes]:
        while True:
            yield b"x" * 10_000
            await asyncio.sleep(0)

    async with server(refuses) as (base, _), asyncio.timeout(5), pool.ask(base, Request("POST", "/", [], endless())) as answer:
        assert (answer.status, await answer.read()) == (413, b"large")


async def test_a_request_that_was_answered_before_its_body_leaves_no_connection_to_use(pool: Upstream) -> None:
    """The service would take the next request for the rest of this one's body."""
    answered = asyncio.Event()

    async def refuses_at_once(reader: Reader, writer: Writer) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 403 Forbidden\r\ncontent-length: 2\r\n\r\nno")
        await writer.drain()
        answered.set()
        await reader.read()

    async def late() -> AsyncIterator[bytes]:
        await answered.wait()
        for _ in range(5):
            await asyncio.sleep(0)
        yield b"late"

    async with server(refuses_at_once) as (base, taken):
        for headers in ([], [("content-length", "4")]):
            answered.clear()
            async with pool.ask(base, Request("POST", "/", headers, late())) as answer:
                assert (answer.status, await answer.read()) == (403, b"no")
        assert len(taken) == 2


async def test_a_body_comes_whole_in_parts_with_and_without_its_length(pool: Upstream) -> None:
    seen: list[bytes] = []

    async def echo(reader: Reader, writer: Writer) -> None:
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            end = b"0\r\n\r\n" if b"chunked" in head else b"end"
            seen.append(await reader.readuntil(end))
            writer.write(b"HTTP/1.1 100 Continue\r\n\r\n" + OK)

    async def body() -> AsyncIterator[bytes]:
        yield b"first"
        yield b"end"

    async with server(echo) as (base, _):
        assert await ask(pool, base, "POST", body()) == b"ok"
        async with pool.ask(base, Request("POST", "/", [("content-length", "8")], body())) as answer:
            assert await answer.read() == b"ok"
    assert seen == [b"5\r\nfirst\r\n3\r\nend\r\n0\r\n\r\n", b"firstend"]


async def test_a_slow_reader_holds_the_service_back_and_loses_nothing(pool: Upstream) -> None:
    size, sent = 8_000_000, [0]

    async def large(reader: Reader, writer: Writer) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n" % size)
        for _ in range(size // 100_000):
            writer.write(b"y" * 100_000)
            await writer.drain()
            sent[0] += 100_000

    async with server(large) as (base, _), pool.ask(base, Request("GET", "/", [])) as answer:
        await asyncio.sleep(0.3)
        assert sent[0] < size
        assert sum([len(part) async for part, _ in answer.parts()]) == size


async def test_who_leaves_in_the_middle_leaves_no_connection_behind(pool: Upstream) -> None:
    async def endless(reader: Reader, writer: Writer) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n")
        while True:
            writer.write(b"1\r\nx\r\n")
            await writer.drain()

    async with server(endless) as (base, taken):
        for number in (1, 2):
            with pytest.raises(ZeroDivisionError):
                async with pool.ask(base, Request("GET", "/", [])):
                    raise ZeroDivisionError
            assert len(taken) == number
