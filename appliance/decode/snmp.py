"""SNMP seen passing: what a device answers of itself, and that it is asked in clear.

RFC 1157 (version 1), RFC 3416 (2c), RFC 3412 (3); what is read: RFC 3418 (system), RFC 2790 (host
resources). The community is a password: all that is kept is whether it is one that everybody knows.
"""

from collections.abc import Iterator

from appliance.decode import ber
from appliance.decode.envelope import Envelope
from appliance.decode.reader import Malformed, Reader, text
from appliance.facts import Fact, SnmpHeard

PORTS = frozenset((161, 162))

_VERSIONS = {0: "1", 1: "2c", 3: "3"}
_V3 = "3"
_KNOWN = frozenset((b"public", b"private"))
_RESPONSE = 0xA2
_MESSAGES = {
    0xA0: "get",
    0xA1: "next",
    _RESPONSE: "response",
    0xA3: "set",
    0xA4: "trap",
    0xA5: "bulk",
    0xA6: "inform",
    0xA7: "trap",
    0xA8: "report",
}
_TEXTS = {
    bytes.fromhex("2b06010201010100"): "description",  # sysDescr.0
    bytes.fromhex("2b06010201010500"): "name",  # sysName.0
    bytes.fromhex("2b06010201190302010301"): "device",  # hrDeviceDescr.1
}
_OBJECT_ID = bytes.fromhex("2b06010201010200")
"""sysObjectID.0"""

_MOST = 64
"""Values of an answer looked at."""
_LONGEST_OID = 64
"""Bytes of an object identifier; makers' have some ten."""
_MORE = 0x80


def read(message: bytes, envelope: Envelope) -> Iterator[Fact]:
    """Give the fact in an SNMP *message*; none when it is of a version that nobody speaks."""
    body = ber.into(Reader(message))
    version = _VERSIONS.get(int.from_bytes(ber.content(body, ber.INTEGER)), "")
    if not version:
        return
    kind, known = "", False
    said: dict[str, str] = {}
    fault = None
    if version != _V3:
        known = ber.content(body, ber.OCTETS) in _KNOWN
        tag, pdu = ber.element(body)
        if tag not in _MESSAGES:
            raise Malformed
        kind = _MESSAGES[tag]
        try:
            if tag == _RESPONSE:
                for field, value in _answered(Reader(pdu)):
                    said.setdefault(field, value)
        except Malformed as found:
            fault = found
    yield SnmpHeard(
        at=envelope.at,
        mac=envelope.mac,
        src=envelope.src,
        dst=envelope.dst,
        version=version,
        message=kind,
        known_community=known,
        **said,
    )
    if fault:
        raise fault


def _answered(pdu: Reader) -> Iterator[tuple[str, str]]:
    """Give what is answered as fields of the fact and their values."""
    for _ in range(3):  # the request's number, what went wrong, with which value
        ber.content(pdu, ber.INTEGER)
    values = ber.into(pdu)
    for _ in range(_MOST):
        if not values.remaining:
            return
        pair = ber.into(values)
        name = ber.content(pair, ber.OID)
        tag, value = ber.element(pair)
        if name in _TEXTS and tag == ber.OCTETS:
            yield _TEXTS[name], text(value)
        elif name == _OBJECT_ID and tag == ber.OID:
            yield "object_id", _dotted(value)


def _dotted(oid: bytes) -> str:
    """Spell an object identifier, the first two of its numbers are one on the wire."""
    if not oid or oid[-1] & _MORE or len(oid) > _LONGEST_OID:
        raise Malformed
    numbers: list[int] = []
    number = 0
    for byte in oid:
        number = number << 7 | byte & ~_MORE
        if not byte & _MORE:
            numbers.append(number)
            number = 0
    first = min(numbers[0] // 40, 2)
    return ".".join(map(str, (first, numbers[0] - 40 * first, *numbers[1:])))
