"""Addresses as text, each spelt once and remembered."""

from functools import lru_cache
from ipaddress import IPv6Address
from socket import inet_ntoa

from appliance.model import NO_MAC, Ip, Link, Mac

REMEMBERED = 16_384

_IP4 = 4
_MAC = 6
"""Bytes of an IPv4 and of a hardware address."""


@lru_cache(REMEMBERED)
def ip_of(raw: bytes) -> Ip:
    """Spell the address whose 4 or 16 bytes are *raw* (RFC 5952)."""
    return Ip(inet_ntoa(raw)) if len(raw) == _IP4 else Ip(str(IPv6Address(raw)))


@lru_cache(REMEMBERED)
def mac_of(raw: bytes) -> Mac:
    """Spell the hardware address whose six bytes are *raw*."""
    return Mac(raw.hex(":"))


def macs(data: memoryview, at: int, link: Link) -> tuple[Mac, Mac]:
    """Give who sent the frame at *at*, and to whom; `NO_MAC` where the link does not say."""
    if link is Link.ETHERNET:
        return mac_of(bytes(data[at + 6 : at + 12])), mac_of(bytes(data[at : at + 6]))
    if link is Link.COOKED and data[at + 5] == _MAC:
        return mac_of(bytes(data[at + 6 : at + 12])), NO_MAC
    if link is Link.COOKED_V2 and data[at + 11] == _MAC:
        return mac_of(bytes(data[at + 12 : at + 18])), NO_MAC
    return NO_MAC, NO_MAC
