"""What the hosts say that a device calls."""

import pytest

from appliance.facts import HttpAsked, NameAsked, TlsHello
from appliance.inventory.clues.outside import Questions, clues, read_call
from tests.kit.made import ALICE_IP, BOB_IP, OUTSIDE, made, says, votes


def test_updates_tell_the_system_of_who_gets_them():
    """What is shown is the list's entry, not the name that was called."""
    found = list(clues("eu.update.synology.com"))
    assert votes(found) == {"nas"}
    assert votes(found, "os") == {"DSM"}
    assert says(found) == [("outside_host", "update.synology.com")]


def test_a_makers_cloud_tells_the_maker():
    """Of devices that no hardware address gives away."""
    assert votes(clues("api.iterocloud.com"), "maker") == {"Align"}


def test_other_hosts_tell_nothing():
    """Nor no name at all."""
    assert list(clues("www.example.com")) == list(clues("")) == []


@pytest.mark.parametrize(
    ("host", "kind"),
    [
        ("n-devs.tplinkcloud.com", "iot"),
        ("scalews.withings.net", "iot"),
        ("iphone-ld.apple.com", "phone"),
        ("xmpp001.hpeprint.com", "printer"),
    ],
)
def test_what_devices_call_by_themselves_tells_what_they_are(host, kind):
    """A call in TLS, one in clear, or a question for the address."""
    assert votes(read_call(made(TlsHello, name=host))) == {kind}
    assert votes(read_call(made(HttpAsked, host=host))) == {kind}
    assert votes(Questions().read(made(NameAsked, protocol="dns", name=host, type=1))) == {kind}


def test_a_call_without_a_name_is_of_a_small_thing():
    """Browsers name whom they want, and say which version of HTTP they speak."""
    assert votes(read_call(made(TlsHello, dst=OUTSIDE, dport=443))) == {"iot"}
    assert read_call(made(TlsHello, dst=OUTSIDE, dport=993)) == ()
    assert read_call(made(TlsHello, dst=OUTSIDE, dport=443, alpn=("h2",))) == ()


def test_a_server_of_names_asks_for_others():
    """What it passes on says nothing of it, and neither do other questions."""
    questions = Questions()
    asked = {"protocol": "dns", "name": "scalews.withings.net", "type": 1}
    assert votes(questions.read(made(NameAsked, src=ALICE_IP, dst=BOB_IP, **asked))) == {"iot"}
    assert questions.read(made(NameAsked, src=BOB_IP, dst=OUTSIDE, **asked)) == ()
    assert questions.read(made(NameAsked, **(asked | {"type": 12}))) == ()
    assert questions.read(made(NameAsked, **(asked | {"protocol": "mdns"}))) == ()
