"""The headers of the last packets: no content in memory, never more room, nothing of guests."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from appliance.model import Frame, Link, Mac
from appliance.pipeline import Pipeline, Setting
from appliance.sensor import headers
from appliance.sensor.columns import SLACK
from appliance.sensor.recent import HELD, OCTETS, Held, Recent
from tests.appliance.sensor.test_heads import SECRET, put
from tests.appliance.sensor.test_unrecorded import BOX, DESK, GUEST, GUESTS, desk, guest
from tests.appliance.sensor.told import Told, frames
from tests.kit import wire
from tests.kit.capture import block
from tests.kit.crowd import crowd

IP, OTHER_IP = "192.168.1.20", "192.168.1.21"
OTHER = "02:00:00:00:00:0b"


def segment(at: float, mac: str = DESK, to: str = BOX, payload: bytes = SECRET) -> Frame:
    return wire.tcp(at, mac, IP, OTHER_IP, 50_000, 104, payload, to=to)


def keep(recent: Recent, said: Sequence[Frame]) -> Recent:
    one = block(said)
    recent.keep(one, headers.read(one))
    return recent


def octets(held: Held) -> list[bytes]:
    """Give what is kept of each packet, with all the room behind it."""
    return [row.tobytes() for row in held["head"]]


def ring(packets: int = 1000) -> Recent:
    return Recent(packets * HELD.itemsize)


@given(frames(), st.binary(max_size=300))
def test_no_octet_beyond_the_headers_is_in_memory(told: Told, more: bytes) -> None:
    """Whatever the packet and whatever comes behind it: the room it takes is zero from there on."""
    data = told.data + more
    recent = keep(ring(4), [Frame(1.0, data, told.link)])
    (row,) = recent.of()
    end = min(put(told), OCTETS)
    assert row["kept"] == end
    assert row["length"] == len(data)
    assert row["head"].tobytes() == data[:end].ljust(OCTETS, b"\0")


def test_the_gather_of_one_packet_never_leaves_the_memory_of_its_block() -> None:
    assert SLACK >= OCTETS
    assert HELD.itemsize == 128


def test_of_content_that_fills_every_packet_nothing_is_in_the_whole_memory() -> None:
    recent = keep(ring(), [segment(n, payload=SECRET * 20) for n in range(1, 501)])
    assert len(recent.of()) == 500
    assert SECRET[:6] not in recent._held.tobytes()


def test_the_oldest_leave_first_and_the_memory_stays_as_it_is() -> None:
    recent = ring(10)
    room = recent._held.nbytes
    for start in range(0, 100, 7):
        keep(recent, [segment(float(start + n)) for n in range(7)])
    assert recent.of()["at"].tolist() == [float(at) for at in range(95, 105)]
    assert recent._held.nbytes == room


def test_a_flood_cannot_make_it_larger() -> None:
    """Blocks many times its size leave the last packets, in order."""
    recent = ring(1000)
    room = recent._held.nbytes
    fields = {26: np.arange(60_000, dtype=np.uint64)}
    for one in crowd(segment(0.0), 60_000, seconds=6, fields=fields):
        recent.keep(one, headers.read(one))
    held = recent.of()
    assert len(held) == 1000
    assert (np.diff(held["at"]) > 0).all()
    assert held["at"][-1] == 59_999 * (6 / 60_000)
    assert recent._held.nbytes == room


def test_blocks_of_any_size_leave_the_same() -> None:
    said = [segment(n / 10, mac=DESK if n % 3 else OTHER) for n in range(50)]
    whole = octets(keep(ring(20), said).of())
    for cut in (1, 3, 19, 21):
        recent = ring(20)
        for low in range(0, len(said), cut):
            keep(recent, said[low : low + cut])
        assert octets(recent.of()) == whole


def test_what_passed_to_or_from_a_machine_is_found_by_its_address() -> None:
    recent = keep(ring(), [segment(1.0, DESK, BOX), segment(2.0, BOX, OTHER), segment(3.0, OTHER)])
    assert recent.of([Mac(DESK)])["at"].tolist() == [1.0]
    assert recent.of([Mac(OTHER)])["at"].tolist() == [2.0, 3.0]
    assert recent.of([Mac(DESK), Mac(OTHER)])["at"].tolist() == [1.0, 2.0, 3.0]
    assert recent.of([Mac(GUEST)])["at"].tolist() == []
    assert recent.of([Mac(OTHER)], after=2.0)["at"].tolist() == [3.0]


def test_what_is_forgotten_is_gone_from_memory() -> None:
    recent = keep(ring(), [segment(1.0), segment(2.0, OTHER)])
    recent.forget(1.0)
    assert recent.of()["at"].tolist() == [2.0]
    assert bytes.fromhex(DESK.replace(":", "")) not in recent._held.tobytes()
    recent.forget()
    assert not any(recent._held.tobytes())
    keep(recent, [segment(3.0)])
    assert recent.of()["at"].tolist() == [3.0]


def test_what_was_heard_before_a_clock_was_set_back_does_not_stay_for_ever() -> None:
    recent = keep(ring(), [segment(5000.0), segment(20.0)])
    recent.forget(10.0, after=100.0)
    assert recent.of()["at"].tolist() == [20.0]


def test_packets_of_another_link_take_the_place_of_all() -> None:
    """One file has one kind of link; a card never changes its own."""
    recent = keep(ring(), [segment(1.0)])
    keep(recent, [Frame(2.0, segment(2.0).data[14:], Link.RAW_IP)])
    assert recent.link is Link.RAW_IP
    assert recent.of([Mac(DESK)])["at"].tolist() == [2.0], "nobody can be told from the others"


def hears(said: Sequence[Frame], setting: Setting) -> Recent:
    pipeline = Pipeline(replace(setting, recent_octets=1000 * HELD.itemsize), fence=False)
    pipeline.feed(block(sorted(said, key=lambda frame: frame.at)))
    pipeline.finish()
    assert pipeline.meter.recent is not None
    return pipeline.meter.recent


def test_of_guests_nothing_is_kept_not_even_what_attacks_the_inside() -> None:
    scan = [
        wire.tcp(5 + port / 100, GUEST, "192.168.9.77", IP, 40_000, port, flags=wire.SYN, to=DESK)
        for port in range(1, 50)
    ]
    recent = hears([*guest(), *desk(), *scan], GUESTS)
    held = recent._held.tobytes()
    assert bytes.fromhex(GUEST.replace(":", "")) not in held
    assert bytes([192, 168, 9, 77]) not in held
    assert bytes.fromhex(DESK.replace(":", "")) in held
    assert {1.5, 1.6} <= set(recent.of([Mac(DESK)])["at"].tolist())


def test_without_networks_of_guests_their_packets_are_kept() -> None:
    """Else the test above would prove nothing."""
    held = hears(list(chain(guest(), desk())), Setting())._held.tobytes()
    assert bytes.fromhex(GUEST.replace(":", "")) in held


def test_off_there_is_no_memory_for_it() -> None:
    assert Pipeline(Setting()).meter.recent is None
