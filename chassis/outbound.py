"""Requests that leave the platform: to an address checked after its name was resolved, and to no other."""

import asyncio
import ipaddress
import socket
from collections.abc import Mapping

import httpx

from chassis.errors import Invalid


class AddressRefused(Invalid):
    """An address inside a private network, or none at all."""

    slug, title = "address-refused", "This address is not called"

    def __init__(self, why: str) -> None:
        super().__init__(f"{why} Give an https address that the public Internet reaches.", [{"pointer": "/url", "detail": why}])


def may_be_called(address: str, allow_loopback: bool) -> bool:
    """True for a public IP address; for a loopback one only where that is allowed (local runs)."""
    ip = ipaddress.ip_address(address)
    mapped = getattr(ip, "ipv4_mapped", None)
    ip = mapped or ip
    if ip.is_loopback:
        return allow_loopback
    return ip.is_global and not ip.is_multicast


async def resolve(url: str, allow_loopback: bool) -> str:
    """The IP address that `url` leads to. AddressRefused for a private one, or a name nobody knows."""
    try:
        parts = httpx.URL(url)
    except httpx.InvalidURL as error:
        raise AddressRefused("It is no address.") from error
    if parts.scheme != "https" and not (allow_loopback and parts.scheme == "http"):
        raise AddressRefused("It is not an https address.")
    try:
        port = parts.port or (443 if parts.scheme == "https" else 80)
        found = await asyncio.get_running_loop().getaddrinfo(parts.host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise AddressRefused("Its name cannot be resolved.") from error
    addresses = [str(each[4][0]) for each in found]
    # All of them, not just the first: a name with a public and a private address is refused.
    if not addresses or not all(may_be_called(address, allow_loopback) for address in addresses):
        raise AddressRefused("It lies in a private or reserved network.")
    return addresses[0]


def pinned(
    client: httpx.AsyncClient, method: str, url: httpx.URL, address: str, headers: Mapping[str, str], content: bytes | str | None = None
) -> httpx.Request:
    """A request to the very address that was checked, under the name that was asked for."""
    extensions = {"sni_hostname": url.host} if url.scheme == "https" else {}
    named = {"host": url.netloc.decode(), **headers}
    return client.build_request(method, url.copy_with(host=address), content=content, headers=named, extensions=extensions)
