"""Inside, outside, or neither."""

from ipaddress import ip_network

import pytest

from appliance.addresses import Home, Place


@pytest.mark.parametrize(
    ("ip", "place"),
    [
        ("192.168.1.5", Place.HOME),
        ("10.1.2.3", Place.HOME),
        ("172.31.255.1", Place.HOME),
        ("172.32.0.1", Place.OUTSIDE),
        ("fe80::1", Place.HOME),
        ("fd00::5", Place.HOME),
        ("93.184.216.34", Place.OUTSIDE),
        ("2001:db8::1", Place.OUTSIDE),
        ("224.0.0.251", Place.NEITHER),
        ("ff02::fb", Place.NEITHER),
        ("255.255.255.255", Place.NEITHER),
        ("0.0.0.0", Place.NEITHER),
        ("::", Place.NEITHER),
        ("127.0.0.1", Place.NEITHER),
    ],
)
def test_without_a_setting_all_private_networks_are_home(ip, place):
    """Which is right for a practice with one internet box."""
    assert Home().place(ip) is place


@pytest.mark.parametrize(
    ("ip", "place"),
    [
        ("192.168.1.5", Place.HOME),
        ("192.168.2.5", Place.NEITHER),
        ("8.8.8.8", Place.OUTSIDE),
    ],
)
def test_a_private_network_that_is_not_ours_is_neither(ip, place):
    """The guests' network is not inside, and not the internet."""
    assert Home([ip_network("192.168.1.0/24")]).place(ip) is place
