"""How machines open conversations."""

from appliance.facts import TcpShape
from appliance.inventory.clues.shapes import read
from tests.kit.made import made


def test_windows_begins_with_128():
    """A hint, never more."""
    (clue,) = read(made(TcpShape, ttl=128, away=0))
    assert (clue.os, clue.weight) == ("Windows", 15)


def test_a_shape_that_came_through_a_router_is_not_its_senders():
    """And 64 is everybody's."""
    assert list(read(made(TcpShape, ttl=128, away=1))) == []
    assert list(read(made(TcpShape, ttl=64, away=0))) == []


def test_an_old_linux_has_a_window_of_four_segments():
    """Since 2011 it has ten."""
    shape = {"ttl": 64, "away": 0, "mss": 1460, "options": "M,S,T,N,W"}
    (clue,) = read(made(TcpShape, window=5840, **shape))
    assert (clue.os, clue.weight) == ("Linux", 15)
    assert read(made(TcpShape, window=14600, **shape)) == ()
    assert read(made(TcpShape, window=5840, server=True, **shape)) == ()


def test_the_smallest_systems_offer_a_segment_size_only():
    """So do programs that look for open ports, with windows of their own."""
    shape = {"ttl": 255, "away": 0, "mss": 1400, "options": "M"}
    assert [clue.kind for clue in read(made(TcpShape, window=1500, **shape))] == ["iot"]
    assert read(made(TcpShape, window=1024, **shape)) == ()
