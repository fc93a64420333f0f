"""Modbus/TCP: who asks a machine for what, and what the machine says it is.

Modbus Messaging on TCP/IP Implementation Guide V1.0b, section 3.1.3; Modbus Application Protocol
V1.1b3, sections 4.1, 6.21 and 7. Values are not read: only unit, function and refusal, and of a
device's identification what its maker wrote, not what its user did.
"""

from collections.abc import Iterator

from appliance.decode.envelope import Envelope
from appliance.decode.reader import Malformed, Reader, text
from appliance.facts import Fact, ModbusHeard

PORT = 502

_MOST = 16
"""Messages of a segment: the guide lets no more be unanswered (NumberMaxOfServerTransaction)."""
_SHORTEST, _LONGEST = 2, 254
"""Unit and function; 260 bytes less the 6 that come before the unit."""
_EXCEPTION = 0x80
_ENCAPSULATED, _IDENTIFICATION = 43, 14
_READ_CODE_AND_CONFORMITY, _NEXT_OBJECT = 2, 2
_FIELDS = {0: "vendor", 1: "code", 2: "revision", 4: "product"}
"""The objects that are kept, by their number."""


def read(message: bytes, envelope: Envelope) -> Iterator[Fact]:
    """Give a fact for each Modbus message in a segment."""
    reader = Reader(message)
    for _ in range(_MOST):
        if not reader.remaining:
            return
        reader.skip(2)
        protocol, size = reader.u16(), reader.u16()
        if protocol or not _SHORTEST <= size <= _LONGEST:
            raise Malformed
        yield from _heard(reader.sub(size), envelope)


def _heard(body: Reader, envelope: Envelope) -> Iterator[Fact]:
    server = envelope.sport == PORT
    unit, function = body.u8(), body.u8()
    refused = function & _EXCEPTION
    exception = body.u8() if refused else 0
    said: dict[str, str] = {}
    fault = None
    if server and function == _ENCAPSULATED:
        try:
            _identify(body, said)
        except Malformed as error:
            fault = error
    yield ModbusHeard(
        at=envelope.at,
        mac=envelope.mac,
        src=envelope.src,
        dst=envelope.dst,
        sport=envelope.sport,
        dport=envelope.dport,
        server=server,
        unit=unit,
        function=function & ~_EXCEPTION,
        exception=exception,
        **said,
    )
    if fault:
        raise fault


def _identify(body: Reader, said: dict[str, str]) -> None:
    """Put what a device says of itself into *said*; the message's length bounds the objects."""
    if body.u8() != _IDENTIFICATION:
        return
    body.skip(_READ_CODE_AND_CONFORMITY + _NEXT_OBJECT)
    for _ in range(body.u8()):
        name, value = _FIELDS.get(body.u8()), body.take(body.u8())
        if name:
            said[name] = text(value.rstrip(b"\0 "))
