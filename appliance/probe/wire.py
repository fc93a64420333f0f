"""The raw socket: ARP and neighbour discovery on the management card, nothing else."""

import fcntl
import struct
from array import array
from pathlib import Path
from socket import AF_INET6, AF_PACKET, PACKET_OUTGOING, SOCK_RAW, SOL_SOCKET, inet_ntoa, inet_ntop
from socket import socket as Socket  # noqa: N812 - the class, beside variables of that name

from appliance.probe.neighbour import FILTER, Heard, heard, question

READS = 512
"""Frames read at one go: a flood must not hold up an order."""

# Linux: if_ether.h, if_packet.h, socket.h, sockios.h, if_addr.h
_ETH_P_ALL = 3
_SOL_PACKET, _PACKET_STATISTICS = 263, 6
_SO_ATTACH_FILTER = 26
_SIOCGIFADDR = 0x8915
_SCOPE_LINK = 0x20
_IF_INET6 = Path("/proc/self/net/if_inet6")


class Wire:
    """Questions out and neighbours in, on one card; it never waits."""

    def __init__(self, card: str) -> None:
        """Open the socket on *card*; raises OSError (no such card, no right)."""
        self._card = card
        self._socket = _open(card)
        self._overrun = False

    def ask(self, wanted: str) -> bool:
        """Ask who has *wanted*; False when the card does not take the question."""
        try:
            mac = self._socket.getsockname()[4]
            self._socket.send(question(mac, self._own_ip(wanted), wanted))
        except OSError:
            return False
        return True

    def read(self) -> list[Heard]:
        """Give the neighbours heard since the last time, at most `READS`."""
        found: list[Heard] = []
        for _ in range(READS):
            try:
                frame, sender = self._socket.recvfrom(128)
            except BlockingIOError:
                return found
            except OSError:  # the card went down, or away
                self._overrun = True
                return found
            one = heard(frame) if sender[2] != PACKET_OUTGOING else None
            if one is not None:
                found.append(one)
        self._overrun = True
        return found

    def lost(self) -> bool:
        """Tell whether frames were lost since this was last asked: here, or in the kernel."""
        drops = struct.unpack("II", self._socket.getsockopt(_SOL_PACKET, _PACKET_STATISTICS, 8))[1]
        overrun, self._overrun = self._overrun, False
        return overrun or drops > 0

    def close(self) -> None:
        """Close the socket."""
        self._socket.close()

    def refresh(self) -> None:
        """Open the socket anew when its card was taken out: it is deaf for ever, without an error.

        A card of that name may be there again; while there is none, all stays as it is.
        """
        if self._socket.getsockname()[0]:
            return
        try:
            fresh = _open(self._card)
        except OSError:
            return
        self._socket.close()
        self._socket = fresh

    def _own_ip(self, wanted: str) -> str:
        """Give the card's address of *wanted*'s family, empty when it has none."""
        if ":" in wanted:
            return _link_local(self._card)
        request = struct.pack("256s", self._card.encode())
        try:
            return inet_ntoa(fcntl.ioctl(self._socket, _SIOCGIFADDR, request)[20:24])
        except OSError:
            return ""


def _open(card: str) -> Socket:
    """Open deaf, attach the filter, then listen: not one foreign frame gets in."""
    opened = Socket(AF_PACKET, SOCK_RAW, 0)
    try:
        opened.setblocking(False)
        code = array("B", FILTER)
        program = struct.pack("HP", len(FILTER) // 8, code.buffer_info()[0])
        opened.setsockopt(SOL_SOCKET, _SO_ATTACH_FILTER, program)
        opened.bind((card, _ETH_P_ALL))
    except OSError:
        opened.close()
        raise
    return opened


def _link_local(card: str) -> str:
    try:
        lines = _IF_INET6.read_text("ascii").splitlines()
    except OSError:
        return ""
    for address, _, _, scope, _, name in map(str.split, lines):
        if name == card and int(scope, 16) == _SCOPE_LINK:
            return inet_ntop(AF_INET6, bytes.fromhex(address))
    return ""
