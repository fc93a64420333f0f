"""What a message came in: when, who sent it, from where to where."""

from msgspec import Struct

from appliance.model import Ip, Mac


class Envelope(Struct, frozen=True, gc=False):
    """What the headers around a message say."""

    at: float
    mac: Mac
    """Hardware address that sent the frame, `NO_MAC` where the link has none."""
    to: Mac
    """Hardware address the frame went to."""
    src: Ip
    dst: Ip
    sport: int = 0
    """Port, 0 for protocols without ports."""
    dport: int = 0
