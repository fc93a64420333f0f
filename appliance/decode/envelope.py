"""What a message came in: when, who sent it, from where to where."""

from typing import NamedTuple

from appliance.model import Ip, Mac


class Envelope(NamedTuple):
    """What the headers around a message say; a named tuple because one is made per message."""

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
