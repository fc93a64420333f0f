"""A known hardware address looks like another machine."""

import pytest

from appliance.decisions import Known, Standing
from appliance.detectors.device_changed import DeviceChanged, Limits
from appliance.facts import AddressClaim, DhcpAsked, Fact, NtlmHeard, RouterAdvertised, TcpShape
from appliance.inventory.inventory import Inventory
from appliance.model import Alert, Ip, Mac
from tests.kit.check import alerts, inventory

ALICE, GATEWAY, PHONE = Mac("f8:bc:12:00:00:0a"), Mac("02:00:00:00:00:01"), Mac("3e:00:00:00:00:0b")
ALICE_IP, NAS_IP = Ip("192.168.1.10"), Ip("192.168.1.5")
WINDOWS, LINUX = "M,N,W,N,N,S", "M,S,T,N,W"
LATER = 10_000.0
"""Long after a device appeared."""


def claims(at: float, mac: Mac = ALICE, ip: str = ALICE_IP) -> AddressClaim:
    return AddressClaim(at=at, mac=mac, sender=mac, ip=Ip(ip), to=GATEWAY, answer=True)


def asks(at: float, mac: Mac = ALICE, **how) -> DhcpAsked:
    said = {
        "version": 4,
        "message": "discover",
        "hostname": "ACCUEIL",
        "vendor_class": "MSFT 5.0",
        "parameters": (1, 3, 6, 15, 31, 33),
    }
    return DhcpAsked(at=at, mac=mac, **(said | how))


def opens(at: float, mac: Mac = ALICE, ttl: int = 128, options: str = WINDOWS, **how) -> TcpShape:
    said = {
        "src": ALICE_IP,
        "dst": NAS_IP,
        "sport": 50_000,
        "dport": 445,
        "server": False,
        "away": 0,
        "unfragmentable": True,
        "window": 64_240,
        "mss": 1460,
        "scale": 8,
    }
    return TcpShape(at=at, mac=mac, ttl=ttl, options=options, **(said | how))


def logs_on(at: float, *version: int, machine: str = "ACCUEIL", **how) -> NtlmHeard:
    major, minor, build = version or (10, 0, 19041)
    said = {"src": ALICE_IP, "dst": NAS_IP, "sport": 50_000, "dport": 445, "protocol": "smb"}
    said |= {"server": False, "major": major, "minor": minor, "build": build}
    return NtlmHeard(at=at, mac=ALICE, machine=machine, **(said | how))


def stranger(at: float) -> list[Fact]:
    """Another machine with the same hardware address."""
    strange = {"hostname": "kali", "vendor_class": "", "parameters": (1, 28, 2, 3, 15, 6)}
    return [asks(at, **strange), opens(at + 1, ttl=64, options=LINUX)]


def itself(at: float) -> list[Fact]:
    return [asks(at), opens(at + 1), logs_on(at + 2)]


OWN = [claims(0), *itself(1)]


def found(*told: Fact, network: Inventory | None = None, **limits) -> list[Alert]:
    return alerts(DeviceChanged(Limits(**limits)), *told, network=network)


def test_a_machine_that_turns_into_another_one_is_found():
    """Another list, another name, another way to open conversations."""
    (alert,) = found(*OWN, *stranger(LATER))
    assert alert.about == ALICE
    assert "name accueil" in alert.words["before"]
    assert "name kali" in alert.words["now"]


def test_a_stranger_that_asks_for_no_address_is_found_by_how_it_works():
    """It took the network address as well: shape, and what it says when it logs on."""
    strange = [
        opens(LATER, ttl=64, options=LINUX),
        logs_on(LATER + 5, 6, 1, 7601, machine="kali"),
    ]
    assert [alert.about for alert in found(*OWN, *strange)] == [ALICE]


@pytest.mark.parametrize(
    "odd",
    [
        [asks(LATER, parameters=(1, 3, 6)), asks(LATER + 9, parameters=(1, 3), message="request")],
        [asks(LATER, hostname="RADIO"), logs_on(LATER + 1, machine="RADIO")],
        [opens(LATER, ttl=64, options=LINUX), opens(LATER + 1, options="M,N,W,S,T")],
        [logs_on(LATER, 10, 0, 26100), logs_on(LATER + 1, 6, 3, 9600)],
    ],
    ids=("list", "name", "shape", "version"),
)
def test_one_kind_of_sign_alone_is_no_other_machine(odd):
    """A new driver, another name, an update."""
    assert found(*OWN, *odd) == []


def test_an_update_and_another_name_weeks_later_are_no_other_machine():
    """What stays for a while is the device's own."""
    listed = {"parameters": (1, 3, 6, 15, 252)}
    told = [
        asks(LATER, **listed),
        asks(LATER + 2000, **listed),
        asks(LATER + 2100, hostname="RADIO", **listed),
        asks(LATER + 9000, hostname="RADIO", **listed),
    ]
    assert found(*OWN, *told) == []


