"""A device that nobody has approved appears."""

from appliance.decisions import Known, Standing
from appliance.detectors.new_device import Limits, NewDevice
from appliance.facts import Tick
from appliance.model import AlertState, Mac
from appliance.triage import Triage
from tests.kit.check import alerts, flow, inventory

ALICE = "02:00:00:00:00:0a"


def call(at: float, mac: str = ALICE):
    return flow(at, mac, "192.168.1.10", "192.168.1.5", 445, back=False)


def found(*told, **how):
    return [alert.about for alert in alerts(NewDevice(Limits()), *told, network=inventory(**how))]


def test_an_unknown_device_is_found_once():
    """However much it sends."""
    told = alerts(NewDevice(Limits()), *(call(n) for n in range(5)))
    assert [(alert.about, alert.count) for alert in told] == [(ALICE, 1)]


def test_a_device_that_appears_while_learning_is_not_reported():
    """All that is there at first is taken to belong there."""
    assert found(Tick(1), call(1.5), learn_until=100) == []


def test_a_device_that_appears_after_learning_is():
    """The learning time ends by the packets' own clock."""
    assert found(Tick(1), Tick(101), call(101.5), learn_until=100) == [ALICE]


def test_an_approved_device_is_not_reported():
    """The technician knew it before it came."""
    known = Standing(known={Mac(ALICE): Known(approved=True)})
    assert found(call(0), standing=known) == []


def test_a_crowd_of_newcomers_shares_an_alert():
    """A switch is flooded with made-up addresses: eleven alerts, not three hundred."""
    network = inventory()
    told = alerts(
        NewDevice(Limits(crowd=10)),
        *(call(n / 100, f"02:00:00:00:01:{n:02x}") for n in range(50)),
        network=network,
    )
    assert len(told) == 11
    assert max(alert.count for alert in told) == 40


def test_approving_the_device_ends_the_alert():
    """Its trouble is over."""
    detector, network = NewDevice(Limits()), inventory()
    triage = Triage([detector.about])
    for news in network.learn(call(0)):
        for finding in detector.see(news, network):
            triage.take(finding)
    triage.heed(Standing(known={Mac(ALICE): Known(approved=True)}), 1)
    assert [alert.state for alert in triage.take_changed()] == [AlertState.CLOSED]
