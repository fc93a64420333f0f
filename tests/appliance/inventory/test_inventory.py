"""The inventory: who is there, who holds which address, who the gateway is."""

from hypothesis import given
from hypothesis import strategies as st

from appliance.decisions import Known, Standing
from appliance.facts import (
    AddressClaim,
    AddressMoved,
    DeviceAppeared,
    DhcpAsked,
    DhcpOffered,
    RouterAdvertised,
    Tick,
)
from appliance.inventory.inventory import Inventory
from appliance.model import NO_MAC, Ip, Mac, Trust
from tests.kit.check import flow, inventory, listed

GATEWAY, NAS, ALICE, BOB, MALLORY = (
    Mac(mac)
    for mac in (
        "00:09:21:00:00:01",
        "00:11:32:00:00:05",
        "00:19:35:00:00:0a",
        "02:00:00:00:00:0b",
        "02:00:00:00:00:66",
    )
)
GATEWAY_IP, ALICE_IP = Ip("192.168.1.1"), Ip("192.168.1.10")
OUTSIDE = "93.184.216.34"


def told(*facts, network: Inventory | None = None):
    network = network or inventory()
    news = [each for fact in facts for each in network.learn(fact)]
    return network, news


def claim(at: float, mac: Mac, ip: str):
    return AddressClaim(at=at, mac=mac, sender=mac, ip=Ip(ip), to=GATEWAY, answer=True)


def lease(at: float, client: Mac, ip: str, server: Mac = GATEWAY, router: str = GATEWAY_IP):
    return DhcpOffered(
        at=at,
        mac=server,
        version=4,
        message="ack",
        server=Ip(router),
        client=client,
        address=Ip(ip),
        routers=(Ip(router),),
    )


def test_a_device_is_there_from_its_first_fact():
    """With its maker, and when it was first and last heard."""
    network, news = told(claim(5, ALICE, ALICE_IP), claim(9, ALICE, ALICE_IP))
    device = network.device(ALICE)
    assert [type(each) for each in news] == [DeviceAppeared]
    assert (device.maker, device.first_at, device.last_at) == ("Dürr Dental", 5, 9)
    assert device.addresses == (ALICE_IP,)


def test_both_ends_of_an_answered_conversation_are_devices():
    """Each with its address."""
    network, _ = told(flow(1, ALICE, ALICE_IP, "192.168.1.5", 445, peer_mac=NAS))
    assert network.device(NAS).addresses == ("192.168.1.5",)


def test_who_never_answered_is_no_device():
    """Calling a hardware address does not bring it into being."""
    network, _ = told(flow(1, ALICE, ALICE_IP, "192.168.1.5", 445, peer_mac=NAS, back=False))
    assert network.device(NAS) is None


def test_outside_hosts_are_no_devices_and_their_addresses_not_the_gateways():
    """They come with the gateway's hardware address."""
    network, _ = told(flow(1, ALICE, ALICE_IP, OUTSIDE, 443, peer_mac=GATEWAY))
    assert len(network.devices()) == 2
    assert network.device(GATEWAY).addresses == ()


def test_groups_nobody_and_the_box_itself_are_no_devices():
    """Multicast, broadcast, no address at all, our own."""
    network = inventory()
    network._roster._own = frozenset({BOB})
    for mac in ("ff:ff:ff:ff:ff:ff", "01:00:5e:00:00:fb", NO_MAC, BOB):
        network.learn(claim(1, Mac(mac), "192.168.1.9"))
    assert network.devices() == []


def test_a_made_up_address_is_marked_and_has_no_maker():
    """Telephones do that."""
    network, _ = told(claim(1, BOB, "192.168.1.11"))
    assert (network.device(BOB).randomised, network.device(BOB).maker) == (True, "")


def test_who_passes_traffic_to_the_outside_is_the_gateway():
    """Where DHCP and router advertisements are not seen."""
    network, _ = told(flow(1, ALICE, ALICE_IP, OUTSIDE, 443, peer_mac=GATEWAY))
    assert network.is_gateway(GATEWAY)
    assert network.device(GATEWAY).gateway


