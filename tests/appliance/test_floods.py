"""A flood fills no memory and hides nothing: every table keeps its maximum, the real devices are
still known, and what is done to them is still told.
"""

from collections.abc import Callable, Iterator

import numpy as np
import pytest

from appliance.facts import NameAsked
from appliance.model import Frame, Ip, Mac
from appliance.pipeline import Pipeline, Setting
from appliance.sensor.columns import Block
from tests.kit import wire
from tests.kit.capture import block
from tests.kit.crowd import crowd
from tests.kit.remembered import largest

BEGAN = 1_800_000_000.0
BOX, RECEPTION, MALLORY = (f"02:00:00:00:00:{end}" for end in ("01", "0a", "66"))
GATEWAY, DESK = "192.168.1.1", "192.168.1.20"
MOST = 131_072
"""The most that any table of the box holds: twice as many places as conversations."""

ETHERNET_SOURCE, IP_SOURCE, PORTS = 8, 26, 34
"""Where they, or their last four bytes, stand in a frame."""


def morning() -> Iterator[Block]:
    """The practice wakes up: gateway and reception are there, and work."""
    yield block(
        [
            wire.arp(BEGAN, BOX, GATEWAY),
            wire.arp(BEGAN + 1, RECEPTION, DESK, wanted=GATEWAY),
            wire.arp(BEGAN + 1.1, BOX, GATEWAY, wanted=DESK, answer=True, to=RECEPTION),
        ]
    )


def theft(at: float) -> Iterator[Block]:
    """Mallory takes the gateway's address while the gateway goes on working."""
    said = [wire.arp(at - 1, BOX, GATEWAY, wanted=DESK)]
    for second in range(6):
        lie = wire.arp(at + second, MALLORY, GATEWAY, wanted=DESK, answer=True, to=RECEPTION)
        said += [lie, wire.arp(at + second + 0.5, BOX, GATEWAY, wanted=DESK)]
    yield block(said)


def names(box: Pipeline, count: int) -> None:
    """The reception asks for names that nobody has used before, all below one domain."""
    for number in range(count):
        box.tell(
            NameAsked(
                at=BEGAN + 10 + number / 1000,
                mac=Mac(RECEPTION),
                src=Ip(DESK),
                dst=Ip(GATEWAY),
                protocol="dns",
                name=f"{number:x}.bad.example",
                type=wire.TXT,
            )
        )
    box.now = BEGAN + 10 + count / 1000


def sources(box: Pipeline, count: int) -> None:
    """Somebody opens connections to the reception from addresses that nobody has."""
    opens = wire.tcp(
        BEGAN + 10, MALLORY, "198.51.100.1", DESK, 40_000, 445, flags=wire.SYN, to=RECEPTION
    )
    made_up = np.random.default_rng(7).permutation(np.arange(count, dtype=np.uint64)) + 0x0B000000
    feed(box, crowd(opens, count, seconds=20, fields={IP_SOURCE: made_up}))


def machines(box: Pipeline, count: int) -> None:
    """Somebody sends from hardware addresses that he makes up."""
    speaks = wire.udp(BEGAN + 10, "02:aa:00:00:00:00", "10.9.0.0", "10.9.0.1", 40_000, 40_000, b"x")
    numbers = np.arange(count, dtype=np.uint64)
    made_up = {ETHERNET_SOURCE: numbers, IP_SOURCE: 0x0A090000 + numbers}
    feed(box, crowd(speaks, count, seconds=10, fields=made_up))


def conversations(box: Pipeline, count: int) -> None:
    """The reception and its server hold more conversations than anybody can have."""
    speaks = wire.udp(BEGAN + 10, RECEPTION, DESK, "192.168.1.5", 1, 1, b"x", to=BOX)
    numbers = np.arange(count, dtype=np.uint64)
    ports = (1024 + numbers % 60_000) << np.uint64(16) | (1024 + numbers // 60_000)
    feed(box, crowd(speaks, count, seconds=60, fields={PORTS: ports}))


def feed(box: Pipeline, blocks: Iterator[Block]) -> None:
    for each in blocks:
        box.feed(each)


@pytest.mark.parametrize(
    ("flood", "count"),
    [(names, 1_000_000), (sources, 100_000), (machines, 10_000), (conversations, 500_000)],
)
def test_a_flood_neither_fills_the_memory_nor_hides_what_is_done(
    flood: Callable[[Pipeline, int], None], count: int
) -> None:
    """Through all stages; then a theft of the gateway's address is still told."""
    box = Pipeline(Setting(), fence=False)
    feed(box, morning())
    flood(box, count)
    holds, where = largest(box)
    assert holds <= MOST, where
    feed(box, theft(box.now + 30))
    box.finish()
    assert {BOX, RECEPTION} <= {device.mac for device in box.inventory.devices()}
    told = [alert for alert in box.triage.take_changed() if alert.detector == "arp_spoof"]
    assert [(alert.about, alert.dest_ip) for alert in told] == [(MALLORY, DESK)]


def test_the_crowd_is_what_it_says() -> None:
    """Each packet has its own number in its field, and nothing else differs."""
    like = Frame(5.0, bytes(20))
    (made,) = crowd(like, 3, seconds=3, fields={8: np.array([1, 2, 0x01020304], np.uint64)})
    rows = made.buffer[:60].reshape(3, 20)
    assert rows[:, 8:12].tolist() == [[0, 0, 0, 1], [0, 0, 0, 2], [1, 2, 3, 4]]
    assert not rows[:, :8].any()
    assert not rows[:, 12:].any()
    assert made.times.tolist() == [5.0, 6.0, 7.0]
