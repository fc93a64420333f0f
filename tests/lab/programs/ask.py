"""Small questions by UDP: ``python -m tests.lab.programs.ask WHAT ADDRESS``.

``time`` asks an NTP server, ``name NAME`` asks the neighbours by LLMNR, ``neighbours OWN NAME…`` by
mDNS, LLMNR and NetBIOS at once, as Windows does for a name that no server knows; ``services`` looks
for devices by SSDP and WS-Discovery, as Windows does when somebody opens "Network".
"""

import socket
import sys
from struct import pack

from tests.kit.wire import AAAA, A, dns_name, dns_question

_SEARCH = (
    "M-SEARCH * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\n"
    'MAN: "ssdp:discover"\r\nMX: 1\r\nST: ssdp:all\r\n\r\n'
)
_PROBE = (
    '<?xml version="1.0"?><s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body>'
    '<d:Probe xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery"/></s:Body></s:Envelope>'
)


def main(what: str, *about: str) -> None:
    if what == "time":
        _send((about[0], 123), bytes([0x23]) + bytes(47), wait=1.0)
    elif what == "name":
        _send(("224.0.0.252", 5355), dns_question(about[0]))
    elif what == "neighbours":
        own, *names = about
        for name in names:
            _neighbours(own, name)
    elif what == "services":
        _send(("239.255.255.250", 1900), _SEARCH.encode())
        _send(("239.255.255.250", 3702), _PROBE.encode())
    else:
        raise SystemExit(f"no such question: {what}")


def _neighbours(own: str, name: str) -> None:
    """Ask from the address *own*, and listen for a while, so that answers find an open door."""
    with _open(own, 5353) as mdns, _open(own) as llmnr, _open(own, 137) as netbios:
        netbios.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
        netbios.sendto(_netbios_question(name), (own.rpartition(".")[0] + ".255", 137))
        mdns.sendto(_question(f"{name}.local", A), ("224.0.0.251", 5353))
        for kind in (A, AAAA):
            llmnr.sendto(_question(name, kind), ("224.0.0.252", 5355))
        for door in (mdns, llmnr, netbios):
            door.settimeout(0.3)
            try:
                door.recvfrom(512)
            except TimeoutError:
                continue


def _open(own: str, port: int = 0) -> socket.socket:
    door = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    door.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton(own))
    door.bind(("", port))
    return door


def _question(name: str, kind: int) -> bytes:
    """Ask the neighbours: no flag is set (RFC 4795 section 2.1.1, RFC 6762 section 18)."""
    question = dns_question(name, kind)
    return question[:2] + bytes(2) + question[4:]


def _netbios_question(name: str) -> bytes:
    """Ask for a file server (RFC 1002 section 4.2.12); half a byte is a letter (section 4.1)."""
    padded = name.upper().ljust(15).encode() + b"\x20"
    letters = "".join(chr(ord("A") + half) for byte in padded for half in divmod(byte, 16))
    return pack("!6H", 0x4711, 0x0110, 1, 0, 0, 0) + dns_name(letters) + pack("!HH", 32, 1)


def _send(to: tuple[str, int], message: bytes, wait: float = 0.0) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as door:
        door.sendto(message, to)
        if wait:
            door.settimeout(wait)
            try:
                door.recvfrom(512)
            except TimeoutError:
                return


if __name__ == "__main__":
    main(*sys.argv[1:])
