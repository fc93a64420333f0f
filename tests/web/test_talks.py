"""With whom a device talks, and whether it may."""

import pytest

from appliance.addresses import Home
from appliance.model import Device, Ip
from appliance.store import Talk
from tests.kit.people import BOX, NAS, NOW, RECEPTION, SENSOR
from tests.kit.site import Site
from web.roster import roster
from web.talks import line, may, talks
from web.wording import Names


def talk(**how: object) -> Talk:
    fields = {
        "peer": Ip("192.168.1.30"),
        "proto": 6,
        "dport": 104,
        "began": True,
        "sent": 100,
        "got": 200,
        "first_at": NOW - 60,
        "last_at": NOW,
        "peer_mac": SENSOR,
    }
    return Talk(**{**fields, **how})  # type: ignore[arg-type]  # by name


def test_a_side_here_goes_by_its_name_and_leads_to_its_page() -> None:
    names = Names({"192.168.1.30": "Capteur"})
    told = line(talk(), Device(mac=NAS), names, Home(), (), {SENSOR})
    assert (told.peer, told.mac, told.outside, told.service) == (
        "Capteur",
        SENSOR,
        False,
        "TCP 104",
    )
    assert (told.sent, told.got, told.may) == (100, 200, "free")


def test_a_side_outside_is_no_device_though_a_gateway_passes_it_on() -> None:
    outside = talk(peer=Ip("203.0.113.9"), peer_mac=BOX, proto=1, dport=0)
    told = line(outside, Device(mac=NAS), Names({}), Home(), (), {BOX})
    assert (told.peer, told.mac, told.outside) == ("203.0.113.9", None, True)
    assert told.service == "ICMP"


@pytest.mark.parametrize(
    ("role", "refused", "says"),
    [
        ("", (), "free"),
        ("workstation", ("203.0.113.9",), "free"),
        ("sensor", (), "yes"),
        ("sensor", ("203.0.113.9",), "no"),
    ],
)
def test_whether_it_may_is_what_its_purpose_and_alerts_say(
    role: str, refused: tuple[str, ...], says: str
) -> None:
    assert may(role, "203.0.113.9", refused) == says


def test_a_long_list_has_pages(opened: Site) -> None:
    with opened.app.test_request_context("/?talks=7"):
        device = roster().by_mac[RECEPTION].device
        found = talks(device, Names({}), NOW)
    assert (found.page, found.pages, found.count, found.whole) == (1, 1, 1, True)
    assert found.lines[0].address == "93.184.216.34"


def test_an_alert_says_where_a_device_may_not_go(opened: Site) -> None:
    """The page of the sensor, which went to an address that its purpose does not allow."""
    text = opened.staff().get(f"/devices/{SENSOR}").text
    assert "198.51.100.7" in text
