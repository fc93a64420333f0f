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
