"""What the gateway costs: the same read directly from the service, through nginx, and through the gateway."""

import asyncio
import time
import uuid
from contextlib import AsyncExitStack
from statistics import median

import aiohttp

from benchmarks.figures import Figure
from benchmarks.nginx import nginx_before
from chassis.principal import PRINCIPAL_HEADER
from tests.clients import principal_headers
from tests.platforms import LoadedPlatform, fetch_token_aio

AT_ONCE, SECONDS, ROUNDS = 8, 1.5, 3
Target = tuple[str, dict[str, str]]


async def measure(platform: LoadedPlatform) -> list[Figure]:
    """Requests per second of one small read, medians of interleaved rounds."""
    nonce = uuid.uuid4().hex
    service = platform.platform.service("liaison").url
    keys = platform.platform.surroundings().keys
    async with AsyncExitStack() as stack:
        http = await stack.enter_async_context(aiohttp.ClientSession())
        nginx = stack.enter_context(nginx_before(service.removeprefix("http://"), nonce))
        bearer = {"authorization": f"Bearer {await fetch_token_aio(http, platform, 'political-officer')}"}
        body = {"kind": "government", "name": nonce, "countries": ["KAZ"]}
        async with http.post(f"{platform.base_url}/v1/parties", json=body, headers=bearer) as made:
            path = f"/v1/parties/{(await made.json())['id']}"
        direct = principal_headers(keys.principal_signing, "political-officer")
        targets: dict[str, Target] = {
            "gateway": (platform.base_url + path, bearer),
            "nginx": (nginx + path, {PRINCIPAL_HEADER: direct[PRINCIPAL_HEADER]}),
            "direct": (service + path, direct),
        }
        await _prove(http, targets, nonce)
        reads = await _rates(http, targets, 200)
        # An address the service does not have is answered without its database: what is left is the hop.
        hops = await _rates(http, {name: (url + "/nothing", headers) for name, (url, headers) in targets.items()}, 404)
    return [
        Figure("audited read through the gateway", reads["gateway"], "requests/s", "service directly", reads["direct"], least=0.5),
        Figure("audited read through the gateway", reads["gateway"], "requests/s", "nginx", reads["nginx"], least=0.95),
        Figure("bare hop through the gateway", hops["gateway"], "requests/s", "service directly", hops["direct"], least=0.2),
        Figure("bare hop through the gateway", hops["gateway"], "requests/s", "nginx", hops["nginx"], least=0.9),
    ]


async def _rates(http: aiohttp.ClientSession, targets: dict[str, Target], status: int) -> dict[str, float]:
    """Medians of interleaved rounds, by target."""
    rates: dict[str, list[float]] = {name: [] for name in targets}
    for _ in range(ROUNDS):
        for name, target in targets.items():
            rates[name].append(await _rate(http, target, status))
    return {name: median(each) for name, each in rates.items()}


async def _prove(http: aiohttp.ClientSession, targets: dict[str, Target], nonce: str) -> None:
    """Each target answers with what this run has just made: it is our own server that is measured."""
    for name, (url, headers) in targets.items():
        async with http.get(url, headers=headers) as answer:
            assert (await answer.json())["name"] == nonce, name
            assert (answer.headers.get("x-benchmark") == nonce) == (name == "nginx")


async def _rate(http: aiohttp.ClientSession, target: Target, status: int) -> float:
    url, headers = target
    ends = time.perf_counter() + SECONDS

    async def work() -> int:
        done = 0
        while time.perf_counter() < ends:
            async with http.get(url, headers=headers) as answer:
                await answer.read()
                assert answer.status == status
            done += 1
        return done

    began = time.perf_counter()
    done = sum(await asyncio.gather(*(work() for _ in range(AT_ONCE))))
    return done / (time.perf_counter() - began)
