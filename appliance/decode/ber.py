"""Elements of tag, length and content (ITU-T X.690), of a definite length and with a short tag.

So are all of DER, which certificates are in, and all that SNMP allows itself (RFC 3417, section 8).
"""

from appliance.decode.reader import Malformed, Reader

INTEGER, OCTETS, OID, SEQUENCE = 0x02, 0x04, 0x06, 0x30

_LONG_FORM, _MANY_BYTES = 0x80, 4
_LONG_TAG = 0x1F


def element(body: Reader) -> tuple[int, bytes]:
    """Give tag and content of the element that comes next."""
    tag, size = body.u8(), body.u8()
    if tag & _LONG_TAG == _LONG_TAG:
        raise Malformed
    if size & _LONG_FORM:
        width = size & ~_LONG_FORM
        if not 0 < width <= _MANY_BYTES:
            raise Malformed
        size = int.from_bytes(body.take(width))
    return tag, body.take(size)


def into(body: Reader) -> Reader:
    """Step into the sequence that comes next."""
    return Reader(content(body, SEQUENCE))


def content(body: Reader, wanted: int) -> bytes:
    """Give the content of the element that comes next, which must have this tag."""
    tag, found = element(body)
    if tag != wanted:
        raise Malformed
    return found
