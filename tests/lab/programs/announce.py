"""A printer that says what it is, to everybody: mDNS and SSDP announcements, then it is quiet.

``python -m tests.lab.programs.announce ADDRESS HOSTNAME MODEL``. A second avahi-daemon cannot run
on one machine without its own message bus, so the lab's printer has this small voice of its own.
"""

import socket
import struct
import sys

from tests.kit.wire import PTR, TXT, A, dns_answer

_MDNS = ("224.0.0.251", 5353)
_SSDP = ("239.255.255.250", 1900)


def main(address: str, hostname: str, model: str) -> None:
    service = f"{model}._ipp._tcp.local"
    records = (
        ("_ipp._tcp.local", PTR, service),
        (service, TXT, f"ty={model}"),
        (f"{hostname}.local", A, address),
    )
    notify = "\r\n".join(
        (
            "NOTIFY * HTTP/1.1",
            "HOST: 239.255.255.250:1900",
            "CACHE-CONTROL: max-age=1800",
            f"LOCATION: http://{address}/description.xml",
            "NT: urn:schemas-upnp-org:device:Printer:1",
            "NTS: ssdp:alive",
            f"SERVER: Linux UPnP/1.0 {model}",
            f"USN: uuid:{hostname}::urn:schemas-upnp-org:device:Printer:1",
            "\r\n",
        )
    )
    _say(address, _MDNS, dns_answer("", records), port=5353)
    _say(address, _SSDP, notify.encode())


def _say(address: str, group: tuple[str, int], message: bytes, port: int = 0) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as door:
        door.setsockopt(
            socket.IPPROTO_IP,
            socket.IP_ADD_MEMBERSHIP,
            struct.pack("4s4s", socket.inet_aton(group[0]), socket.inet_aton(address)),
        )
        door.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton(address))
        door.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, 255)
        door.bind(("", port))
        door.sendto(message, group)


if __name__ == "__main__":
    main(*sys.argv[1:])
