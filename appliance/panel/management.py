"""The management card: where the box may ask questions, and the gateway it uses itself.

Read from the kernel's tables, no packet is sent. On the capture card the box asks nothing,
unless the configuration names that card on purpose.
"""

import struct
from pathlib import Path
from socket import inet_ntoa

from appliance.config import Config

ROUTES = Path("/proc/net/route")
_GATEWAY_FLAG = 2  # RTF_GATEWAY, linux/route.h


def default_route(routes: Path = ROUTES) -> tuple[str, str]:
    """Give card and gateway of the default route, two empty texts when there is none."""
    try:
        lines = routes.read_text("ascii").splitlines()[1:]
    except OSError:
        return "", ""
    for fields in map(str.split, lines):
        card, destination, gateway, flags = fields[:4]
        if int(destination, 16) == 0 and int(flags, 16) & _GATEWAY_FLAG:
            return card, inet_ntoa(struct.pack("=I", int(gateway, 16)))
    return "", ""


def management_card(config: Config, routes: Path = ROUTES) -> str:
    """Give the card to ask questions on, empty when there is none but the capture card."""
    if config.panel.management_card:
        return config.panel.management_card
    card, _ = default_route(routes)
    capture = config.capture.card or card
    return card if card != capture else ""
