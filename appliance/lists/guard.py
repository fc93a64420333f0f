"""What no list may hold, because an alert on it would be wrong or would stop a practice's work.

A feed is made by others, by machines, in a hurry: ``com``, a resolver that everybody uses, a
private address, half of the internet have all been on one.
"""

from bisect import bisect_right
from collections.abc import Iterable
from ipaddress import ip_network

from netaddr import IPSet

from appliance.addresses import PRIVATE
from appliance.knowledge.domains import is_suffix
from appliance.knowledge.hosts import hosts
from appliance.lists.entry import Entry, Net

SHORTEST = {4: 9, 6: 20}
"""Bits of the largest network listed, by IP version. Registries hand out blocks of 8 (IANA IPv4
Address Space Registry) and 12 (IPv6): whoever lists one lists the good with the bad."""

_NOT_OUTSIDE = (
    *PRIVATE,
    *map(ip_network, ("0.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "224.0.0.0/3")),
    *map(ip_network, ("::/127", "ff00::/8")),
)
"""Networks that are inside, or nowhere (IANA special-purpose registries)."""

_RESOLVERS = tuple(
    ip_network(address)
    for address in (
        *("1.1.1.1", "1.0.0.1", "2606:4700:4700::1111", "2606:4700:4700::1001"),  # Cloudflare
        *("8.8.8.8", "8.8.4.4", "2001:4860:4860::8888", "2001:4860:4860::8844"),  # Google
        *("9.9.9.9", "149.112.112.112", "2620:fe::fe", "2620:fe::9"),  # Quad9
        *("208.67.222.222", "208.67.220.220"),  # OpenDNS
    )
)
"""Public resolvers that devices ask unasked (from their owners' pages)."""

_EVERYBODYS = (
    *("google.com", "google.fr", "gstatic.com", "googleapis.com", "youtube.com"),
    *("microsoft.com", "windows.com", "office.com", "office365.com", "live.com", "outlook.com"),
    *("microsoftonline.com", "sharepoint.com", "apple.com", "icloud.com", "mozilla.org"),
    *("gouv.fr", "orange.fr", "free.fr", "sfr.fr", "bouyguestelecom.fr", "ovh.net", "laposte.net"),
)
"""Domains of which all of a practice is a customer; single names below them may be listed."""


class Guard:
    """Judges entries."""

    def __init__(self, home: Iterable[Net] = ()) -> None:
        self._inside = _Ranges((*_NOT_OUTSIDE, *home))
        self._resolvers = _Ranges(_RESOLVERS)
        tables = (hosts().practice, hosts().hygiene)
        self._needed = frozenset(
            (*(name for each in tables for name in (*each.exact, *each.below)), *_EVERYBODYS)
        )
        self._all_below = frozenset(name for each in tables for name in each.below)
        self._above = frozenset(end for name in self._needed for end in _ends(name))

    def objection(self, entry: Entry) -> str:
        """Give why *entry* may not be listed, a key of the texts (``lists.left``); else nothing."""
        if (network := entry.network) is not None:
            return self._against_network(network)
        if not entry.is_name:
            return ""
        if is_suffix(entry.text):
            return "suffix"
        if entry.text in self._above or not self._all_below.isdisjoint(_ends(entry.text)):
            return "needed"
        return ""

    def _against_network(self, network: Net) -> str:
        if network.prefixlen < SHORTEST[network.version]:
            return "large"
        if self._inside.meets(network):
            return "inside"
        return "needed" if self._resolvers.meets(network) else ""


class _Ranges:
    """Networks that others are held against."""

    def __init__(self, networks: Iterable[Net]) -> None:
        self._firsts: dict[int, list[int]] = {4: [], 6: []}
        self._lasts: dict[int, list[int]] = {4: [], 6: []}
        for apart in IPSet(map(str, networks)).iter_ipranges():
            self._firsts[apart.version].append(apart.first)
            self._lasts[apart.version].append(apart.last)

    def meets(self, network: Net) -> bool:
        """Tell whether *network* and one of these have an address in common."""
        first, last = int(network.network_address), int(network.broadcast_address)
        at = bisect_right(self._firsts[network.version], last) - 1
        return at >= 0 and self._lasts[network.version][at] >= first


def _ends(name: str) -> Iterable[str]:
    """Give *name* and all names above it."""
    while name:
        yield name
        name = name.partition(".")[2]
