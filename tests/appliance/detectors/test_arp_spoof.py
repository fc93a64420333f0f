"""An address in use is claimed by another."""

from appliance.detectors.arp_spoof import ArpSpoof, Limits
from appliance.facts import AddressAsked, AddressClaim, DhcpOffered
from appliance.model import Ip, Mac
from tests.kit.check import alerts, flow

GATEWAY, ALICE, MALLORY = (Mac(f"02:00:00:00:00:{end}") for end in ("01", "0a", "66"))
GATEWAY_IP, ALICE_IP = Ip("192.168.1.1"), Ip("192.168.1.10")
ALL = Mac("ff:ff:ff:ff:ff:ff")


def claim(at: float, mac: Mac, ip: Ip, *, answer: bool = True) -> AddressClaim:
    return AddressClaim(at=at, mac=mac, sender=mac, ip=ip, to=ALL, answer=answer)


def asked(at: float, mac: Mac, ip: Ip, wanted: Ip) -> AddressAsked:
    return AddressAsked(at=at, mac=mac, ip=ip, wanted=wanted)


def detector() -> ArpSpoof:
    return ArpSpoof(Limits())


def test_a_claim_on_a_held_address_that_the_holder_contests_is_found():
    """The gateway claims its address back, and the thief is accused, not the gateway."""
    found = alerts(
        detector(),
        claim(0, GATEWAY, GATEWAY_IP),
        claim(5, MALLORY, GATEWAY_IP),
        claim(6, GATEWAY, GATEWAY_IP),
    )
    assert [(alert.about, alert.words["owner"]) for alert in found] == [(MALLORY, GATEWAY)]


def test_a_thief_that_insists_while_the_holder_is_heard_is_found():
    """Three claims in four seconds, and the holder goes on working meanwhile."""
    found = alerts(
        detector(),
        claim(0, ALICE, ALICE_IP),
        claim(10, MALLORY, ALICE_IP),
        flow(11, ALICE, ALICE_IP, "192.168.1.5", 445),
        claim(12, MALLORY, ALICE_IP),
        claim(14, MALLORY, ALICE_IP),
    )
    assert [alert.about for alert in found] == [MALLORY]


def test_a_repeater_that_passes_a_machines_questions_on_is_no_thief():
    """Each under the repeater's hardware address, a moment behind; an answer is no echo."""
    said = [
        claim(at + late, mac, ALICE_IP, answer=False)
        for at in (0, 4, 8, 600, 604, 608)
        for mac, late in ((ALICE, 0), (MALLORY, 0.00006))
    ]
    assert alerts(detector(), *said) == []
    assert alerts(detector(), *said[:7], claim(9, MALLORY, ALICE_IP, answer=False), said[8]) == []
    answers = [claim(at + 0.001, MALLORY, ALICE_IP) for at in (0, 4, 8)]
    mixed = sorted([*said[:6:2], *answers], key=lambda each: each.at)
    assert [alert.about for alert in alerts(detector(), *mixed)] == [MALLORY]


def test_a_thief_of_two_addresses_is_found_sooner():
    """Standing in the middle means claiming both ends."""
    found = alerts(
        detector(),
        claim(0, GATEWAY, GATEWAY_IP),
        claim(0.1, ALICE, ALICE_IP),
        claim(5, MALLORY, GATEWAY_IP),
        claim(5.1, MALLORY, ALICE_IP),
        flow(5.5, ALICE, ALICE_IP, "192.168.1.5", 445),
        claim(6, MALLORY, ALICE_IP),
    )
    assert [alert.about for alert in found] == [MALLORY]


def test_a_thief_who_was_there_first_is_told_from_the_holder_by_how_it_behaves():
    """The watch began during the attack: the thief answers unasked, and claims two addresses."""
    found = alerts(
        detector(),
        claim(0, MALLORY, GATEWAY_IP),
        claim(0.5, MALLORY, ALICE_IP),
        claim(2, MALLORY, GATEWAY_IP),
        asked(3, ALICE, ALICE_IP, GATEWAY_IP),
        claim(3.1, GATEWAY, GATEWAY_IP),
        claim(4, MALLORY, GATEWAY_IP),
    )
    assert {alert.about for alert in found} == {MALLORY}


def test_traffic_that_is_led_through_one_who_announced_itself_unasked_is_found():
    """The holder never claimed its address while we listened, but its traffic is diverted."""
    lie = AddressClaim(at=5, mac=MALLORY, sender=MALLORY, ip=GATEWAY_IP, to=ALICE, answer=True)
    outside = "93.184.216.34"
    found = alerts(
        detector(),
        flow(1, ALICE, ALICE_IP, outside, 443, peer_mac=GATEWAY),
        lie,
        flow(6, GATEWAY, outside, "192.168.1.77", 443, peer_mac=MALLORY),
        flow(7, ALICE, ALICE_IP, outside, 80, peer_mac=MALLORY, sport=50_001),
    )
    assert [(alert.about, alert.words["owner"]) for alert in found] == [(MALLORY, GATEWAY)]


def test_a_new_internet_box_that_takes_the_traffic_over_is_no_trouble():
    """Nobody hears the old one any more."""
    outside = "93.184.216.34"
    hello = AddressClaim(at=5, mac=MALLORY, sender=MALLORY, ip=GATEWAY_IP, to=ALICE, answer=True)
    found = alerts(
        detector(),
        flow(1, ALICE, ALICE_IP, outside, 443, peer_mac=GATEWAY),
        hello,
        flow(7, ALICE, ALICE_IP, outside, 80, peer_mac=MALLORY, sport=50_001),
    )
    assert found == []


def test_a_claim_garbled_on_the_way_is_no_trouble():
    """Its two hardware addresses differ."""
    garbled = AddressClaim(at=5, mac=MALLORY, sender=ALICE, ip=ALICE_IP, to=ALL, answer=False)
    found = alerts(detector(), claim(0, ALICE, ALICE_IP), garbled, claim(6, ALICE, ALICE_IP))
    assert found == []


def test_an_address_given_up_may_be_taken():
    """A claim after the holder has been silent for more than a minute is no trouble."""
    assert alerts(detector(), claim(0, ALICE, ALICE_IP), claim(61, MALLORY, ALICE_IP)) == []


def test_one_announcement_of_a_stand_in_is_no_trouble():
    """A fail-over announces itself in a burst, and the old holder stays silent."""
    assert (
        alerts(
            detector(),
            claim(0, ALICE, ALICE_IP),
            *(claim(10 + n / 10, MALLORY, ALICE_IP) for n in range(5)),
        )
        == []
    )


def test_an_address_that_the_dhcp_server_gave_to_another_card_may_change_hands():
    """A laptop moves from cable to Wi-Fi and keeps its address."""
    lease = DhcpOffered(
        at=9,
        mac=GATEWAY,
        version=4,
        message="ack",
        server=GATEWAY_IP,
        client=MALLORY,
        address=ALICE_IP,
    )
    assert (
        alerts(
            detector(),
            claim(0, ALICE, ALICE_IP),
            lease,
            *(claim(10 + n, MALLORY, ALICE_IP) for n in range(5)),
        )
        == []
    )


def test_a_machine_that_repeats_its_own_address_is_no_trouble():
    """The holder may say so as often as it likes."""
    assert alerts(detector(), *(claim(n, ALICE, ALICE_IP) for n in range(20))) == []
