"""Which protocol a TCP segment speaks: told by a port where only that is sure, else by its start.

A port decides alone for protocols whose messages have nothing of their own at the beginning. All
others are tried by the segment's first byte, and each looks closer itself (``begins``).
"""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple, TypeAlias

from appliance.decode import (
    banners,
    dialogues,
    dns,
    file_starts,
    hl7,
    http,
    http_login,
    http_password,
    ldap_bind,
    ldap_logon,
    modbus,
    mqtt,
    mysql_logon,
    postgres_logon,
    printing,
    rdp,
    rpc,
    rtsp,
    sip,
    smb,
    stratum,
    tds_login,
    tds_logon,
    vnc_logon,
)
from appliance.decode.envelope import Envelope
from appliance.decode.rpc_heads import Said
from appliance.facts import Fact

Read: TypeAlias = Callable[[bytes, Envelope], Iterable[Fact | Said]]


class Opening(NamedTuple):
    """How a protocol is told, and read."""

    begins: Callable[[bytes], bool]
    read: Read


def _always(_: bytes) -> bool:
    return True


def _http(payload: bytes, envelope: Envelope) -> Iterator[Fact]:
    yield from http.read(payload, envelope)
    if http_login.is_in(payload):
        yield from http_login.read(payload, envelope)
    if http_password.is_in(payload):
        yield from http_password.read(payload, envelope)


def _ldap(payload: bytes, envelope: Envelope) -> Iterator[Fact]:
    yield from ldap_bind.read(payload, envelope)
    yield from ldap_logon.read(payload, envelope)


def _either(*openings: Opening) -> Opening:
    """Join protocols that share a port: each reads what begins as its messages do."""

    def read(payload: bytes, envelope: Envelope) -> Iterator[Fact | Said]:
        for opening in openings:
            if opening.begins(payload):
                yield from opening.read(payload, envelope)

    return Opening(lambda payload: any(it.begins(payload) for it in openings), read)


_LDAP = Opening(ldap_bind.begins, _ldap)
_BANNERS = Opening(banners.begins, banners.read)
_TDS = _either(Opening(tds_login.begins, tds_login.read), Opening(tds_logon.begins, tds_logon.read))
_MYSQL = _either(_BANNERS, Opening(mysql_logon.begins, mysql_logon.read))
_VNC = _either(_BANNERS, Opening(vnc_logon.begins, vnc_logon.read))
_LINES = _either(_BANNERS, Opening(dialogues.begins, dialogues.read))
_BY_PORT = {
    **dict.fromkeys(dns.PORTS, Opening(_always, dns.read_stream)),
    **dict.fromkeys(ldap_bind.PORTS, _LDAP),
    **dict.fromkeys(dialogues.PORTS, _LINES),
    **dict.fromkeys(vnc_logon.PORTS, _VNC),
    tds_login.PORT: _TDS,
    postgres_logon.PORT: Opening(postgres_logon.begins, postgres_logon.read),
    modbus.PORT: Opening(_always, modbus.read),
    printing.LPD_PORT: Opening(printing.begins, printing.read),
    banners.MYSQL_PORT: _MYSQL,
    **dict.fromkeys(smb.PORTS, Opening(smb.holds, smb.read)),
}
PORTS = frozenset(_BY_PORT)
"""Ports on which what is said cannot be told from other bytes, or begins inside a segment."""

_BY_START = (
    (b"\0", Opening(smb.begins, smb.read)),
    (b"\3", Opening(rdp.begins, rdp.read)),
    (b"\5", Opening(rpc.begins, rpc.read)),
    (b"\x0b", Opening(hl7.begins, hl7.read)),
    (b"\x10", Opening(mqtt.begins, mqtt.read)),
    (b"@", Opening(printing.begins, printing.read)),
    (b"R", Opening(rtsp.begins, rtsp.read)),
    (b"RIOS", Opening(sip.begins, sip.read)),
    (b"SR2*+\xff", Opening(banners.begins, banners.read)),
    (b"GHPDCOT", Opening(http.begins, _http)),
    (b"{", Opening(stratum.begins, stratum.read)),
    (b"MPL\x7fvc", Opening(file_starts.begins, file_starts.read)),
)
"""By what their messages may begin with; SIP has a word in common with HTTP, and comes first."""

_BY_FIRST_BYTE = {
    first: tuple(opening for firsts, opening in _BY_START if first in firsts)
    for first in range(256)
}


def find(payload: bytes, sport: int, dport: int) -> Read | None:
    """Give what reads the segment with this *payload*, which is not empty; None: nobody does."""
    by_port = _BY_PORT.get(dport) or _BY_PORT.get(sport)
    if by_port is not None and by_port.begins(payload):
        return by_port.read
    for opening in _BY_FIRST_BYTE[payload[0]]:
        if opening.begins(payload):
            return opening.read
    return None
