"""Addresses as text, each spelt once and remembered, and so each pair of them."""

from functools import lru_cache
from ipaddress import IPv6Address
from socket import inet_ntoa

from appliance.model import NO_MAC, Ip, Link, Mac
from appliance.sensor.columns import Gather, Ints

REMEMBERED = 16_384
"""Addresses of each kind, and as many pairs."""

_IP4 = 4
_MAC = 6
"""Bytes of an IPv4 and of a hardware address."""


@lru_cache(REMEMBERED)
def ends_of(raw: bytes) -> tuple[Ip, Ip]:
    """Spell the two addresses, of 4 or 16 bytes each, that *raw* is made of (RFC 5952)."""
    half = len(raw) // 2
    return ip_of(raw[:half]), ip_of(raw[half:])


def macs(get: Gather, at: Ints, link: Link) -> list[tuple[Mac, Mac]]:
    """Give who sent the frames at *at*, and to whom; `NO_MAC` where the link does not say."""
    if link is Link.ETHERNET:
        return list(map(_ethernet, get.octets(2 * _MAC, at)))
    if link is Link.COOKED:
        return list(map(_cooked, get.octets(1 + 1 + _MAC, at + 4)))
    if link is Link.COOKED_V2:
        return list(map(_cooked_v2, get.octets(1 + _MAC, at + 11)))
    return [(NO_MAC, NO_MAC)] * len(at)


@lru_cache(REMEMBERED)
def ip_of(raw: bytes) -> Ip:
    """Spell the address whose 4 or 16 bytes are *raw* (RFC 5952)."""
    return Ip(inet_ntoa(raw)) if len(raw) == _IP4 else Ip(str(IPv6Address(raw)))


@lru_cache(REMEMBERED)
def mac_of(raw: bytes) -> Mac:
    """Spell the hardware address whose six bytes are *raw*."""
    return Mac(raw.hex(":"))


@lru_cache(REMEMBERED)
def _ethernet(raw: bytes) -> tuple[Mac, Mac]:
    """Spell receiver and sender, in this order on the wire."""
    return mac_of(raw[_MAC:]), mac_of(raw[:_MAC])


@lru_cache(REMEMBERED)
def _cooked(raw: bytes) -> tuple[Mac, Mac]:
    """Spell the sender behind its length in two bytes."""
    return _cooked_v2(raw[1:])


@lru_cache(REMEMBERED)
def _cooked_v2(raw: bytes) -> tuple[Mac, Mac]:
    """Spell the sender behind its length in one byte."""
    return mac_of(raw[1:]) if raw[0] == _MAC else NO_MAC, NO_MAC
