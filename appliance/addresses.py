"""Inside, outside, or neither: what kind of place an address is."""

from collections.abc import Iterable
from enum import Enum
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from appliance.model import Ip

Network = IPv4Network | IPv6Network
Address = IPv4Address | IPv6Address

PRIVATE: tuple[Network, ...] = tuple(
    ip_network(text)
    for text in (
        "10.0.0.0/8",  # RFC 1918
        "172.16.0.0/12",
        "192.168.0.0/16",
        "169.254.0.0/16",  # RFC 3927
        "fc00::/7",  # RFC 4193
        "fe80::/10",  # RFC 4291
    )
)
"""Networks that never belong to the internet."""

_BROADCAST = ip_address("255.255.255.255")


class Place(Enum):
    """Where an address is."""

    HOME = "home"
    """Inside the practice."""
    OUTSIDE = "outside"
    """A host of the internet."""
    NEITHER = "neither"
    """Multicast, broadcast, loopback, unspecified, or a private network that is not ours."""


@lru_cache(maxsize=8192)
def parse(ip: Ip) -> Address:
    """Give *ip* as a number with a version."""
    return ip_address(ip)


class Home:
    """The networks of the practice."""

    def __init__(self, networks: Iterable[Network] = ()) -> None:
        self._networks = tuple(networks) or PRIVATE
        self.place = lru_cache(maxsize=8192)(self._place)
        """Tell where an address is; remembered for the addresses asked last."""

    def _place(self, ip: Ip) -> Place:
        address = parse(ip)
        if (
            address.is_multicast
            or address.is_unspecified
            or address.is_loopback
            or address == _BROADCAST
        ):
            return Place.NEITHER
        if _within(address, self._networks):
            return Place.HOME
        return Place.NEITHER if _within(address, PRIVATE) else Place.OUTSIDE


def _within(address: Address, networks: Iterable[Network]) -> bool:
    return any(address in network for network in networks if network.version == address.version)
