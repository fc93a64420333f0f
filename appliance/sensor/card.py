"""The network card to listen on: which one, and whether it is there, up and plugged in."""

import errno
from dataclasses import dataclass
from socket import AF_NETLINK, NETLINK_ROUTE, SOCK_RAW, socket

from pyroute2 import IPRoute
from pyroute2.netlink.exceptions import NetlinkError

from appliance.model import Mac
from appliance.sensor.source import CaptureError

_LINK_GROUP = 1
"""RTMGRP_LINK: tell us when a card comes, goes or changes (rtnetlink(7))."""
_UP = 1
"""IFF_UP (netdevice(7))."""
_NEWS = 1000
"""Pieces of news taken off the kernel's hands at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardState:
    """How the card is at a moment."""

    index: int | None = None
    """The kernel's number for it; None when there is no such card."""
    up: bool = False
    carrier: bool = False
    """There is a live cable in it."""

    @property
    def why(self) -> str:
        """Key of the text that says why nothing can be heard; empty when all is well."""
        if self.index is None:
            return "health.card_gone"
        if not self.up:
            return "health.card_down"
        return "" if self.carrier else "health.no_carrier"


def default_card() -> str:
    """Give the card with the default route; raises CaptureError when there is none."""
    with IPRoute() as kernel:
        for route in (*kernel.get_default_routes(family=2), *kernel.get_default_routes(family=10)):
            if index := route.get("oif"):
                return str(kernel.get_links(index)[0].get("ifname"))
    raise CaptureError("no network card is named, and none has the default route")


def own_addresses() -> frozenset[Mac]:
    """Give the hardware addresses of this machine's cards."""
    with IPRoute() as kernel:
        return frozenset(
            Mac(str(link.get("address"))) for link in kernel.get_links() if link.get("address")
        )


class CardWatch:
    """Asks the kernel about the card *name*, and is told when something changes."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._questions = IPRoute()
        # not by pyroute2, which is of no more use once more news came than its socket can hold
        self._news = socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE)
        self._news.setblocking(False)
        self._news.bind((0, _LINK_GROUP))
        self.state = self.look()

    def fileno(self) -> int:
        """Give the file that becomes readable when something changed."""
        return self._news.fileno()

    def look(self) -> CardState:
        """Ask how the card is now."""
        try:
            links = list(self._questions.get_links(ifname=self.name))
        except NetlinkError:
            links = []
        self.state = CardState()
        for link in links:
            self.state = CardState(
                index=int(link["index"]),
                up=bool(link["flags"] & _UP),
                carrier=bool(link.get("carrier")),
            )
        return self.state

    def hear(self) -> CardState:
        """Take what the kernel had to tell, and ask how the card is now.

        What it was does not matter, so it is no loss either when there was too much of it.
        """
        for _ in range(_NEWS):
            try:
                self._news.recv(1)
            except BlockingIOError:
                break
            except OSError as lost:
                if lost.errno != errno.ENOBUFS:
                    raise
        return self.look()

    def close(self) -> None:
        """Stop asking."""
        self._questions.close()
        self._news.close()
