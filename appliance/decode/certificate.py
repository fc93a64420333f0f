"""What a certificate says of its owner (X.509: RFC 5280; DER: ITU-T X.690).

Reads the few fields it wants, each a step into the bytes before; nothing is followed, checked
or believed.
"""

from appliance.decode import spelling
from appliance.decode.reader import Malformed, Reader, text

_SEQUENCE, _BOOLEAN, _OID = 0x30, 0x01, 0x06
_VERSION, _EXTENSIONS = 0xA0, 0xA3
_DNS_NAME, _IP_ADDRESS = 0x82, 0x87
_COMMON_NAME, _ORGANISATION = bytes.fromhex("550403"), bytes.fromhex("55040a")
_ALTERNATIVE_NAMES = bytes.fromhex("551d11")

_ENCODINGS = {0x14: "latin-1", 0x1C: "utf-32-be", 0x1E: "utf-16-be"}
"""Of the string types that are not UTF-8 or a part of it."""
_LONG_FORM, _MANY_BYTES = 0x80, 4
_LONG_TAG = 0x1F
_MOST_NAMES = 16
_MOST_STEPS = 64
"""Parts of a name, or extensions, looked at."""


class Certificate:
    """What was understood of a certificate."""

    __slots__ = ("issuer", "names", "self_signed", "subject")

    def __init__(self) -> None:
        self.subject = ""
        """Common name, or nothing."""
        self.names: list[str] = []
        """Alternative names and addresses, at most 16."""
        self.issuer = ""
        """Common name of who signed it, or its organisation."""
        self.self_signed = False

    def read(self, der: bytes) -> None:
        """Take in what *der* says; what comes before a malformed spot is kept."""
        body = _into(Reader(der))
        body = _into(body)
        tag, content = _next(body)
        if tag == _VERSION:
            _next(body)  # the serial number
        _next(body)  # the signature's algorithm
        _, issuer = _next(body)
        _next(body)  # from when to when
        _, subject = _next(body)
        self.self_signed = issuer == subject
        self.issuer = _name(issuer, _COMMON_NAME) or _name(issuer, _ORGANISATION)
        self.subject = _name(subject, _COMMON_NAME)
        while body.remaining:
            tag, content = _next(body)
            if tag == _EXTENSIONS:
                self._read_extensions(_into(Reader(content)))

    def _read_extensions(self, extensions: Reader) -> None:
        for _ in range(_MOST_STEPS):
            if not extensions.remaining:
                return
            extension = _into(extensions)
            _, oid = _next(extension)
            tag, content = _next(extension)
            if tag == _BOOLEAN:
                tag, content = _next(extension)
            if oid == _ALTERNATIVE_NAMES:
                self._read_names(_into(Reader(content)))

    def _read_names(self, names: Reader) -> None:
        while names.remaining and len(self.names) < _MOST_NAMES:
            tag, content = _next(names)
            if tag == _DNS_NAME:
                self.names.append(text(content).lower())
            elif tag == _IP_ADDRESS:
                self.names.append(spelling.ip(content))


def _name(name: bytes, wanted: bytes) -> str:
    """Spell the part *wanted* of a distinguished name, the last one where there are several."""
    found, sets = "", Reader(name)
    for _ in range(_MOST_STEPS):
        if not sets.remaining:
            break
        _, parts = _next(sets)
        part = _into(Reader(parts))
        _, oid = _next(part)
        tag, value = _next(part)
        if oid == wanted:
            found = text(_utf8(tag, value))
    return found


def _utf8(tag: int, value: bytes) -> bytes:
    encoding = _ENCODINGS.get(tag)
    return value.decode(encoding, "replace").encode("utf-8", "replace") if encoding else value


def _into(body: Reader) -> Reader:
    """Step into the sequence that comes next."""
    tag, content = _next(body)
    if tag != _SEQUENCE:
        raise Malformed
    return Reader(content)


def _next(body: Reader) -> tuple[int, bytes]:
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
