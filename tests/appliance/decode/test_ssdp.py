"""SSDP, by the letter of the UPnP device architecture."""

import pytest

from appliance.decode import Decoder
from appliance.facts import Fact, SsdpHeard
from tests.kit import wire

ALICE, ALICE_IP = "02:00:00:00:00:0a", "192.0.2.10"

NOTIFY = """NOTIFY * HTTP/1.1
HOST: 239.255.255.250:1900
CACHE-CONTROL: max-age=1800
LOCATION: http://192.0.2.10:5000/description.xml
NT: urn:schemas-upnp-org:device:Printer:1
NTS: ssdp:alive
SERVER: Linux/5.4 UPnP/1.1 Printer/7
USN: uuid:2fac1234::urn:schemas-upnp-org:device:Printer:1

"""
SEARCH = """M-SEARCH * HTTP/1.1
HOST: 239.255.255.250:1900
MAN: "ssdp:discover"
MX: 3
ST: ssdp:all
USER-AGENT: Windows/10 UPnP/1.1 Finder/1

"""
ANSWER = """HTTP/1.1 200 OK
EXT:
LOCATION: http://192.0.2.10:5000/description.xml
SERVER: Linux/5.4 UPnP/1.1 Printer/7
ST: ssdp:all
USN: uuid:2fac1234::upnp:rootdevice

"""


def read(text: str, sport: int = 1900, dport: int = 1900) -> list[Fact]:
    payload = text.replace("\n", "\r\n").encode()
    return Decoder().read(wire.udp(1.0, ALICE, ALICE_IP, "239.255.255.250", sport, dport, payload))


def heard(method: str, target: str, usn: str, server: str, **more: str | int) -> SsdpHeard:
    told = {"method": method, "target": target, "usn": usn, "server": server, **more}
    return SsdpHeard(at=1.0, mac=ALICE, src=ALICE_IP, **told)


def test_a_device_that_tells_what_it_is():
    """Its type, its name, its server, that it is here; of its description only host and port."""
    kind = "urn:schemas-upnp-org:device:Printer:1"
    usn = f"uuid:2fac1234::{kind}"
    there = {"state": "alive", "host": "192.0.2.10", "port": 5000}
    assert read(NOTIFY) == [heard("notify", kind, usn, "Linux/5.4 UPnP/1.1 Printer/7", **there)]
    assert "description" not in repr(read(NOTIFY))


def test_a_program_that_looks_for_devices():
    """What it is looking for, and what it is."""
    assert read(SEARCH) == [heard("search", "ssdp:all", "", "Windows/10 UPnP/1.1 Finder/1")]


@pytest.mark.parametrize(("sport", "dport"), [(1900, 50_000), (40_000, 50_000)])
def test_an_answer_from_any_port(sport: int, dport: int):
    """Many devices do not answer from the port they were asked on."""
    usn, server = "uuid:2fac1234::upnp:rootdevice", "Linux/5.4 UPnP/1.1 Printer/7"
    there = {"host": "192.0.2.10", "port": 5000}
    assert read(ANSWER, sport, dport) == [heard("answer", "ssdp:all", usn, server, **there)]


@pytest.mark.parametrize(
    ("said", "state"),
    [("ssdp:byebye", "byebye"), ("SSDP:Update", "update"), ("ssdp:other", ""), ("<img>", "")],
)
def test_a_device_that_leaves(said: str, state: str):
    """In the words that the architecture knows."""
    (fact,) = read(NOTIFY.replace("ssdp:alive", said))
    assert isinstance(fact, SsdpHeard)
    assert fact.state == state


@pytest.mark.parametrize("link", ["", "/description.xml", "file:///etc/", "http://<img>/"])
def test_a_location_that_is_no_link_has_no_host(link: str):
    """The rest of the message is told."""
    (fact,) = read(NOTIFY.replace("http://192.0.2.10:5000/description.xml", link))
    assert isinstance(fact, SsdpHeard)
    assert (fact.host, fact.port, fact.state) == ("", 0, "alive")


@pytest.mark.parametrize("text", ["", "GET / HTTP/1.1\n\n", "NOTIFYING * HTTP/1.1\n\n", "\0\1\2"])
def test_other_things_on_its_port_are_passed_over(text: str):
    """They are no SSDP."""
    assert read(text) == []


def test_fields_may_be_missing_and_are_spelt_harmlessly():
    """Line by line, as all text from the wire."""
    assert read("NOTIFY * HTTP/1.1\nSERVER: <img>\0\n\n") == [heard("notify", "", "", "<img>\\000")]
