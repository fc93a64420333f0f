"""What a certificate says of its owner (X.509: RFC 5280; DER: ITU-T X.690).

Reads the few fields it wants, each a step into the bytes before; nothing is followed, checked
or believed.
"""

from hashlib import sha1, sha256

from appliance.decode import spelling
from appliance.decode.ber import element, into
from appliance.decode.reader import Reader, text

_BOOLEAN = 0x01
_VERSION, _EXTENSIONS = 0xA0, 0xA3
_DNS_NAME, _IP_ADDRESS = 0x82, 0x87
_COMMON_NAME, _ORGANISATION = bytes.fromhex("550403"), bytes.fromhex("55040a")
_ALTERNATIVE_NAMES = bytes.fromhex("551d11")

_ENCODINGS = {0x14: "latin-1", 0x1C: "utf-32-be", 0x1E: "utf-16-be"}
"""Of the string types that are not UTF-8 or a part of it."""
_MOST_NAMES = 16
_MOST_STEPS = 64
"""Parts of a name, or extensions, looked at."""


class Certificate:
    """What was understood of a certificate."""

    __slots__ = ("issuer", "names", "self_signed", "sha1", "sha256", "subject")

    def __init__(self) -> None:
        self.subject = ""
        """Common name, or nothing."""
        self.names: list[str] = []
        """Alternative names and addresses, at most 16."""
        self.issuer = ""
        """Common name of who signed it, or its organisation."""
        self.self_signed = False
        self.sha1 = self.sha256 = ""
        """Of all its bytes, hexadecimal: what lists of bad certificates name them by."""

    def read(self, der: bytes) -> None:
        """Take in what *der* says; what comes before a malformed spot is kept."""
        self.sha1 = sha1(der, usedforsecurity=False).hexdigest()
        self.sha256 = sha256(der).hexdigest()
        body = into(Reader(der))
        body = into(body)
        tag, content = element(body)
        if tag == _VERSION:
            element(body)  # the serial number
        element(body)  # the signature's algorithm
        _, issuer = element(body)
        element(body)  # from when to when
        _, subject = element(body)
        self.self_signed = issuer == subject
        self.issuer = _name(issuer, _COMMON_NAME) or _name(issuer, _ORGANISATION)
        self.subject = _name(subject, _COMMON_NAME)
        while body.remaining:
            tag, content = element(body)
            if tag == _EXTENSIONS:
                self._read_extensions(into(Reader(content)))

    def _read_extensions(self, extensions: Reader) -> None:
        for _ in range(_MOST_STEPS):
            if not extensions.remaining:
                return
            extension = into(extensions)
            _, oid = element(extension)
            tag, content = element(extension)
            if tag == _BOOLEAN:
                tag, content = element(extension)
            if oid == _ALTERNATIVE_NAMES:
                self._read_names(into(Reader(content)))

    def _read_names(self, names: Reader) -> None:
        while names.remaining and len(self.names) < _MOST_NAMES:
            tag, content = element(names)
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
        _, parts = element(sets)
        part = into(Reader(parts))
        _, oid = element(part)
        tag, value = element(part)
        if oid == wanted:
            found = text(_utf8(tag, value))
    return found


def _utf8(tag: int, value: bytes) -> bytes:
    encoding = _ENCODINGS.get(tag)
    return value.decode(encoding, "replace").encode("utf-8", "replace") if encoding else value
