"""Telling systemd that a process is ready and alive (sd_notify(3)); silent without systemd.

``WATCHDOG=1`` is sent only after real work went through the process: a sign of life that comes
from a thread of its own would also come from a box that does nothing any more.
"""

import os
import socket

READY, WORKING = "READY=1", "WATCHDOG=1"


def awaited() -> bool:
    """Tell whether whoever started us listens."""
    return bool(os.environ.get("NOTIFY_SOCKET"))


def notify(state: str) -> None:
    """Send *state*, `READY` or `WORKING`, to whoever started us and listens."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address:
        return
    if address.startswith("@"):  # an abstract socket, unix(7)
        address = "\0" + address[1:]
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK) as to:
        try:
            to.sendto(state.encode(), address)
        except OSError:  # gone, or full: nobody to tell
            return
