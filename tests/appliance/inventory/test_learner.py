"""From facts to what is known: whom a fact is about, contacts, floods."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.facts import (
    AddressClaim,
    DhcpAsked,
    DicomAssociated,
    Fact,
    NeighbourTold,
    NtlmHeard,
    ShareOpened,
    SsdpHeard,
    Tick,
    TlsHello,
)
from appliance.inventory.contacts import DOWNLOAD
from appliance.inventory.evidence import OF_ONE_SOURCE, PIECES
from appliance.inventory.inventory import Inventory
from appliance.model import Ip, Mac, Table
from tests.kit.anything import facts_of
from tests.kit.check import flow, inventory
from tests.kit.made import ALICE, ALICE_IP, BOB, BOB_IP, OUTSIDE, ROUTER, ROUTER_IP, made

FAR = Ip("10.0.0.9")
"""An inside address behind a router."""
UPDATES = "au.download.windowsupdate.com"


def claim(at: float, mac: Mac, ip: str) -> AddressClaim:
    return made(AddressClaim, at=at, mac=mac, sender=mac, ip=Ip(ip))


@pytest.fixture
def practice() -> Inventory:
    """Give a network whose gateway is known, with Alice and Bob."""
    network = inventory()
    for mac, ip in ((ROUTER, ROUTER_IP), (ALICE, ALICE_IP), (BOB, BOB_IP)):
        network.learn(claim(0, mac, ip))
    network.learn(flow(1, ALICE, ALICE_IP, OUTSIDE, 443, peer_mac=ROUTER))
    return network


def evidence(network: Inventory, mac: Mac) -> set[tuple[str, str]]:
    return {(it.source, it.says) for it in network.device(mac).evidence}


def test_the_device_around_a_port_is_heard_and_not_the_port():
    """A switch with 24 ports is one device."""
    network = inventory()
    port = Mac("00:11:32:00:00:99")
    news = network.learn(
        made(NeighbourTold, mac=port, chassis=BOB, capabilities=("bridge",), name="switch-1")
    )
    assert [each.mac for each in news] == [BOB]
    assert network.device(port) is None
    assert (network.device(BOB).kind, network.device(BOB).name) == ("switch", "switch-1")


def test_a_share_speaks_of_its_server(practice):
    """Not of who opens it."""
    practice.learn(made(ShareOpened, role="sidexis"))
    assert ("share", "sidexis") in evidence(practice, BOB)
    assert ("share", "sidexis") not in evidence(practice, ALICE)


def test_both_sides_of_an_association_are_told_apart(practice):
    """Who takes images, and who keeps them."""
    asked = {"syntaxes": ("1.2.840.10008.5.1.4.31", "1.2.840.10008.5.1.4.1.1.1.3")}
    ends = {"sport": 40_000, "dport": 104}
    practice.learn(made(DicomAssociated, kind="requested", **ends, **asked))
    practice.learn(
        made(
            DicomAssociated,
            kind="accepted",
            mac=BOB,
            src=BOB_IP,
            dst=ALICE_IP,
            sport=104,
            dport=40_000,
            agreed=True,
        )
    )
    assert practice.device(ALICE).kind == "acquisition_pc"
    assert ("dicom_service", "worklist") in evidence(practice, BOB)


def test_an_answered_port_is_evidence_of_who_answered(practice):
    """Not one that was only tried, nor one outside."""
    practice.learn(flow(2, ALICE, ALICE_IP, BOB_IP, 9100, peer_mac=BOB, payload=False))
    assert ("port", "raw_print (tcp 9100)") not in evidence(practice, BOB)
    practice.learn(flow(3, ALICE, ALICE_IP, BOB_IP, 9100, peer_mac=BOB, opened=False))
    assert ("port", "raw_print (tcp 9100)") in evidence(practice, BOB)
    practice.learn(flow(4, ALICE, ALICE_IP, OUTSIDE, 9100, peer_mac=ROUTER))
    practice.learn(flow(5, ALICE, ALICE_IP, FAR, 515, peer_mac=ROUTER))
    assert not {says for source, says in evidence(practice, ROUTER) if source == "port"}


def test_a_gateway_whose_maker_makes_boxes_is_likely_one():
    """Two signs: others reach the internet through it, and its address."""
    network = inventory()
    box = Mac("00:07:cb:00:00:01")  # Freebox SAS
    network.learn(flow(1, ALICE, ALICE_IP, OUTSIDE, 443, peer_mac=box))
    device = network.device(box)
    assert device.kind == "internet_box"
    assert {it.source for it in device.evidence if it.kind == "internet_box"} == {
        "gateway",
        "hardware_address",
    }


def test_addresses_that_routers_share_or_that_are_made_up_say_nothing():
    """VRRP, and telephones."""
    network = inventory()
    for mac in ("00:00:5e:00:01:07", "02:aa:bb:cc:dd:ee"):
        network.learn(claim(1, Mac(mac), "192.168.1.77"))
        assert network.device(Mac(mac)).evidence == ()


def test_a_call_to_a_listed_host_is_a_contact_and_may_tell_more(practice):
    """Bytes come with the conversation's deltas."""
    practice.learn(made(TlsHello, at=2.0, dst=OUTSIDE, name=UPDATES))
    practice.learn(
        made(TlsHello, at=2.0, dst=Ip("203.0.113.5"), name="settings-win.data.microsoft.com")
    )
    practice.learn(flow(3, ALICE, ALICE_IP, OUTSIDE, 443, peer_mac=ROUTER))
    practice.learn(flow(4, ALICE, ALICE_IP, OUTSIDE, 443, peer_mac=ROUTER, opened=False))
    first, second = practice.device(ALICE).contacts
    assert (first.table, first.host, first.octets_in) == (
        Table.HYGIENE,
        "windowsupdate.com",
        800,
    )
    assert (second.host, second.octets_in) == ("data.microsoft.com", 0)
    assert practice.device(ALICE).os == "Windows"


