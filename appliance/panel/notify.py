"""Telling systemd that the panel is ready and alive (sd_notify(3)); silent without systemd."""

import os
import socket


def notify(state: str) -> None:
    """Send *state*, ``READY=1`` or ``WATCHDOG=1``, to whoever started us and listens."""
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
