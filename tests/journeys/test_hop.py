"""What goes through the gateway to a service and back: bodies over the limit, callers that go away, one trace."""

import asyncio
import json
from collections.abc import AsyncIterator

from deploy.environment import SERVICES
from tests.platforms import LoadedPlatform, People

LIMIT = 1024 * 1024
PARTY = {"kind": "government", "name": "Broken off at the hop", "countries": ["KAZ"]}


async def chunks(beyond: int) -> AsyncIterator[bytes]:
    """A body without a declared length: a valid beginning, and `beyond` bytes more."""
    yield json.dumps(PARTY)[:-1].encode() + b', "name_en": "'
    for _ in range(beyond // 1_048_576):
        yield b"x" * 1_048_576


async def test_a_body_over_the_limit_is_a_413_with_or_without_its_length(people: People) -> None:
    headers = people.headers("political-officer") | {"content-type": "application/json"}
    chunked = await people.http.post("/v1/parties", content=chunks(LIMIT + 1_048_576), headers=headers)
    declared = await people.http.post("/v1/parties", content=b"x" * (LIMIT + 1), headers=headers)
    for answer in (chunked, declared):
        assert answer.status_code == 413, answer.text[:300]
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["type"].endswith("/too-large")
        assert answer.json()["request_id"] == answer.headers["x-request-id"]
    assert (await people.get("political-officer", "/parties?q=Broken off"))["items"] == []


async def test_who_goes_away_in_the_middle_leaves_nothing_and_is_no_fault_of_the_service(people: People, platform: LoadedPlatform) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", platform.platform.port)
    begin = json.dumps(PARTY)[:-1]
    lines = ["POST /v1/parties HTTP/1.1", "host: x", "content-type: application/json", f"content-length: {len(begin) + 1}"]
    lines += [f"{name}: {value}" for name, value in people.headers("political-officer").items()]
    writer.write("\r\n".join([*lines, "", begin]).encode())
    await writer.drain()
    await asyncio.sleep(0.2)
    writer.close()
    await writer.wait_closed()
    assert await reader.read() == b""
    assert (await people.get("political-officer", "/parties?q=Broken off"))["items"] == []
    log = (platform.platform.folder / "logs" / "gateway.log").read_text()
    assert "the caller went away" in log


async def test_a_connection_that_rested_is_still_answered_on(platform: LoadedPlatform) -> None:
    """The gateway keeps its connections for half a minute: a service that closed one sooner could do so just as it is asked."""

    async def answers_twice(port: int) -> list[bytes]:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        answers = []
        for rest in (6, 0):
            writer.write(b"GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n")
            answers.append((await reader.readuntil(b"\r\n\r\n")).split(b"\r\n")[0])
            await reader.read(65_536)
            await asyncio.sleep(rest)
        writer.close()
        return answers

    found = await asyncio.gather(*(answers_twice(each.port) for each in platform.platform.services()))
    assert found == [[b"HTTP/1.1 200 OK"] * 2] * len(SERVICES)


async def test_every_line_of_every_log_says_whose_it_is(people: People, platform: LoadedPlatform) -> None:
    for name in SERVICES:
        lines = [json.loads(line) for line in (platform.platform.folder / "logs" / f"{name}.log").read_text().splitlines()]
        assert lines
        assert {line["service"] for line in lines} == {name}
