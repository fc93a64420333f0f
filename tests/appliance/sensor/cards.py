"""Two network cards that are joined by a cable: what is sent from the far one is heard near."""

import socket
from collections.abc import Iterable

from pyroute2 import IPRoute

FAR, NEAR = "far0", "near0"
LARGE = 9000
"""Bytes of a jumbo packet."""


def join(kernel: IPRoute) -> None:
    """Make the pair and switch it on; nobody but the tests sends anything there."""
    kernel.link("add", ifname=FAR, kind="veth", mtu=LARGE, peer={"ifname": NEAR, "mtu": LARGE})
    for card in (FAR, NEAR):
        switch(kernel, card, "up")


def switch(kernel: IPRoute, card: str, state: str) -> None:
    """Take *card* ``up`` or ``down``."""
    kernel.link("set", index=kernel.link_lookup(ifname=card)[0], state=state)


def pull_out(kernel: IPRoute) -> None:
    """Take both cards away, as a USB adapter goes."""
    kernel.link("del", index=kernel.link_lookup(ifname=NEAR)[0])


def fidget(kernel: IPRoute, times: int) -> None:
    """Change the far card so often that nobody who listens for news can keep up."""
    index = kernel.link_lookup(ifname=FAR)[0]
    for number in range(times):
        kernel.link("set", index=index, mtu=LARGE - number % 2)


def send(*frames: bytes, card: str = FAR) -> None:
    with socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0) as out:
        out.bind((card, 0))
        for each in frames:
            out.send(each)


def sent_by(kernel: IPRoute, card: str) -> int:
    """Give how many frames left *card*, as its driver counts."""
    (link,) = kernel.get_links(ifname=card)
    return int(link.get("stats64")["tx_packets"])


def addresses(kernel: IPRoute, cards: Iterable[str]) -> set[str]:
    return {kernel.get_links(ifname=card)[0].get("address") for card in cards}
