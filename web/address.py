"""Where the pages listen, and under which names and addresses the box is reached there."""

import fcntl
import socket
import struct
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

from appliance.addresses import PRIVATE

SIOCGIFADDR = 0x8915
"""Asks Linux for the IPv4 address of a card (netdevice(7))."""

IPV6_CARDS = Path("/proc/net/if_inet6")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listen:
    """An address to listen on."""

    host: str
    port: int

    @property
    def loopback(self) -> bool:
        """Only this machine can reach it, so that plain HTTP is private enough."""
        if self.host == "localhost":
            return True
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return False

    @property
    def url(self) -> str:
        """The address to type into a browser on this machine or, if need be, on the network."""
        everywhere = self.host in ("0.0.0.0", "::")  # noqa: S104 - compared, not listened on
        host = socket.gethostname() if everywhere else self.host
        name = f"[{host}]" if ":" in host else host
        scheme, usual = ("http", 80) if self.loopback else ("https", 443)
        return f"{scheme}://{name}" if self.port == usual else f"{scheme}://{name}:{self.port}"


def listen(text: str) -> Listen:
    """Read ``127.0.0.1:8080`` or ``[::]:443``. Raises ValueError for anything else."""
    host, colon, port = text.rpartition(":")
    number = int(port) if port.isascii() and port.isdigit() else 0
    if not colon or not host or not 0 < number < 2**16:
        raise ValueError(f"{text!r} is not an address and a port, such as 0.0.0.0:443.")
    return Listen(host=host.removeprefix("[").removesuffix("]"), port=number)


def own_names(names: tuple[str, ...]) -> frozenset[str]:
    """Give every name of the box in lower case: the installer's, its own, and localhost."""
    own = socket.gethostname().lower()
    short = own.partition(".")[0]
    return frozenset({"localhost", own, short, f"{short}.local", *map(str.lower, names)})


def own_addresses() -> tuple[str, ...]:
    """Give the private addresses of the box's cards, loopback included.

    Public ones are left out: providers change them at will, and the certificate with them.
    """
    found = {"127.0.0.1", "::1"}
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asker:
        for _, card in socket.if_nameindex():
            with suppress(OSError):
                answer = fcntl.ioctl(asker, SIOCGIFADDR, struct.pack("256s", card.encode()[:15]))
                found.add(socket.inet_ntoa(answer[20:24]))
    with suppress(OSError):
        for line in IPV6_CARDS.read_text("ascii").splitlines():
            address = ip_address(bytes.fromhex(line.split()[0]))
            if not address.is_link_local:  # needs a zone, which no certificate can name
                found.add(str(address))
    return tuple(sorted(filter(is_private, found)))


def is_private(address: str) -> bool:
    """Tell whether *address* belongs to a network that is nobody's on the internet."""
    one = ip_address(address)
    return one.is_loopback or any(one in network for network in PRIVATE)
