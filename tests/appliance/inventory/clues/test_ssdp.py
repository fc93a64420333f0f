"""What SSDP announces."""

from appliance.facts import SsdpHeard
from appliance.inventory.clues.ssdp import read
from tests.kit.made import made, says, votes

BOX = "urn:schemas-upnp-org:device:InternetGatewayDevice:1"


def test_the_type_of_an_announced_device_tells_its_kind():
    """And is what was seen."""
    clues = list(read(made(SsdpHeard, method="notify", state="alive", target=BOX)))
    assert votes(clues) == {"internet_box"}
    assert says(clues) == [("ssdp", BOX)]


def test_the_software_is_shown_and_may_tell_more():
    """Maker, kind, system."""
    clues = list(read(made(SsdpHeard, method="answer", server="Synology/DSM/192.168.1.5")))
    assert votes(clues) == {"nas"}
    assert votes(clues, "maker") == {"Synology"}
    plain = list(read(made(SsdpHeard, method="notify", server="Sagemcom 3.1")))
    assert says(plain)[0] == ("ssdp", "Sagemcom 3.1")


def test_who_searches_or_leaves_says_nothing_of_itself():
    """It names what it looks for."""
    for method, state in (("search", ""), ("notify", "byebye")):
        fact = made(SsdpHeard, method=method, state=state, target=BOX, server="Synology")
        assert list(read(fact)) == []


def test_a_browser_that_searches_tells_its_system():
    """In its own words, without being asked."""
    searches = made(SsdpHeard, method="search", server="Google Chrome/126.0.0.0 Windows")
    assert votes(read(searches)) == {"workstation"}
    assert votes(read(searches), "os") == {"Windows"}


def test_a_model_in_the_software_tells():
    """Makers write it there."""
    clues = list(read(made(SsdpHeard, method="notify", server="Linux UPnP/1.0 DCS-2330L/1.0")))
    assert votes(clues) == {"camera"}
