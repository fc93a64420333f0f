"""Who is near: the box's own hardware address, and the gateway's, from the kernel's tables."""

from pathlib import Path

from appliance.routes import default_route

_NET = Path("/proc/self/net")
_CARDS = Path("/sys/class/net")
_COMPLETE = 2  # linux/if_arp.h, ATF_COM
_NOBODY = "00:00:00:00:00:00"


class Near:
    """See `channel.Neighbourhood`."""

    def __init__(self, card: str = "", net: Path = _NET, cards: Path = _CARDS) -> None:
        """*card* is the one that asks; empty: that of the default route."""
        self._card, self._net, self._cards = card, net, cards

    def own(self) -> str:
        """See `channel.Neighbourhood`."""
        card = self._card or default_route(self._net / "route")[0]
        try:
            mac = (self._cards / card / "address").read_text("ascii").strip() if card else ""
        except OSError:
            return ""
        return "" if mac == _NOBODY else mac

    def gateway(self) -> str:
        """See `channel.Neighbourhood`."""
        card, gateway = default_route(self._net / "route")
        try:
            lines = (self._net / "arp").read_text("ascii").splitlines()[1:]
        except OSError:
            return ""
        for address, _, flags, mac, _, on in map(str.split, lines):
            if (address, on) == (gateway, card) and int(flags, 16) & _COMPLETE:
                return mac
        return ""
