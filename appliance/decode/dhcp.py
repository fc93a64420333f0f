"""DHCP for IPv4 (RFC 2131, RFC 2132): what clients say of themselves, what servers hand out.

Options may go on in the fields *file* and *sname* (option 52), and one option may come in parts
(RFC 3396). BOOTP without a message type carries nothing read here.
"""

from collections.abc import Iterator

from appliance.decode import spelling
from appliance.decode.envelope import Envelope
from appliance.decode.names import read_name
from appliance.decode.reader import Malformed, Reader, text
from appliance.facts import DhcpAsked, DhcpOffered, Fact
from appliance.model import Ip, Mac

_TO_SERVER, _TO_CLIENT = 1, 2
_ASKED = {1: "discover", 3: "request", 4: "decline", 7: "release", 8: "inform"}
_OFFERED = {2: "offer", 5: "ack", 6: "nak"}

_ETHERNET = 1
_FIXED = 240
"""Bytes of the fixed fields, magic cookie included."""
_COOKIE = bytes.fromhex("63825363")
_SNAME, _FILE = slice(44, 108), slice(108, 236)
_IN_FILE, _IN_SNAME = 1, 2
_NOBODY = bytes(4)

_PAD, _END = 0, 255
_ROUTERS, _DNS, _HOSTNAME, _DOMAIN, _REQUESTED, _OVERLOAD, _MESSAGE = 3, 6, 12, 15, 50, 52, 53
_SERVER, _PARAMETERS, _VENDOR_CLASS, _CLIENT_ID, _USER_CLASS, _FQDN = 54, 55, 60, 61, 77, 81
_OWN_CLASS, _OWN_OPTIONS = 124, 125
"""A vendor's own (RFC 3925, sections 3 and 4): each begins with the vendor's number."""
_NUMBER = 4
_FQDN_HEAD, _FQDN_AS_NAME = 3, 4

_MOST_OPTIONS = 256
_MOST_ADDRESSES = 16
_LONGEST_ID = 127
"""Bytes of an identity; 254 hexadecimal digits."""
_MOST_PARAMETERS = 255


def read(message: bytes, envelope: Envelope) -> Iterator[Fact]:
    """Give the fact in a DHCP *message*."""
    if len(message) < _FIXED or message[236:_FIXED] != _COOKIE:
        raise Malformed
    options: dict[int, bytes] = {}
    fault = None
    try:
        _gather(message, options)
    except Malformed as found:
        fault = found
    operation, kind = message[0], options.get(_MESSAGE, b"\0")[0]
    if operation == _TO_SERVER and kind in _ASKED:
        yield _asked(_ASKED[kind], message, options, envelope)
    elif operation == _TO_CLIENT and kind in _OFFERED:
        yield _offered(_OFFERED[kind], message, options, envelope)
    if fault:
        raise fault


def _gather(message: bytes, options: dict[int, bytes]) -> None:
    _read_options(message[_FIXED:], options)
    more = options.get(_OVERLOAD, b"\0")[0]
    if more & _IN_FILE:
        _read_options(message[_FILE], options)
    if more & _IN_SNAME:
        _read_options(message[_SNAME], options)


def _read_options(area: bytes, options: dict[int, bytes]) -> None:
    """Add the options of *area* to *options*; those without content are left out."""
    body = Reader(area)
    for _ in range(_MOST_OPTIONS):
        code = body.u8() if body.remaining else _END
        if code == _END:
            return
        if code != _PAD and (value := body.take(body.u8())):
            options[code] = options.get(code, b"") + value


def _asked(kind: str, message: bytes, options: dict[int, bytes], envelope: Envelope) -> DhcpAsked:
    using = message[12:16]
    return DhcpAsked(
        at=envelope.at,
        mac=_client(message, envelope.mac),
        version=4,
        message=kind,
        hostname=_text(options, _HOSTNAME) or _fqdn(options.get(_FQDN, b"")),
        vendor_class=_text(options, _VENDOR_CLASS),
        user_class=_user_class(options.get(_USER_CLASS, b"")),
        enterprise=enterprise(options.get(_OWN_CLASS) or options.get(_OWN_OPTIONS, b"")),
        client_id=options.get(_CLIENT_ID, b"")[:_LONGEST_ID].hex(),
        parameters=tuple(options.get(_PARAMETERS, b"")[:_MOST_PARAMETERS]),
        requested=_ip(options.get(_REQUESTED, using)),
        server=_ip(options.get(_SERVER, b"")),
        sender=envelope.mac,
    )


def _offered(
    kind: str, message: bytes, options: dict[int, bytes], envelope: Envelope
) -> DhcpOffered:
    return DhcpOffered(
        at=envelope.at,
        mac=envelope.mac,
        version=4,
        message=kind,
        server=_ip(options.get(_SERVER, b"")),
        client=_client(message, envelope.to),
        address=_ip(message[16:20]),
        routers=_ips(options, _ROUTERS),
        dns=_ips(options, _DNS),
        domain=_text(options, _DOMAIN),
    )


def enterprise(option: bytes) -> int:
    """Give the number that an option of a vendor's own begins with; 0 when it is cut."""
    return int.from_bytes(option[:_NUMBER]) if len(option) >= _NUMBER else 0


def _client(message: bytes, otherwise: Mac) -> Mac:
    ethernet = message[1] == _ETHERNET and message[2] == spelling.MAC_SIZE
    return spelling.mac(message[28:34]) if ethernet else otherwise


def _text(options: dict[int, bytes], code: int) -> str:
    # Some clients send the NUL of their C string along.
    return text(options.get(code, b"").rstrip(b"\0"))


def _ip(raw: bytes) -> Ip | None:
    return None if len(raw) != spelling.IP4_SIZE or raw == _NOBODY else spelling.ip(raw)


def _ips(options: dict[int, bytes], code: int) -> tuple[Ip, ...]:
    return spelling.ips(options.get(code, b"")[: spelling.IP4_SIZE * _MOST_ADDRESSES], 4)


def _fqdn(option: bytes) -> str:
    """Spell the name in option 81 (RFC 4702): in the form of DNS, or plain."""
    if not option or not option[0] & _FQDN_AS_NAME:
        return text(option[_FQDN_HEAD:].rstrip(b"\0"))
    return read_name(option[_FQDN_HEAD:])


def _user_class(option: bytes) -> str:
    """Spell option 77: parts with their lengths (RFC 3004), or, as many send it, plain text."""
    body, parts = Reader(option), []
    try:
        while body.remaining:
            parts.append(body.take(body.u8()))
    except Malformed:
        parts = [option]
    return text(b" ".join(parts))
