"""What all sources of packets share."""

from typing import Protocol

from appliance.model import Link


class CaptureError(Exception):
    """Packets cannot be had; the text says why in one sentence."""


class Source(Protocol):
    """What the sensor must know of where its packets come from."""

    source: str
    """Name of the card or file."""

    note: str
    """Key of the text that says what is special about it; empty for a card."""

    @property
    def why(self) -> str:
        """Key of the text that says why nothing can be heard; empty when all is well."""

    @property
    def dropped(self) -> int:
        """Packets lost before we saw them."""


_LINKS = {
    1: Link.ETHERNET,
    12: Link.RAW_IP,
    14: Link.RAW_IP,
    101: Link.RAW_IP,
    228: Link.RAW_IP,
    229: Link.RAW_IP,
    113: Link.COOKED,
    276: Link.COOKED_V2,
}
"""Link types by the number that captures give them (www.tcpdump.org/linktypes.html)."""

_REFUSED = {
    0: "BSD loopback",
    105: "802.11 (Wi-Fi)",
    119: "Prism (Wi-Fi)",
    127: "radiotap (Wi-Fi)",
    163: "AVS (Wi-Fi)",
    192: "PPI (Wi-Fi)",
}


def link_of(number: int, name: str) -> Link:
    """Give the link type with this *number* in the file *name*; raises CaptureError."""
    link = _LINKS.get(number & 0xFFFF)
    if link is None:
        what = _REFUSED.get(number & 0xFFFF, f"type {number & 0xFFFF}")
        raise CaptureError(f"{name}: holds {what} frames, which Vigie does not read")
    return link
