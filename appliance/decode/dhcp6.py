"""DHCP for IPv6 (RFC 8415): what clients say of themselves, what servers hand out.

What relays pass on to each other is not read: a practice has one network.
"""

from collections.abc import Iterator
from struct import unpack

from appliance.decode import spelling
from appliance.decode.dhcp import enterprise
from appliance.decode.envelope import Envelope
from appliance.decode.names import read_name
from appliance.decode.reader import Malformed, Reader, text
from appliance.facts import DhcpAsked, DhcpOffered, Fact
from appliance.model import Ip

_ASKED = {
    1: "solicit",
    3: "request",
    4: "confirm",
    5: "renew",
    6: "rebind",
    8: "release",
    9: "decline",
    11: "information-request",
}
_OFFERED = {2: "advertise", 7: "reply"}

_CLIENT_ID, _ADDRESSES, _ADDRESS, _PARAMETERS = 1, 3, 5, 6
_USER_CLASS, _VENDOR_CLASS, _DNS, _DOMAINS, _FQDN = 15, 16, 23, 24, 39
_ADDRESSES_HEAD = 12
"""Identifier and two times before the addresses in option 3."""

_MOST_OPTIONS = 256
_MOST_SERVERS = 16
_LONGEST_ID = 127
"""Bytes of an identity; a DUID has at most 130, real ones 10 to 18."""
_MOST_PARAMETERS = 255


def read(message: bytes, envelope: Envelope) -> Iterator[Fact]:
    """Give the fact in a DHCPv6 *message*."""
    body = Reader(message)
    kind = body.u8()
    if kind not in _ASKED and kind not in _OFFERED:
        return
    body.skip(3)
    options: dict[int, bytes] = {}
    fault = None
    try:
        _read_options(body, options)
    except Malformed as found:
        fault = found
    if kind in _ASKED:
        yield _asked(_ASKED[kind], options, envelope)
    else:
        yield _offered(_OFFERED[kind], options, envelope)
    if fault:
        raise fault


def _read_options(body: Reader, options: dict[int, bytes]) -> None:
    """Add the options in *body* to *options*; the first of a kind counts."""
    for _ in range(_MOST_OPTIONS):
        if not body.remaining:
            return
        code = body.u16()
        options.setdefault(code, body.take(body.u16()))


def _asked(kind: str, options: dict[int, bytes], envelope: Envelope) -> DhcpAsked:
    parameters = options.get(_PARAMETERS, b"")
    count = min(len(parameters) // 2, _MOST_PARAMETERS)
    return DhcpAsked(
        at=envelope.at,
        mac=envelope.mac,
        version=6,
        message=kind,
        hostname=read_name(options.get(_FQDN, b"")[1:]),
        vendor_class=_parts(options.get(_VENDOR_CLASS, b"")[4:]),
        enterprise=enterprise(options.get(_VENDOR_CLASS, b"")),
        user_class=_parts(options.get(_USER_CLASS, b"")),
        client_id=options.get(_CLIENT_ID, b"")[:_LONGEST_ID].hex(),
        parameters=unpack(f"!{count}H", parameters[: 2 * count]),
        requested=_address(options),
        sender=envelope.mac,
    )


def _offered(kind: str, options: dict[int, bytes], envelope: Envelope) -> DhcpOffered:
    return DhcpOffered(
        at=envelope.at,
        mac=envelope.mac,
        version=6,
        message=kind,
        server=envelope.src,
        client=envelope.to,
        address=_address(options),
        dns=spelling.ips(options.get(_DNS, b""), spelling.IP6_SIZE)[:_MOST_SERVERS],
        domain=read_name(options.get(_DOMAINS, b"")),
    )


def _address(options: dict[int, bytes]) -> Ip | None:
    """Give the first address of option 3; None when it holds none, or is broken."""
    inner: dict[int, bytes] = {}
    try:
        _read_options(Reader(options.get(_ADDRESSES, b"")[_ADDRESSES_HEAD:]), inner)
    except Malformed:
        return None
    address = inner.get(_ADDRESS, b"")[: spelling.IP6_SIZE]
    return spelling.ip(address) if len(address) == spelling.IP6_SIZE else None


def _parts(option: bytes) -> str:
    """Spell parts that come with their lengths, joined by a space; a torn last one is left out."""
    body, parts = Reader(option), []
    while body.remaining >= 2:  # noqa: PLR2004 - the length's two bytes
        parts.append(body.take(min(body.u16(), body.remaining)))
    return text(b" ".join(parts))
