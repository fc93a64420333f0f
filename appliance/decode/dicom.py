"""How DICOM associations are opened (DICOM PS3.8, section 9.3): who calls whom, for what.

Only A-ASSOCIATE-RQ, -AC and -RJ are read. P-DATA, which carries images and their patients, is not
told from any other bytes; of a user's identity, which may stand in a request, nothing is read.
Patients have no place in these PDUs. Only somebody who misuses an AE title or a version name, 16
bytes each, could put one there.

A PDU is told from its first bytes, on any port. The test is stricter than PS3.8 wants a receiver
to be: the reserved bytes before and behind the version must be zero. A rejection is ten bytes
long, and one answer in many of a Modbus server (TCP port 502) has the same ten.

A request with many presentation contexts needs several segments, and what names the software
stands at its end: `size_of` says how many bytes to wait for.
"""

import re
from collections.abc import Iterator

from appliance.decode.dicom_items import LONGEST_NAME, Items, spell
from appliance.decode.envelope import Envelope
from appliance.decode.reader import Malformed, Reader
from appliance.facts import DicomAssociated, Fact

LONGEST = 16_384
"""Bytes of a PDU that are read. Most have 200 to 2,000; the 128 contexts that a request may hold
(their ids are odd bytes, PS3.8 section 9.3.2.2) make 10,000 with one transfer syntax each."""

_REQUEST, _ACCEPTANCE, _REJECTION = 1, 2, 3
KINDS = {_REQUEST: "requested", _ACCEPTANCE: "accepted", _REJECTION: "rejected"}
"""By a PDU's first byte."""
_STARTS = frozenset(bytes((kind, 0, 0)) for kind in KINDS)
"""Type, reserved, and the highest byte of the length."""
_LENGTH, _LENGTH_END = 2, 6
_VERSION = 7
"""Its lowest bit is version 1, the only one there is."""
_CALLED, _CALLING = 10, 26
_ITEMS = 74

_OPENS = re.compile(
    rb"[\x01\x02]\x00\x00[\x00-\x03].{4}\x00\x00"  # at most 256 KiB: 128 contexts of 2 KiB each
    rb"[^\x01-\x1f\x7f]{32}"  # both titles; some fill them up with zeros
    rb".{32}[\x10\x20\x21\x50]\x00",  # reserved; the first item: mostly the application context
    re.DOTALL,
).match
_REJECTS = re.compile(
    rb"\x03\x00{4}\x04\x00"
    rb"[\x01\x02](?:\x01[\x01\x02\x03\x07]|[\x02\x03][\x01\x02])"  # result; source and its reasons
).fullmatch


def begins(payload: bytes) -> bool:
    """Tell whether *payload* begins as a PDU does that opens an association, or refuses one."""
    if payload[:3] not in _STARTS:
        return False
    if payload[0] == _REJECTION:
        return _REJECTS(payload) is not None
    opens = _OPENS(payload) is not None
    return opens and payload[_VERSION] & 1 == 1 and size_of(payload) > _ITEMS


def size_of(payload: bytes) -> int:
    """Give how many bytes the PDU has that *payload* begins with; it may promise any number."""
    return _LENGTH_END + int.from_bytes(payload[_LENGTH:_LENGTH_END])


def is_complete(payload: bytes) -> bool:
    """Tell whether *payload* holds all that is read of the PDU it begins with."""
    return len(payload) >= min(size_of(payload), LONGEST)


def read_stream(stream: bytes, envelope: Envelope, last: bool) -> Iterator[Fact] | None:
    """Give the fact in the PDU that *stream* begins with; None when more of it is needed.

    *last*: nothing more comes.
    """
    return read(stream, envelope) if last or is_complete(stream) else None


def read(message: bytes, envelope: Envelope) -> Iterator[Fact]:
    """Give the fact in the PDU that *message* begins with; of one that is cut, what is there."""
    if not begins(message):
        return
    kind, size = message[0], size_of(message)
    titles, items, fault = ("", ""), Items(), None
    if kind != _REJECTION:
        titles = _title(message, _CALLED), _title(message, _CALLING)
        try:
            items.read(Reader(message, _ITEMS, min(size, LONGEST)))
        except Malformed as found:
            fault = found
    yield DicomAssociated(
        at=envelope.at,
        mac=envelope.mac,
        src=envelope.src,
        dst=envelope.dst,
        sport=envelope.sport,
        dport=envelope.dport,
        kind=KINDS[kind],
        called=titles[0],
        calling=titles[1],
        implementation=items.implementation,
        implementation_name=items.implementation_name,
        syntaxes=tuple(items.syntaxes),
        agreed=items.agreed,
    )
    if fault and size <= min(len(message), LONGEST):
        raise fault


def _title(message: bytes, at: int) -> str:
    return spell(message[at : at + LONGEST_NAME])
