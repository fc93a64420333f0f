"""Small questions by UDP: ``python -m tests.lab.programs.ask WHAT ADDRESS``.

``time`` asks an NTP server, ``name NAME`` asks the neighbours by LLMNR, ``services`` looks for
devices by SSDP and WS-Discovery, as Windows does when somebody opens "Network".
"""

import socket
import sys

from tests.kit.wire import dns_question

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
    elif what == "services":
        _send(("239.255.255.250", 1900), _SEARCH.encode())
        _send(("239.255.255.250", 3702), _PROBE.encode())
    else:
        raise SystemExit(f"no such question: {what}")


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
