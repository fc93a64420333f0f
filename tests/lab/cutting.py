"""Cutting the uplink of a practice at work, and looking at what the box makes of it."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from appliance.model import Level
from appliance.panel.client import PanelClient
from appliance.panel.status import PanelStatus
from appliance.panel.verify import Proof
from tests.lab import namespaces, wiring
from tests.lab.awaiting import ever, until
from tests.lab.box import Box
from tests.lab.cast import BOX, WEB
from tests.lab.practice import Practice

PROVEN_WITHIN = 2.0
TOLD_WITHIN = 5.0
"""Seconds from another way out to the light."""
VERDICT_WITHIN = 10.0


@contextmanager
def people_at_work(practice: Practice) -> Iterator[None]:
    """Have reception and surgery call outside all the time."""
    with ExitStack() as stack:
        for who in ("reception", "surgery"):
            ping = ["ping", "-q", "-i", "0.3", WEB]
            stack.enter_context(practice.running(who, ping))
        yield


def status(box: Box) -> PanelStatus:
    found = box.status()
    assert found is not None
    return found


def evidence(box: Box) -> set[str]:
    return {sign.what for sign in status(box).evidence}


def proven_at_any_time(box: Box, seconds: float = VERDICT_WITHIN) -> bool:
    """Look for *seconds* whether the cut is called proven."""
    return ever(seconds, lambda: status(box).proof is Proof.PROVEN)


def await_gateway(box: Box) -> None:
    """Wait until the sensor has told the panel of the gateway, and of who calls by it."""
    pages = box.sign_in()
    until(
        "the gateway is known",
        10,
        lambda: any(device["gateway"] for device in pages.get("devices")),
    )
    assert not ever(2, lambda: status(box).state == "isolated")  # two heartbeats pass


def told_within(what: str, box: Box, since: float, *signs: str) -> None:
    """Wait until one of *signs* makes the cut doubtful on the light; print how long that took."""

    def doubted() -> bool:
        found = status(box)
        return found.proof is Proof.NOT_PROVEN and bool(evidence(box) & set(signs))

    until(what, TOLD_WITHIN - (time.monotonic() - since), doubted)
    print(f"\n{what}: {evidence(box) & set(signs)} after {time.monotonic() - since:.2f} s")
    assert status(box).light is Level.ISOLATED_UNPROVEN


def await_proven(box: Box, seconds: float = PROVEN_WITHIN) -> float:
    """Order the cut at the socket; give the seconds until it was called proven."""
    ordered = time.monotonic()
    order(box)
    until("proven", seconds, lambda: status(box).proof is Proof.PROVEN)
    return time.monotonic() - ordered


def order(box: Box) -> None:
    client(box).isolate(who="alice", why="essai")


def client(box: Box) -> PanelClient:
    return PanelClient(box.folder / "run/panel.sock")


def reset(box: Box) -> None:
    """Begin anew with a joined line: no test waits a minute between two reconnections."""
    box.kill("panel")
    (box.folder / "state/latch.json").unlink(missing_ok=True)
    join(box.practice)
    box.start("panel")
    until("the panel is back", 15, box.status)
    look_at_the_box(box.practice)
    await_gateway(box)


def look_at_the_box(practice: Practice) -> None:
    """Have surgery ask for the box, as whoever opens its pages does: it is then a control.

    A panel that was just started and has heard no neighbour has none, and waits for the capture.
    """
    practice.run("surgery", ["ip", "neighbour", "flush", "dev", wiring.CARD], check=True)
    practice.run("surgery", ["ping", "-c", "1", "-W", "1", BOX])


def join(practice: Practice) -> None:
    """Join the line by hand, on both sides of the router: a faulty relay would leave it cut."""
    practice.set_port("router", up=True)
    with namespaces.links(practice.names["router"]) as door:
        (index,) = door.link_lookup(ifname="wan")
        door.link("set", index=index, state="up")
        door.route("replace", dst="default", gateway=wiring.FAR)
