"""One entry of a list: a name, an address, a network, or a fingerprint."""

import re
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network

WHY = 120
"""Signs of a reason that are kept."""
_SHOWN = 60

Net = IPv4Network | IPv6Network

_NAME = re.compile(r"(?=.{4,253}$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z][a-z0-9-]{1,62}")
_MARK = re.compile(
    r"[tqd][\da-z]{2}[di]\d{4}[\da-z]{2}_[\da-f]{12}_[\da-f]{12}|[\da-f]{40}|[\da-f]{64}"
)
"""JA4 (FoxIO, technical details of JA4), SHA-1, SHA-256."""


class ListError(Exception):
    """A list cannot be used; the text says why, line by line."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is listed, and what the list says of it."""

    text: str
    """In lower case; a network as it is written in CIDR notation, an address without a length."""
    network: Net | None = None
    """None for a name or a fingerprint."""
    why: str = ""
    until: float = 0.0
    """Seconds since 1970 from which it no longer counts; 0: it always does."""

    @property
    def is_name(self) -> bool:
        """Tell whether this is a host name: fingerprints have no dot."""
        return self.network is None and "." in self.text


def entry(text: str, why: str = "", until: float = 0.0) -> Entry:
    """Give the entry that *text* spells; raises ValueError when it spells none."""
    text = text.strip().lower().removesuffix(".")
    why = " ".join(why.split())[:WHY]
    if _NAME.fullmatch(text) or _MARK.fullmatch(text):
        return Entry(text, None, why, until)
    try:
        network = ip_network(text)
    except ValueError:
        raise ValueError(f"“{text[:_SHOWN]}” is no host name, address or network") from None
    text = str(network).removesuffix(f"/{network.max_prefixlen}")
    return Entry(text, network, why, until)
