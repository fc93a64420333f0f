"""Since when a detector listens."""

from appliance.detectors.listening import KNOWN_BEFORE, LEAP, Listening
from appliance.facts import AddressClaim
from appliance.model import Ip, Mac
from tests.kit.check import inventory

PC = Mac("02:00:00:00:00:0a")


def test_it_listens_since_the_first_second():
    """And goes on over a weekend."""
    listening = Listening()
    assert listening.began is None
    for now in (1000.0, 1001.0, 1001.0 + LEAP):
        listening.turn(now)
        assert listening.began == 1000.0


def test_after_a_leap_of_the_clock_it_begins_anew():
    """Forwards by more than a long weekend, or backwards by more than packets may be late."""
    listening = Listening()
    for now, began in ((1000.0, 1000.0), (1001.0 + LEAP, 1001.0 + LEAP), (500.0, 500.0)):
        listening.turn(now)
        assert listening.began == began
    listening.turn(500.0 - KNOWN_BEFORE)
    assert listening.began == 500.0


def test_who_was_known_before_is_learnt_again_for_a_while():
    """A newcomer never is."""
    network, listening = inventory(), Listening()
    network.learn(
        AddressClaim(at=10.0, mac=PC, sender=PC, ip=Ip("192.168.1.9"), to=PC, answer=True)
    )
    assert not listening.relearns(PC, 3600, network)
    listening.turn(1000.0)
    assert listening.relearns(PC, 3600, network)
    assert not listening.relearns(Mac("02:00:00:00:00:66"), 3600, network)
    listening.turn(1000.0 + 3600)
    assert not listening.relearns(PC, 3600, network)
