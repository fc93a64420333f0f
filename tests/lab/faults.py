"""What goes wrong with a cut: relay, contacts and cables, another way out, an imitated router."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from appliance.panel.verify import Proof
from tests.lab import namespaces
from tests.lab.cast import GATEWAY, HOSTS
from tests.lab.practice import Practice
from tests.lab.relay import WELL_WIRED, WRONG, Wiring
from tests.lab.services import DNSMASQ
from tests.lab.wiring import CARD, NEAR

WAY, END = "192.0.2.5", "192.0.2.6"
"""Ends of the second way to the internet."""
BESIDE = HOSTS["attacker"]
"""The machine that has it: a router that somebody brought along, or a telephone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that is wrong, and what the box must say of a cut then."""

    wiring: Wiring = WELL_WIRED
    bypassed: bool = False
    """A machine works by a second way to the internet."""
    imitated: bool = False
    """A machine takes the router's address as soon as the line is cut."""
    proof: Proof = Proof.NOT_PROVEN
    sign: str = "gateway_answers"
    """One of the signs that are shown."""
    remark: str = ""
    """The fault of the panel that is shown as well."""


SEVEN = {
    "stuck contact": Fault(
        wiring=Wiring(contacts=1, welded=True),
        proof=Proof.FAILED,
        sign="contact_stuck",
        remark="contact_stuck",
    ),
    "broken coil": Fault(
        wiring=Wiring(contacts=1, coil=False),
        proof=Proof.FAILED,
        sign="contact_stuck",
        remark="contact_stuck",
    ),
    # The line is cut, and the box cannot know better than the contact: it errs towards doubt.
    "broken feedback": Fault(
        wiring=Wiring(contacts=1, torn=True),
        proof=Proof.FAILED,
        sign="contact_stuck",
        remark="contact_stuck",
    ),
    "wrong pin": Fault(wiring=Wiring(pin=WRONG)),
    "bypass router": Fault(bypassed=True, sign="exit_seen"),
    "cut beyond the router": Fault(wiring=Wiring(beyond=True)),
    "imitated router": Fault(imitated=True, sign="gateway_imitated"),
}
"""The faults that every box must see through."""

MORE = {
    "stuck contact, none fitted": Fault(wiring=Wiring(welded=True)),
    "broken coil, none fitted": Fault(wiring=Wiring(coil=False)),
    "stuck contact, feedback shorted": Fault(wiring=Wiring(contacts=1, welded=True, shorted=True)),
    "stuck contact, one of two shorted": Fault(
        wiring=Wiring(contacts=2, welded=True, shorted=True), remark="contact_torn"
    ),
    "wrong pin, one of two shorted": Fault(
        wiring=Wiring(contacts=2, pin=WRONG, shorted=True), remark="contact_torn"
    ),
    "one of two torn": Fault(
        wiring=Wiring(contacts=2, torn=True),
        proof=Proof.PROVEN,
        sign="gateway_silent",
        remark="contact_torn",
    ),
}
"""The same with other contacts, and two at once; of a pair that agrees neither is believed."""

GOOD = {
    "good": Fault(proof=Proof.PROVEN, sign="gateway_silent"),
    "good, with a contact": Fault(
        wiring=Wiring(contacts=1), proof=Proof.PROVEN, sign="contact_moved"
    ),
    "good, with two contacts": Fault(
        wiring=Wiring(contacts=2), proof=Proof.PROVEN, sign="contact_moved"
    ),
}
"""Nothing is wrong."""


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