def test_the_router_named_by_dhcp_is_the_gateway():
    """And not one who stands in the way later."""
    network, _ = told(
        lease(1, ALICE, ALICE_IP),
        claim(2, GATEWAY, GATEWAY_IP),
        flow(3, ALICE, ALICE_IP, OUTSIDE, 443, peer_mac=MALLORY),
    )
    assert network.is_gateway(GATEWAY)
    assert not network.is_gateway(MALLORY)
    assert network.gateways.all() == {GATEWAY: GATEWAY_IP}


def test_a_router_that_comes_second_is_not_believed():
    """Neither by advertisement nor by a second DHCP server."""
    network, _ = told(
        lease(1, ALICE, ALICE_IP),
        claim(2, GATEWAY, GATEWAY_IP),
        RouterAdvertised(at=3, mac=MALLORY, ip=Ip("fe80::66"), lifetime=1800, prefixes=(), dns=()),
        claim(4, MALLORY, "192.168.1.66"),
        lease(5, BOB, "192.168.1.11", MALLORY, "192.168.1.66"),
    )
    assert not network.is_gateway(MALLORY)


def test_an_address_stays_with_its_holder_while_that_is_heard():
    """A claim by another changes nothing yet."""
    network, news = told(claim(0, ALICE, ALICE_IP), claim(30, BOB, ALICE_IP))
    assert network.holder(ALICE_IP) == ALICE
    assert not any(isinstance(each, AddressMoved) for each in news)


def test_an_address_moves_once_its_holder_was_silent():
    """After a minute."""
    network, news = told(claim(0, ALICE, ALICE_IP), claim(61, BOB, ALICE_IP))
    assert network.holder(ALICE_IP) == BOB
    assert [each for each in news if isinstance(each, AddressMoved)] == [
        AddressMoved(at=61, mac=BOB, ip=ALICE_IP, before=ALICE)
    ]
    assert network.device(ALICE).addresses == ()


def test_a_lease_moves_an_address_at_once():
    """The server decides."""
    network, _ = told(claim(0, ALICE, ALICE_IP), lease(1, BOB, ALICE_IP))
    assert network.holder(ALICE_IP) == BOB


def test_names_come_from_what_the_device_says():
    """The DHCP host name first."""
    network, _ = told(
        DhcpAsked(
            at=1,
            mac=ALICE,
            version=4,
            message="discover",
            hostname="ACCUEIL-1",
            vendor_class="MSFT 5.0",
            parameters=(1, 3, 6),
        )
    )
    device = network.device(ALICE)
    assert device.name == "ACCUEIL-1"
    assert {(each.source, each.says) for each in device.evidence} >= {
        ("dhcp", "ACCUEIL-1"),
        ("dhcp", "MSFT 5.0"),
        ("dhcp_parameters", "1,3,6"),
    }


def test_learning_ends_by_the_packets_own_clock():
    """What was there by then is learnt, what comes later is unknown."""
    network = inventory(learn_until=100)
    told(claim(1, ALICE, ALICE_IP), Tick(101), claim(102, BOB, "192.168.1.11"), network=network)
    assert (network.device(ALICE).trust, network.device(BOB).trust) == (
        Trust.LEARNT,
        Trust.UNKNOWN,
    )
    assert not network.learning


def test_only_changed_devices_are_given_and_only_once():
    """The card wears less."""
    network, _ = told(claim(1, ALICE, ALICE_IP))
    assert [device.mac for device in network.take_changed()] == [ALICE]
    told(claim(2, ALICE, ALICE_IP), network=network)
    assert network.take_changed() == []


def test_what_people_said_is_kept_apart_from_what_the_wire_shows():
    """So that a decision taken back leaves nothing behind."""
    standing = Standing(known={ALICE: Known(approved=True, name="Radio")})
    network, _ = told(claim(1, ALICE, ALICE_IP), network=inventory(standing=standing))
    assert [(each.trust, each.given_name) for each in network.devices()] == [
        (Trust.APPROVED, "Radio")
    ]
    assert [(each.trust, each.given_name) for each in network.learnt()] == [(Trust.UNKNOWN, "")]
    assert network.take_changed() == network.learnt()


