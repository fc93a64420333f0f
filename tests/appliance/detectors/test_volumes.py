"""How much a device sends to an outside host."""

import pytest

from appliance.detectors.volumes import Level, Sent, ends, level_of
from appliance.model import Ip, Mac
from tests.kit.check import flow, inventory

PC, ROUTER = Mac("02:00:00:00:00:0a"), Mac("02:00:00:00:00:01")
INSIDE, OUTSIDE = Ip("192.168.1.10"), Ip("93.184.216.34")


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("g.api.mega.co.nz", Level.SHARING),
        ("x.trycloudflare.com", Level.SHARING),
        ("www.wetransfer.com", Level.STORAGE),
        ("cabinet.sharepoint.com", Level.STORAGE),
        ("p42-content.icloud.com", Level.STORAGE),
        ("eu.meditlink.com", Level.TRUSTED),
        ("update.eset.com", Level.TRUSTED),
        ("home.ddns.net", Level.UNKNOWN),
        ("laboratory.example", Level.UNKNOWN),
        ("", Level.UNKNOWN),
    ],
)
def test_a_host_has_the_level_of_what_it_is_for(name, level):
    assert level_of(name) is level


def test_a_new_day_begins_at_nothing_and_remembers_the_old_ones():
    sent = Sent(1)
    for day, out in ((1, 50), (2, 80), (3, 20)):
        sent.turn(day, 14)
        sent.out = out
    sent.turn(4, 14)
    assert (sent.out, sent.most()) == (0, 80)
    sent.turn(17, 14)
    assert sent.most() == 20
    sent.turn(99, 14)
    assert sent.most() == 0


def test_no_more_days_than_two_months_are_remembered():
    sent = Sent(0)
    for day in range(1, 500):
        sent.turn(day, 10_000)
    assert len(sent.past) == 60


def test_it_does_not_matter_who_began():
    network = inventory()
    assert ends(flow(1, PC, INSIDE, OUTSIDE, 443), network) == (PC, OUTSIDE)
    inward = flow(1, ROUTER, OUTSIDE, INSIDE, 21, peer_mac=PC)
    assert ends(inward, network) == (PC, OUTSIDE)


def test_inside_talk_and_that_of_the_gateway_do_not_count():
    network = inventory()
    assert ends(flow(1, PC, INSIDE, "192.168.1.5", 445), network) is None
    through = flow(1, PC, INSIDE, OUTSIDE, 443, peer_mac=ROUTER)
    network.learn(through)
    assert ends(flow(2, ROUTER, "192.168.1.1", OUTSIDE, 443), network) is None