def test_a_download_is_news_for_the_store(practice):
    """Bytes alone are not: the card would be written all the time."""
    practice.learn(made(TlsHello, at=2.0, dst=OUTSIDE, name=UPDATES))
    practice.take_changed()
    practice.learn(flow(3, ALICE, ALICE_IP, OUTSIDE, 443, peer_mac=ROUTER, opened=False))
    assert practice.take_changed() == []
    for second in range(DOWNLOAD // 400 + 1):
        practice.learn(
            flow(4 + second, ALICE, ALICE_IP, OUTSIDE, 443, peer_mac=ROUTER, opened=False)
        )
    (changed,) = practice.take_changed()
    assert changed.contacts[0].loaded_at > 0


def test_updates_between_neighbours_are_a_contact_of_both(practice):
    """Answered ones, inside."""
    practice.learn(flow(2, ALICE, ALICE_IP, BOB_IP, 7680, peer_mac=BOB))
    for mac in (ALICE, BOB):
        assert [it.host for it in practice.device(mac).contacts] == ["lan:7680"]
    practice.learn(flow(3, ALICE, ALICE_IP, FAR, 7680, peer_mac=ROUTER))
    assert practice.device(ROUTER).contacts == ()


def stranger(number: int) -> Mac:
    return Mac(f"02:aa:00:00:{number >> 8:02x}:{number & 255:02x}")


def test_a_flood_of_new_addresses_neither_fills_memory_nor_hides_who_comes_to_stay(practice):
    """10,000 in ten seconds: those who were there stay, one who comes meanwhile gets in."""
    late = Mac("00:19:35:00:00:77")
    for number in range(10_000):
        at = 10 + number / 1000
        practice.learn(claim(at, stranger(number), "192.168.1.200"))
        if number % 1000 == 500:
            practice.learn(claim(at, ALICE, ALICE_IP))
            practice.learn(made(DhcpAsked, at=at, mac=late, hostname="srv-romexis"))
    for second in range(20, 25):
        practice.learn(Tick(float(second)))
        practice.learn(made(DhcpAsked, at=second, mac=late, hostname="srv-romexis"))
    assert {device.mac for device in practice.devices()} >= {ROUTER, ALICE, BOB, late}
    assert practice.device(late).name == "srv-romexis"
    assert len(practice.devices()) == 64
    assert len(practice._roster._waiting) <= 64
    assert practice.dropped >= 9_900


def test_what_passers_by_are_is_not_worked_out_until_somebody_asks():
    """A flood would cost more than it weighs."""
    network = inventory()
    network.learn(claim(1, ALICE, ALICE_IP))
    network.learn(made(SsdpHeard, at=2.0, method="notify", server="Synology"))
    assert network._roster.find(ALICE).reasons._identity is None
    assert network.device(ALICE).kind != "unknown"
    assert network._roster.find(ALICE).reasons._identity is not None


some_facts = st.lists(st.one_of([facts_of(kind) for kind in get_args(Fact)]), max_size=30)


@given(some_facts)
def test_no_fact_makes_the_inventory_raise_and_the_same_facts_give_the_same_devices(told):
    """Whatever they hold; and evidence stays within its limits."""
    one, other = inventory(), inventory()
    for fact in told:
        assert one.learn(fact) == other.learn(fact)
    assert one.devices() == other.devices()
    for device in one.devices():
        assert len(device.evidence) <= PIECES
        sources = [it.source for it in device.evidence]
        assert all(sources.count(source) <= OF_ONE_SOURCE for source in sources)


def test_a_device_goes_on_after_a_restart_without_losing_or_doubling(practice):
    """The same facts again change nothing but the times."""
    told = [
        made(DhcpAsked, at=2.0, hostname="pc-radio", vendor_class="MSFT 5.0"),
        made(NtlmHeard, at=2.0, major=10, minor=0, build=19041, machine="pc-radio"),
        made(TlsHello, at=2.0, dst=OUTSIDE, name=UPDATES),
        flow(3, ALICE, ALICE_IP, OUTSIDE, 443, peer_mac=ROUTER),
    ]
    for fact in told:
        practice.learn(fact)
    after = inventory()
    after.restore(practice.devices())
    assert after.devices() == practice.devices()
    for fact in told[:3]:
        after.learn(fact)
        practice.learn(fact)
    assert after.device(ALICE) == practice.device(ALICE)
