"""How well the mirror port shows the network."""

import pytest
from msgspec.structs import replace

from appliance.addresses import Home
from appliance.facts import FlowDelta
from appliance.model import Mac
from appliance.sensor.health import FRESH, LOSS, SILENCE, WINDOW, Mirror
from tests.kit.capture import metered
from tests.kit.talk import ALICE, BOB, deltas, segment

OWN = Mac("02:00:00:00:00:99")
BEGAN = 1000.0
NONE = {"unicast_of_others": False, "both_directions": False, "internet_side": False}


@pytest.fixture
def mirror():
    return Mirror(frozenset({OWN}), BEGAN)


def delta(**how) -> FlowDelta:
    """What Alice said to Bob, who did not answer; with something else about it."""
    (found,) = deltas(metered([segment(BEGAN)]))
    return replace(found, **how)


def note(mirror: Mirror, *found: FlowDelta) -> dict[str, bool]:
    mirror.note(found, Home().place)
    return mirror.signs(BEGAN)


def test_at_first_there_is_no_sign(mirror):
    assert mirror.signs(BEGAN) == NONE


def test_what_others_say_to_each_other_is_a_sign(mirror):
    """Without a mirror only what is meant for the box, or for all, comes by."""
    assert note(mirror, delta()) == NONE | {"unicast_of_others": True}


@pytest.mark.parametrize(
    "ends",
    [
        {"mac": OWN},
        {"peer_mac": OWN},
        {"peer_mac": "ff:ff:ff:ff:ff:ff"},
        {"peer_mac": "01:00:5e:00:00:fb"},
        {"peer_mac": "33:33:00:00:00:01"},
    ],
)
def test_what_any_port_hears_is_no_sign(mirror, ends):
    """What the box itself says and is told, and what goes to many."""
    assert note(mirror, delta(**ends, packets_in=1)) == NONE


def test_question_and_answer_are_a_sign_of_both_directions(mirror):
    """Some ports mirror only one."""
    seen = {"unicast_of_others": True}
    assert note(mirror, delta(packets_in=0)) == NONE | seen
    assert note(mirror, delta(packets_out=0, packets_in=3)) == NONE | seen
    assert note(mirror, delta(packets_in=3)) == NONE | seen | {"both_directions": True}


@pytest.mark.parametrize("end", ["src", "dst"])
@pytest.mark.parametrize(
    ("ip", "outside"),
    [("203.0.113.9", True), ("2a00::1", True), ("10.0.0.1", False), ("224.0.0.251", False)],
)
def test_a_public_address_is_a_sign_of_the_internet_side(mirror, end: str, ip: str, outside: bool):
    assert note(mirror, delta(**{end: ip}))["internet_side"] == outside


def test_a_sign_counts_only_while_it_is_fresh(mirror):
    note(mirror, delta(packets_in=1, dst="203.0.113.9"))
    assert set(mirror.signs(BEGAN + FRESH).values()) == {True}
    assert mirror.signs(BEGAN + FRESH + 1) == NONE


def test_a_mirror_that_shows_nothing_is_taken_to_be_off(mirror):
    """After a minute, also when nothing ever came."""
    mirror.count(BEGAN, 0, 0)
    assert mirror.why(BEGAN + SILENCE) == ""
    assert mirror.why(BEGAN + SILENCE + 1) == "health.silence"


def test_a_single_packet_ends_the_silence(mirror):
    mirror.count(BEGAN + 500, 1, 0)
    assert mirror.why(BEGAN + 500) == ""
    mirror.count(BEGAN + 600, 1, 0)
    assert mirror.why(BEGAN + 600) == "health.silence"


def minute(mirror: Mirror, number: int, packets: int, lost: int) -> str:
    """Let a minute pass after which so much was heard and lost in all; give what it says."""
    now = BEGAN + WINDOW * number
    mirror.count(now, packets, lost)
    return mirror.why(now)


def test_packets_that_are_lost_are_said_from_a_hundredth_on(mirror):
    """Over a minute, not since the beginning; and no longer once it is over."""
    few, many = int(9_990 * LOSS), int(10_100 * LOSS)
    assert minute(mirror, 1, 10_000 - few, few - 1) == ""
    assert minute(mirror, 2, 20_000 - few, few + many) == "health.drops"
    assert minute(mirror, 3, 30_000 - few, few + many) == ""


def test_within_the_minute_nothing_is_judged(mirror):
    """A few packets lost at once are no share."""
    mirror.count(BEGAN + 1, 10, 10)
    assert mirror.why(BEGAN + 1) == ""


def test_a_minute_without_packets_has_lost_none(mirror):
    assert minute(mirror, 1, 0, 0) == ""
    assert minute(mirror, 2, 0, 0) == "health.silence"


def test_a_clock_set_back_hides_neither_silence_nor_missing_signs(mirror):
    """Nothing waits until the clock is where it was."""
    mirror.count(BEGAN, 5, 0)
    note(mirror, delta(packets_in=1, dst="203.0.113.9"))
    back = BEGAN - 900
    mirror.count(back, 5, 0)
    assert mirror.why(back + SILENCE) == ""
    assert mirror.why(back + SILENCE + 1) == "health.silence"
    assert mirror.signs(back + FRESH + 1) == NONE


def test_a_clock_set_back_begins_a_new_minute(mirror):
    """What was lost in the one before is judged, not forgotten."""
    mirror.count(BEGAN + 1, 100, 100)
    mirror.count(BEGAN - 900, 101, 100)
    assert mirror.why(BEGAN - 900) == "health.drops"
    mirror.count(BEGAN - 900 + WINDOW, 300, 100)
    assert mirror.why(BEGAN - 900 + WINDOW) == ""


def test_addresses_are_the_usual_ones():
    """The packets these tests begin with are of two machines that are not the box."""
    assert (delta().mac, delta().peer_mac) == (ALICE, BOB)
