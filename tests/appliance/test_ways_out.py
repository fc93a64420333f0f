"""Ways out: by whose frames traffic from the internet comes in, and when somebody called."""

from appliance.addresses import Home, Place
from appliance.facts import FlowDelta
from appliance.model import Ip, Mac
from appliance.ways_out import KEPT, WaysOut

HERE, BOX, OUTSIDE = Ip("192.168.1.20"), Mac("02:00:00:00:00:01"), Ip("203.0.113.9")
PC = Mac("02:00:00:00:00:14")


class Network:
    """A practice in which somebody may hold a public address."""

    def __init__(self, *held: str) -> None:
        self.home = Home()
        self.held = held

    def place(self, ip: Ip) -> Place:
        return self.home.place(ip)

    def holder(self, ip: Ip) -> Mac | None:
        return PC if ip in self.held else None


def delta(
    src: str = HERE, dst: str = OUTSIDE, *, sent: int = 1, came: int = 1, mac: str = PC,
    peer: str = BOX, at: float = 100.7,
) -> FlowDelta:  # fmt: skip
    return FlowDelta(
        at=at, mac=Mac(mac), peer_mac=Mac(peer), src=Ip(src), dst=Ip(dst), sport=1, dport=443,
        proto=6, vlan=0, packets_out=sent, packets_in=came, bytes_out=0, bytes_in=0,
        payload_out=0, payload_in=0, flags_out=0, flags_in=0, first_at=at, opened=False,
    )  # fmt: skip


def found(*deltas: FlowDelta, held: tuple[str, ...] = ()) -> WaysOut:
    ways = WaysOut()
    ways.note(deltas, Network(*held))
    return ways


def used(ways: WaysOut) -> dict[Mac, float | None]:
    return {mac: ways.used.get(mac) for mac in ways.used}


def test_an_answer_from_outside_names_who_passed_it_on() -> None:
    """With the beginning of its second: a frame before a cut is never taken for one after it."""
    ways = found(delta())
    assert used(ways) == {BOX: 100.0}
    assert ways.called_at == 100.0


def test_a_call_without_an_answer_is_only_a_call() -> None:
    ways = found(delta(came=0))
    assert used(ways) == {}
    assert ways.called_at == 100.0


def test_a_call_from_outside_names_who_passed_it_on() -> None:
    ways = found(delta(OUTSIDE, HERE, mac=BOX, peer=PC))
    assert used(ways) == {BOX: 100.0}
    assert ways.called_at is None
    assert used(found(delta(OUTSIDE, HERE, sent=0, mac=BOX, peer=PC))) == {}


def test_what_machines_here_say_to_each_other_is_no_way_out() -> None:
    """By private addresses, by public ones that a machine here holds, or on the cable only."""
    assert used(found(delta(dst="192.168.1.40"))) == {}
    assert used(found(delta(dst="2001:db8::5"), held=("2001:db8::5",))) == {}
    assert used(found(delta("fe80::1", "2a01::5"))) == {}
    assert used(found(delta("2a01::5", "fe80::1"))) == {}


def test_only_so_many_are_remembered() -> None:
    many = [delta(peer=f"02:00:00:00:01:{n:02x}", at=100.0 + n) for n in range(50)]
    assert list(found(*many).used) == [f"02:00:00:00:01:{n:02x}" for n in range(50 - KEPT, 50)]
