"""The signs by which a machine is told from another one under the same address."""

import pytest

from appliance.facts import DhcpAsked, NetbiosTold, NtlmHeard, TcpShape
from appliance.inventory.looks import VALUES, Key, add, is_starting, past, signs
from appliance.model import Device, Evidence, Ip, Mac

ALICE, ALICE_IP = Mac("f8:bc:12:00:00:0a"), Ip("192.168.1.10")


def asked(**how) -> DhcpAsked:
    return DhcpAsked(at=1, mac=ALICE, **({"version": 4, "message": "discover"} | how))


def shape(**how) -> TcpShape:
    said = {"src": ALICE_IP, "dst": ALICE_IP, "sport": 1, "dport": 445, "server": False}
    said |= {"ttl": 128, "away": 0, "unfragmentable": True, "window": 1, "mss": 1, "scale": 8}
    return TcpShape(at=1, mac=ALICE, **(said | {"options": "M,N,W,N,N,S"} | how))


def logged_on(**how) -> NtlmHeard:
    said = {"src": ALICE_IP, "dst": ALICE_IP, "sport": 1, "dport": 445, "protocol": "smb"}
    said |= {"server": False, "major": 10, "minor": 0, "build": 19041, "machine": "PC-7"}
    return NtlmHeard(at=1, mac=ALICE, **(said | how))


def test_a_client_says_what_it_asks_for_its_class_and_its_name():
    """The class without its version, the name without its domain."""
    fact = asked(hostname="PC-7.cabinet.lan", vendor_class="MSFT 5.0", parameters=(1, 3))
    assert dict(signs(fact)) == {
        ("dhcp", "list", "4", "discover"): "1,3",
        ("dhcp", "class", "4", "discover"): "MSFT ",
        ("name", "name", "dhcp"): "pc-7",
    }
    assert list(signs(asked(message="release", hostname="PC-7"))) == []


def test_a_shape_is_its_time_to_live_and_the_systems_options_in_their_order():
    """Padding and what programs add is left out; so are answers, and what was passed on."""
    assert dict(signs(shape())) == {("tcp", "shape", ALICE_IP): "128 MWS"}
    assert dict(signs(shape(options="M,N,W,N,N,S,34"))) == dict(signs(shape()))
    assert dict(signs(shape(src=Ip("2001:db8::1")))) == {("tcp", "shape", "6"): "128 MWS"}
    for other in ({"server": True}, {"away": 1}, {"options": "M"}):
        assert list(signs(shape(**other))) == []


def test_who_logs_on_says_a_name_and_a_version():
    """In file sharing, where the system itself speaks."""
    assert [value for _, value in signs(logged_on())] == ["pc-7", "10.0"]
    assert list(signs(logged_on(protocol="http"))) == []
    assert [value for _, value in signs(logged_on(build=0))] == ["pc-7"]


def test_a_netbios_name_is_a_name():
    told = NetbiosTold(at=1, mac=ALICE, src=ALICE_IP, name="PC-7")
    assert [value for _, value in signs(told)] == ["pc-7"]
    assert list(signs(NetbiosTold(at=1, mac=ALICE, src=ALICE_IP))) == []


@pytest.mark.parametrize(
    ("said", "starts"),
    [
        ({"vendor_class": "PXEClient:Arch:00000"}, True),
        ({"vendor_class": "udhcp 1.36.1"}, True),
        ({"user_class": "iPXE"}, True),
        ({"vendor_class": "MSFT 5.0"}, False),
        ({"vendor_class": "d-link"}, False),
        ({}, False),
    ],
)
def test_who_starts_or_installs_a_system_is_known_by_its_class(said, starts):
    assert is_starting(asked(**said)) is starts


def test_what_a_device_is_known_by_comes_from_its_evidence():
    """Only what was there before."""

    def evidence(source: str, says: str, at: float = 0) -> Evidence:
        return Evidence(source=source, says=says, weight=15, first_at=at, last_at=at)

    known = Device(
        mac=ALICE,
        names=("PC-7", "kali"),
        evidence=(
            evidence("dhcp", "PC-7"),
            evidence("dhcp", "MSFT 5.0"),
            evidence("dhcp_parameters", "1,3"),
            evidence("ntlm", "10.0.19041"),
            evidence("dhcp", "kali", 5),
        ),
    )
    assert past(known, 5) == {
        ("name", "name"): ("pc-7",),
        ("dhcp", "list"): ("1,3",),
        ("system", "version"): ("10.0",),
    }


def test_of_many_values_the_latest_are_kept():
    heard: dict[Key, tuple[str, ...]] = {}
    for number in [*range(20), 15]:
        add(heard, ("name", "name"), str(number))
    assert len(heard["name", "name"]) == VALUES
    assert heard["name", "name"][-2:] == ("19", "15")
