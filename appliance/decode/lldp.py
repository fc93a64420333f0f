"""LLDP: switches, telephones and access points that tell their neighbour what they are.

IEEE 802.1AB-2016, section 8, and the inventory of ANSI/TIA-1057 (LLDP-MED), section 10.2. Serial
and asset numbers are looked past: they are one device's, and say nothing of what it is.
"""

from collections.abc import Iterator
from typing import Any

from appliance.decode import spelling
from appliance.decode.ethernet import Hop
from appliance.decode.reader import Malformed, Reader, text
from appliance.facts import Fact, NeighbourTold
from appliance.model import Ip

_END, _CHASSIS, _PORT, _PORT_DESCRIPTION = 0, 1, 2, 4
_NAME, _DESCRIPTION, _CAPABILITIES, _ADDRESS, _ORGANISATION = 5, 6, 7, 8, 127
_TEXTS = {_PORT_DESCRIPTION: "port_description", _NAME: "name", _DESCRIPTION: "description"}

_CHASSIS_MAC, _CHASSIS_ADDRESS, _CHASSIS_NAMES = 4, 5, frozenset((1, 7))
"""Subtypes of a chassis id (Table 8-2); names: what somebody called it, or it calls itself."""
_PORT_MAC, _PORT_NAMES = 3, frozenset((1, 2, 5, 7))
"""Subtypes of a port id (Table 8-3)."""
_IP_SIZES = {1: spelling.IP4_SIZE, 2: spelling.IP6_SIZE}
"""By the number of their family (IANA Address Family Numbers)."""
_WORDS = ("other", "repeater", "bridge", "wlan_ap", "router", "telephone", "cable_modem", "station")
"""Capabilities from the lowest bit on (Table 8-4)."""

_MED = bytes.fromhex("0012bb")
_MED_CLASS = 1
_MED_CLASSES = ("", "endpoint", "media_endpoint", "telephone", "network")
"""Device types (ANSI/TIA-1057, Table 11); the third, class III, is what people call with."""
_MED_TEXTS = {5: "hardware", 6: "firmware", 7: "software", 9: "maker", 10: "model"}

_FILLING = b"\0 "
_MOST = 128
"""Parts of an announcement that are read; a telephone's has some 30."""


def read(data: bytes, at: float, hop: Hop) -> Iterator[Fact]:
    """Give the fact in the announcement that *hop* leads to; none when it names no chassis."""
    said: dict[str, Any] = {}
    fault = None
    try:
        for field, value in _said(Reader(data, hop.start)):
            if value:
                said.setdefault(field, value)
    except Malformed as found:
        fault = found
    alias = said.pop("alias", "")
    said.setdefault("name", alias)
    if any(said.values()):
        yield NeighbourTold(at=at, mac=spelling.mac(hop.sender), protocol="lldp", **said)
    if fault:
        raise fault


def _said(body: Reader) -> Iterator[tuple[str, Any]]:
    """Give what is said as fields of the fact and their values; the first of a field counts."""
    for number in range(_MOST):
        head = body.u16()
        kind, part = head >> 9, body.sub(head & 0x1FF)
        if kind == _END or (number == 0 and kind != _CHASSIS):
            return
        if kind in _TEXTS:
            yield _TEXTS[kind], spelt(part)
        elif kind == _CHASSIS:
            yield from _chassis(part)
        elif kind == _PORT:
            yield "port", _port(part)
        elif kind == _CAPABILITIES:
            part.skip(2)  # what it could do; what follows is what it does
            enabled = part.u16()
            yield "capabilities", words(enabled, _WORDS)
        elif kind == _ADDRESS:
            yield "ip", _address(part.sub(part.u8()))
        elif kind == _ORGANISATION and part.take(len(_MED)) == _MED:
            yield from _med(part)


def spelt(part: Reader) -> str:
    """Spell all of *part* without the zeros and spaces that some fill it up with."""
    return text(part.rest().rstrip(_FILLING))


def words(bits: int, meanings: tuple[str, ...]) -> tuple[str, ...]:
    """Give what the *bits* mean, from the lowest on; those that mean nothing are left out."""
    found = [word for place, word in enumerate(meanings) if word and bits >> place & 1]
    return tuple(dict.fromkeys(found))


def _chassis(part: Reader) -> Iterator[tuple[str, Any]]:
    kind = part.u8()
    if kind == _CHASSIS_MAC:
        mac = spelling.mac(part.rest())
        yield "chassis", mac if spelling.is_one_machine(mac) else ""
    elif kind == _CHASSIS_ADDRESS:
        yield "ip", _address(part)
    elif kind in _CHASSIS_NAMES:
        yield "alias", spelt(part)


def _port(part: Reader) -> str:
    kind = part.u8()
    if kind == _PORT_MAC and part.remaining == spelling.MAC_SIZE:
        return spelling.mac(part.rest())
    return spelt(part) if kind in _PORT_NAMES else ""


def _address(part: Reader) -> Ip | None:
    size, value = _IP_SIZES.get(part.u8()), part.rest()
    return spelling.ip(value) if len(value) == size and any(value) else None


def _med(part: Reader) -> Iterator[tuple[str, Any]]:
    kind = part.u8()
    if kind in _MED_TEXTS:
        yield _MED_TEXTS[kind], spelt(part)
    elif kind == _MED_CLASS:
        part.skip(2)
        number = part.u8()
        yield "endpoint", _MED_CLASSES[number] if number < len(_MED_CLASSES) else ""
