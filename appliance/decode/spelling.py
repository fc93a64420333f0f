"""How addresses are spelt: one spelling each.

A network has few addresses and says them in every packet: those met last are remembered, so that
spelling one is a look-up; the memory's size bounds what made-up addresses can take.
"""

from functools import lru_cache
from ipaddress import IPv6Address

from appliance.decode.reader import Malformed
from appliance.model import NO_MAC, Ip, Mac

REMEMBERED = 8192
"""Hardware addresses, and as many IP addresses."""
MAC_SIZE, IP4_SIZE, IP6_SIZE = 6, 4, 16


@lru_cache(REMEMBERED)
def mac(raw: bytes) -> Mac:
    """Spell a hardware address of 6 bytes; any other length is `NO_MAC`."""
    return Mac(raw.hex(":")) if len(raw) == MAC_SIZE else NO_MAC


@lru_cache(REMEMBERED)
def ip(raw: bytes) -> Ip:
    """Spell an address of 4 or 16 bytes (RFC 5952)."""
    if len(raw) == IP4_SIZE:
        return Ip("{}.{}.{}.{}".format(*raw))
    if len(raw) == IP6_SIZE:
        return Ip(str(IPv6Address(raw)))
    raise Malformed


def ips(raw: bytes, size: int) -> tuple[Ip, ...]:
    """Spell the addresses of *size* bytes that *raw* is a row of; a torn last one is left out."""
    return tuple(ip(raw[at : at + size]) for at in range(0, len(raw) - size + 1, size))


def is_one_machine(address: Mac) -> bool:
    """Tell whether a hardware address can be one machine's: not a group's, not all zero."""
    return address != NO_MAC and address[1] in "02468ace"  # odd: a group (IEEE 802)
