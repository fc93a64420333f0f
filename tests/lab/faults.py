"""What goes wrong with a cut: another way out, and a machine that speaks in the router's name."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from tests.lab import namespaces
from tests.lab.cast import GATEWAY, HOSTS
from tests.lab.practice import Practice
from tests.lab.services import DNSMASQ
from tests.lab.wiring import CARD, NEAR

WAY, END = "192.0.2.5", "192.0.2.6"
"""Ends of the second way to the internet."""
BESIDE = HOSTS["attacker"]
"""The machine that has it: a router that somebody brought along, or a telephone."""


def add_second_way(practice: Practice) -> None:
    """Give the machine `BESIDE` a way to the internet of its own; it passes on what it is given."""
    beside, internet = practice.names[BESIDE.name], practice.names["internet"]
    namespaces.set_kernel(beside, ipv4__ip_forward=1)
    with namespaces.links(beside) as door:
        far = {"ifname": "way", "net_ns_fd": internet}
        door.link("add", ifname="way", kind="veth", peer=far)
        (index,) = door.link_lookup(ifname="way")
        door.link("set", index=index, state="up")
        door.addr("add", index=index, address=WAY, prefixlen=30)
        door.route("replace", dst="default", gateway=END)
    with namespaces.links(internet) as door:
        (index,) = door.link_lookup(ifname="way")
        door.link("set", index=index, state="up")
        door.addr("add", index=index, address=END, prefixlen=30)


def use(practice: Practice, who: str, gateway: str) -> None:
    """Let *who* reach the internet by *gateway*, and be reached from there by the same way."""
    with namespaces.links(practice.names[who]) as door:
        door.route("replace", dst="default", gateway=gateway)
    near = WAY if gateway == BESIDE.ip else NEAR
    with namespaces.links(practice.names["internet"]) as door:
        door.route("replace", dst=f"{HOSTS[who].ip}/32", gateway=near)


def offer_itself(practice: Practice) -> subprocess.Popen[bytes]:
    """Let `BESIDE` hand out addresses, and name itself as the router."""
    return practice.start(
        BESIDE.name,
        [
            *DNSMASQ,
            f"--interface={CARD}",
            "--port=0",
            "--no-ping",
            "--dhcp-range=192.168.50.200,192.168.50.220,1h",
            f"--dhcp-option=option:router,{BESIDE.ip}",
            f"--dhcp-leasefile={practice.folder / 'beside.leases'}",
        ],
    )


@contextmanager
def imitated_gateway(practice: Practice) -> Iterator[None]:
    """Have `BESIDE` answer in the router's name."""
    with namespaces.links(practice.names[BESIDE.name]) as door:
        (index,) = door.link_lookup(ifname=CARD)
        door.addr("add", index=index, address=GATEWAY, prefixlen=32)
        try:
            yield
        finally:
            door.addr("delete", index=index, address=GATEWAY, prefixlen=32)
