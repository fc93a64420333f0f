"""What people had deleted before its time: asked for once, carried out by whoever keeps it.

Each process deletes only what is its own to write. What was asked stays written down until all
have done their share, and is done again when a damaged database had to be mended from a copy.
"""

from dataclasses import dataclass
from enum import StrEnum

from appliance.model import Mac


class What(StrEnum):
    """What can be deleted now."""

    DEVICE = "device"
    """Everything of one device, but what incidents keep as evidence."""
    DEVICES = "devices"
    """All devices, and what people said of them."""
    ALERTS = "alerts"
    """All alerts and cases, and the messages that told of them."""
    CONVERSATIONS = "conversations"
    TRAFFIC = "traffic"
    MESSAGES = "messages"
    SESSIONS = "sessions"
    """Everybody signs in again."""


OF_SENSOR = frozenset(What) - {What.MESSAGES, What.SESSIONS}
"""What the sensor has a share in."""

LEARNT = frozenset({What.DEVICE, What.DEVICES, What.ALERTS})
"""What the sensor knows by heart."""

HEARD = frozenset({What.DEVICE, What.DEVICES, What.CONVERSATIONS})
"""What the headers of the last packets would tell of."""

OF_OUTPUTS = frozenset({What.DEVICE, What.ALERTS, What.MESSAGES})
"""What the outputs have a share in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """Somebody had something deleted; what came later than *at* stays."""

    id: int
    at: float
    who: str
    what: What
    macs: tuple[Mac, ...] = ()
    """DEVICE: all its hardware addresses."""
    alerts: tuple[str, ...] = ()
    """DEVICE: ids of the alerts that name it."""