def test_what_was_found_once_is_not_found_again_while_it_stays():
    """A machine that was set up anew."""
    told = [fact for hour in range(10) for fact in stranger(LATER + 3600 * hour)]
    once = len(found(*OWN, *stranger(LATER))) and found(*OWN, *stranger(LATER))[0].count
    assert found(*OWN, *told)[0].count == once


def test_two_that_take_turns_are_found_again():
    """A clone beside it; or a computer with two systems, which is called normal once."""
    told = [
        fact
        for hour in range(5)
        for fact in (*stranger(LATER + 3600 * hour), *itself(LATER + 3600 * hour + 1800))
    ]
    once = found(*OWN, *stranger(LATER))[0].count
    assert found(*OWN, *told)[0].count > once + 3


@pytest.mark.parametrize(
    "boot",
    [
        {"vendor_class": "PXEClient:Arch:00007:UNDI:003016"},
        {"vendor_class": "HTTPClient:Arch:00016:UNDI:003001"},
        {"vendor_class": "udhcp 1.36.1"},
        {"vendor_class": "d-i"},
        {"vendor_class": "", "user_class": "iPXE"},
    ],
    ids=lambda boot: next(filter(None, boot.values())),
)
def test_a_start_from_the_network_and_an_installer_are_no_other_machine(boot):
    """They ask for other things, under other names, and run another system for a while."""
    starts = asks(LATER, **(boot | {"hostname": "x", "parameters": (1, 2, 3, 128, 129)}))
    assert found(*OWN, starts, *stranger(LATER + 60), *itself(LATER + 1200)) == []
    assert len(found(*OWN, starts, *stranger(LATER + 7200))) == 1


def test_what_a_device_says_when_it_is_new_is_its_own():
    """It is being installed; or its second system, while the box learns."""
    assert found(claims(0), *stranger(1), *itself(600), *stranger(LATER), *itself(LATER + 60)) == []
    learning = inventory(learn_until=LATER + 100)
    assert (
        found(
            *OWN, *stranger(LATER), *itself(LATER + 2000), *stranger(LATER + 3000), network=learning
        )
        == []
    )


def test_kinds_of_messages_are_compared_with_their_own_kind():
    """Some systems ask for less when they renew; version 6 has numbers of its own."""
    told = [
        asks(1, message="request", parameters=(1, 3)),
        asks(LATER, message="inform", parameters=(1, 6, 43, 252)),
        asks(LATER + 1, version=6, message="solicit", parameters=(17, 23, 24, 39), hostname="pc"),
    ]
    assert found(*OWN, *told[:2]) == []
    assert found(*OWN, told[0], asks(LATER, message="request", parameters=(1, 3))) == []


@pytest.mark.parametrize(
    "shape",
    [
        {"away": 1},
        {"server": True},
        {"options": "M"},
        {"options": ""},
        {"src": Ip("192.168.1.77")},
        {"src": Ip("2001:db8::10")},
        {"ttl": 128, "options": "M,N,W,N,N,S,34,30"},
    ],
    ids=str,
)
def test_a_shape_that_says_nothing_of_the_machine_itself_does_not_count(shape):
    """Passed on, an answer, a scanner's, another's behind it, version 6, or a program's option."""
    strange = {"ttl": 64, "options": LINUX} | shape
    told = [asks(LATER, hostname="RADIO"), opens(LATER + 1, **strange)]
    assert found(*OWN, *told) == []


def test_a_gateway_is_left_out():
    """What comes from it is of many."""
    advert = RouterAdvertised(at=2, mac=ALICE, ip=Ip("fe80::1"), lifetime=1800, prefixes=(), dns=())
    assert found(*OWN, advert, *stranger(LATER)) == []


def test_a_telephone_with_a_made_up_address_counts_only_once_it_is_approved():
    """Nobody knows whose it is."""

    def phone(at: float, **how) -> list[Fact]:
        return [asks(at, mac=PHONE, **how)]

    told = [*phone(0), *phone(LATER, hostname="kali", parameters=(1, 28, 2))]
    assert found(*told) == []
    approved = inventory(standing=Standing(known={PHONE: Known(approved=True)}))
    assert [alert.about for alert in found(*told, network=approved)] == [PHONE]


def test_after_a_restart_names_and_lists_are_still_known():
    """They are in the device's evidence; how it opens conversations is learnt anew."""
    before = inventory()
    found(*OWN, network=before)
    after = inventory()
    after.restore(before.learnt())
    assert found(*itself(LATER), network=after) == []
    again = inventory()
    again.restore(before.learnt())
    assert [alert.about for alert in found(*stranger(LATER), network=again)] == [ALICE]


def test_a_repeater_that_asks_for_all_behind_it_is_no_other_machine():
    """Under its own hardware address, each time with other words."""
    told = [
        asks(1800 * turn, hostname=f"telephone-{turn}", parameters=(1, 3, turn))
        for turn in range(20)
    ]
    assert found(claims(0), *told[:3], *told[3:], settle=5000.0) == []
