"""Elements of tag, length and content (ITU-T X.690), of a definite length and with a short tag.

So are all of DER, which certificates are in, and all that SNMP allows itself (RFC 3417, section 8).
"""

from appliance.decode.reader import Malformed, Reader

INTEGER, OCTETS, OID, SEQUENCE = 0x02, 0x04, 0x06, 0x30

_LONG_FORM, _MANY_BYTES = 0x80, 4
_LONG_TAG = 0x1F


def head(body: Reader) -> tuple[int, int]:
    """Give tag and size of the element that comes next; its content is still to be read."""
    tag, size = body.u8(), body.u8()
    if tag & _LONG_TAG == _LONG_TAG:
        raise Malformed
    if size & _LONG_FORM:
        width = size & ~_LONG_FORM
        if not 0 < width <= _MANY_BYTES:
            raise Malformed
        size = int.from_bytes(body.take(width))
    return tag, size


def element(body: Reader) -> tuple[int, bytes]:
    """Give tag and content of the element that comes next."""
    tag, size = head(body)
    return tag, body.take(size)


def begun(body: Reader, wanted: int) -> Reader:
    """Step into the element that comes next, which must have this tag, and may be cut."""
    tag, size = head(body)
    if tag != wanted:
        raise Malformed
    return body.sub(min(size, body.remaining))


def into(body: Reader) -> Reader:
    """Step into the sequence that comes next."""
    return Reader(content(body, SEQUENCE))


def content(body: Reader, wanted: int) -> bytes:
    """Give the content of the element that comes next, which must have this tag."""
    tag, found = element(body)
    if tag != wanted:
        raise Malformed
    return found
