"""IPv6 neighbour discovery (RFC 4861): who has which address, and who is a router.

Messages that crossed a router (hop limit below 255) are no neighbour's and are passed over, as
every receiver does. A solicitation from :: is a probe (RFC 4862) and claims nothing.
"""

from collections.abc import Iterator
from ipaddress import IPv6Network

from appliance.decode import spelling
from appliance.decode.envelope import Envelope
from appliance.decode.reader import Malformed, Reader
from appliance.facts import AddressAsked, AddressClaim, Fact, RouterAdvertised
from appliance.model import Ip, Mac

HOPS = 255
"""What the hop limit must still be."""

_ROUTER_SOLICITED, _ROUTER, _NEIGHBOUR_SOLICITED, _NEIGHBOUR = 133, 134, 135, 136
_SOURCE, _TARGET, _PREFIX, _DNS = 1, 2, 3, 25
_NOBODY = Ip("::")
_GROUP = 0xFF
_LONGEST_PREFIX = 128
_MOST = 16
"""Prefixes or servers kept of one advertisement."""


def read(message: bytes, envelope: Envelope) -> Iterator[Fact]:
    """Give the facts in an ICMPv6 *message*; none when it is not neighbour discovery."""
    body = Reader(message)
    kind, code = body.u8(), body.u8()
    body.skip(2)
    if code:
        return
    if kind == _NEIGHBOUR_SOLICITED:
        yield from _solicitation(body, envelope)
    elif kind == _NEIGHBOUR:
        yield from _advertisement(body, envelope)
    elif kind == _ROUTER:
        yield from _router(body, envelope)
    elif kind == _ROUTER_SOLICITED and envelope.src != _NOBODY:
        body.skip(4)
        yield from _asker(body, envelope)


def _solicitation(body: Reader, envelope: Envelope) -> Iterator[Fact]:
    wanted = _target(body)
    probe = envelope.src == _NOBODY
    yield AddressAsked(
        at=envelope.at, mac=envelope.mac, ip=None if probe else envelope.src, wanted=wanted
    )
    if not probe:
        yield from _asker(body, envelope)


def _asker(body: Reader, envelope: Envelope) -> Iterator[Fact]:
    hardware = _option(body, _SOURCE)
    if hardware is not None:
        yield from _claim(hardware, envelope, envelope.src, answer=False)


def _advertisement(body: Reader, envelope: Envelope) -> Iterator[Fact]:
    ip = _target(body)
    hardware = _option(body, _TARGET)
    # An answer to one asker may leave the option out: the frame's sender is meant.
    yield from _claim(envelope.mac if hardware is None else hardware, envelope, ip, answer=True)


def _target(body: Reader) -> Ip:
    body.skip(4)
    target = body.take(spelling.IP6_SIZE)
    if target[0] == _GROUP:
        raise Malformed
    return spelling.ip(target)


def _claim(mac: Mac, envelope: Envelope, ip: Ip, *, answer: bool) -> Iterator[Fact]:
    if spelling.is_one_machine(mac):
        yield AddressClaim(
            at=envelope.at, mac=mac, sender=envelope.mac, ip=ip, to=envelope.to, answer=answer
        )


def _option(body: Reader, wanted: int) -> Mac | None:
    """Give the hardware address in the first option of this kind."""
    for kind, value in _options(body):
        if kind == wanted:
            return spelling.mac(value[: spelling.MAC_SIZE])
    return None


def _router(body: Reader, envelope: Envelope) -> Iterator[Fact]:
    body.skip(2)
    lifetime = body.u16()
    body.skip(8)
    prefixes: list[str] = []
    dns: list[Ip] = []
    fault = None
    try:
        for kind, value in _options(body):
            if kind == _PREFIX:
                prefixes.append(_prefix(value))
            elif kind == _DNS:
                dns += spelling.ips(value[6:], spelling.IP6_SIZE)
    except Malformed as found:
        fault = found
    yield RouterAdvertised(
        at=envelope.at,
        mac=envelope.mac,
        ip=envelope.src,
        lifetime=lifetime,
        prefixes=tuple(prefixes[:_MOST]),
        dns=tuple(dns[:_MOST]),
    )
    if fault:
        raise fault


def _prefix(value: bytes) -> str:
    option = Reader(value)
    length = option.u8()
    option.skip(13)
    address = option.take(spelling.IP6_SIZE)
    if length > _LONGEST_PREFIX:
        raise Malformed
    return str(IPv6Network((address, length), strict=False))


def _options(body: Reader) -> Iterator[tuple[int, bytes]]:
    """Give kind and content of each option; their length counts units of 8 bytes."""
    while body.remaining:
        kind, size = body.u8(), 8 * body.u8() - 2
        if size < 0:
            raise Malformed
        yield kind, body.take(size)