def test_the_past_is_taken_up_after_a_restart():
    """A known device does not appear again, and keeps its address."""
    before, _ = told(claim(1, ALICE, ALICE_IP), lease(2, ALICE, ALICE_IP))
    after = inventory()
    after.restore(before.devices())
    _, news = told(claim(9, ALICE, ALICE_IP), network=after)
    assert news == []
    assert after.device(ALICE).first_at == 1
    assert after.device(ALICE).evidence == before.device(ALICE).evidence
    assert after.holder(ALICE_IP) == ALICE


def test_a_flood_of_made_up_addresses_leaves_the_known_devices_in_place():
    """And what was not taken in is counted."""
    network, _ = told(claim(0, ALICE, ALICE_IP))
    for number in range(500):
        network.learn(
            claim(1, Mac(f"02:aa:00:00:{number >> 8:02x}:{number & 255:02x}"), "10.0.0.1")
        )
    assert network.device(ALICE) is not None
    assert len(network.devices()) == 64
    assert network.dropped == 437


def test_passers_by_make_room_when_they_are_long_gone():
    """So that a flood does not fill the table for good."""
    network, _ = told(claim(0, ALICE, ALICE_IP), claim(5, ALICE, ALICE_IP))
    for number in range(63):
        network.learn(claim(6, Mac(f"02:aa:00:00:00:{number:02x}"), "10.0.0.1"))
    told(Tick(700), network=network)
    assert [device.mac for device in network.devices()] == [ALICE]


def test_a_router_between_two_inside_networks_does_not_hold_all_their_addresses():
    """Only as many as one device can have."""
    network = inventory()
    for number in range(100):
        network.learn(
            flow(number, ALICE, f"10.0.0.{number}", "192.168.1.5", 445, peer_mac=NAS, back=False)
        )
    assert len(network.device(ALICE).addresses) <= 16


def test_an_address_claimed_on_the_wire_is_inside_whatever_it_is():
    """Some practices were given public addresses."""
    network, _ = told(claim(1, ALICE, "147.32.80.37"))
    assert network.is_home(Ip("147.32.80.37"))
    assert not network.is_outside(Ip("147.32.80.37"))


def test_roles_and_lists_are_asked_through_the_network():
    """Detectors know neither."""
    standing = Standing(known={ALICE: Known(role="sensor", hosts=("203.0.113.9",))})
    network = inventory(standing=standing, lists=listed("bad.example", "203.0.113.66", "ab" * 20))
    assert network.confined(ALICE)
    assert not network.confined(BOB)
    assert network.may_reach(ALICE, Ip("203.0.113.9"))
    assert not network.may_reach(ALICE, Ip("203.0.113.10"))
    assert network.listed_name("www.bad.example", 0.0).entry == "bad.example"
    assert network.listed_address(Ip("203.0.113.66"), 0.0).entry == "203.0.113.66"
    assert network.listed_address(Ip("2001:db8::1"), 0.0) is None
    assert network.listed_name("", 0.0) is None
    assert network.listed_mark("ab" * 20, 0.0).source == "test"
    assert network.listed_mark("", 0.0) is None


macs = st.integers(0, 200).map(lambda n: Mac(f"02:00:00:00:00:{n:02x}"))
ips = st.integers(0, 255).map(lambda n: Ip(f"192.168.1.{n}"))


@given(st.lists(st.tuples(macs, ips, st.floats(0, 1e6)), max_size=300))
def test_every_address_has_at_most_one_holder_who_lists_it(claims):
    """Whatever is claimed in whatever order."""
    network = inventory()
    for mac, ip, at in sorted(claims, key=lambda each: each[2]):
        network.learn(claim(at, mac, ip))
    listed = [ip for device in network.devices() for ip in device.addresses]
    assert len(listed) == len(set(listed))
    assert all(network.holder(ip) for ip in listed)
