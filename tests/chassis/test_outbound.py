"""Requests to strangers' servers: which addresses, and that nothing they do is more than a refusal."""

import asyncio
import ipaddress
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.errors import Problem, TooLarge
from chassis.outbound import AddressRefused, ExchangeFailed, Outbound, may_be_called, resolve
from services.liaison import jobs
from services.reports.pulling.actions.fetching import Bounds, Fetcher, FetchFailed
from tests.receivers import CORPUS, says, stranger

SECONDS = 2.0
# IANA's registries of special-purpose addresses, multicast, and what translates or tunnels.
RESERVED = [
    *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "169.254.0.0/16", "172.16.0.0/12"),
    *("192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24"),
    *("192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24"),
    *("127.0.0.0/8", "224.0.0.0/4", "240.0.0.0/4"),
    *("::/96", "::1/128", "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48"),
    *("100::/64", "100:0:0:1::/64", "2001::/32", "2001::/23", "2001:db8::/32", "2002::/16"),
    *("2620:4f:8000::/48", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8"),
]


@pytest.mark.parametrize("network", RESERVED)
@given(data=st.data())
def test_no_address_of_a_reserved_network_is_called(network: str, data: st.DataObject) -> None:
    found = ipaddress.ip_network(network)
    any_one = data.draw(st.integers(0, found.num_addresses - 1))
    for place in (0, any_one, found.num_addresses - 1):
        assert not may_be_called(str(found[place]), allow_loopback=False)


@given(st.ip_addresses())
def test_what_is_called_is_what_python_calls_global_as_well(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> None:
    if may_be_called(str(address), allow_loopback=False):
        assert address.is_global
        assert not address.is_multicast


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "2606:4700::1111", "2a00:1450::1"])
def test_public_addresses_are_called(address: str) -> None:
    assert may_be_called(address, allow_loopback=False)


@pytest.mark.parametrize(
    "url",
    [
        *("https://8.8.8.8:0/", "https://8.8.8.8:99999/", "https://8.8.8.8:-1/", "https://", "https:///x"),
        *("ftp://8.8.8.8/", "mailto:a@b", "https://[", "https://a" + "b" * 70 + ".example/", "\x00"),
        *("https://[64:ff9b::7f00:1]/", "https://[2002:7f00:1::]/", "https://[::127.0.0.1]/"),
    ],
)
async def test_what_is_no_public_address_is_refused(url: str) -> None:
    with pytest.raises(AddressRefused):
        await resolve(url, allow_loopback=False)


async def _exchange(url: str) -> Any:
    outbound = Outbound(SECONDS, 1_000_000, allow_loopback=True)
    return await outbound.exchange("POST", url, {}, b"{}", read_body=False)


async def _fetch(url: str) -> Any:
    return await Fetcher(Bounds(SECONDS, 1_000_000, True), url, None).fetch(url)


CALLERS: dict[str, tuple[Callable[[str], Awaitable[Any]], tuple[type[Problem], ...]]] = {
    "a webhook": (_exchange, (ExchangeFailed, AddressRefused)),
    "a feed": (_fetch, (FetchFailed, AddressRefused, TooLarge)),
    "the sanctions list": (jobs.download, (ExchangeFailed, AddressRefused, TooLarge)),
}


@pytest.mark.parametrize("caller", CALLERS)
async def test_whatever_a_server_does_is_an_answer_or_a_named_refusal(caller: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "FETCH_SECONDS", SECONDS)
    call, refusals = CALLERS[caller]

    async def suffer(name: str) -> None:
        async with stranger(CORPUS[name]) as server:
            began = time.monotonic()
            with suppress(*refusals):
                await call(server.url)
            assert time.monotonic() - began < SECONDS + 2, name
            assert server.asked, name

    await asyncio.gather(*(suffer(name) for name in CORPUS))


@pytest.mark.parametrize("caller", CALLERS)
async def test_no_caller_sends_a_cookie_back(caller: str) -> None:
    call, refusals = CALLERS[caller]
    head = "HTTP/1.1 503 Busy\r\nSet-Cookie: a=b; Max-Age=99999\r\nContent-Length: 0"
    async with stranger(says(head)) as server:
        for _ in range(2):
            with suppress(*refusals):
                await call(server.url)
        assert len(server.asked) == 2
        assert "cookie" not in "".join(server.asked).lower()


async def test_a_body_over_the_limit_is_refused_and_not_read_to_its_end() -> None:
    head = "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n" + "x" * 1000
    async with stranger(says(head)) as server:
        with pytest.raises(TooLarge):
            await Outbound(SECONDS, 100, allow_loopback=True).exchange("GET", server.url, {})
