"""Which IP addresses are the public Internet's: those of special purposes are not."""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from typing import Final

# IANA's registry of special-purpose IPv4 addresses, and multicast. Written out: what `is_global`
# says differs between releases of Python.
_RESERVED_4: Final = [
    IPv4Network(each)
    for each in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "192.175.48.0/24",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
    )
]
# All of IPv6 that is given out to anybody. Whatever translates or tunnels to IPv4 lies outside it
# (::/96, ::ffff:0:0/96, 64:ff9b::/96, 64:ff9b:1::/48), or among the exceptions (Teredo, 6to4).
_GIVEN_OUT_6: Final = IPv6Network("2000::/3")
_RESERVED_6: Final = [IPv6Network(each) for each in ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20")]


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """True for an address that anybody on the Internet may have."""
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _RESERVED_4)
    return address in _GIVEN_OUT_6 and not any(address in each for each in _RESERVED_6)
