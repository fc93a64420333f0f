"""More new addresses or connections than a practice can have."""

from appliance.detectors.flood import Flood, Limits
from appliance.facts import AddressAsked, DhcpAsked, Tick
from appliance.model import Ip, Mac
from tests.kit.check import alerts, flow, inventory

MALLORY, NAS, ROUTER = (Mac(f"02:00:00:00:00:{end}") for end in ("66", "05", "01"))
NAS_IP, OUTSIDE = Ip("192.168.1.5"), "93.184.216.34"
SYN, ACK, RST = 0x02, 0x10, 0x04


def made_up(number: int) -> Mac:
    return Mac(f"de:ad:00:00:{number >> 8:02x}:{number & 255:02x}")


def of_a_maker(number: int) -> Mac:
    return Mac(f"f8:bc:12:00:{number >> 8:02x}:{number & 255:02x}")


def appears(at: float, mac: Mac):
    """Somebody is heard for the first time, in a conversation of its own."""
    return flow(at, mac, "192.168.1.77", "192.168.1.78", int(mac[-5:-3], 16), proto=17, back=False)


def asks(at: float, mac: Mac, sender: Mac = MALLORY) -> DhcpAsked:
    return DhcpAsked(at=at, mac=mac, version=4, message="discover", sender=sender)


def calls(count: int, span: float, **how):
    """Give *count* conversations with one port, begun within *span* seconds."""
    said = {"payload": False, "flags_out": SYN, "flags_in": SYN | ACK} | how
    src, mac = said.pop("src", "192.168.1.66"), said.pop("mac", MALLORY)
    dst = said.pop("dst", NAS_IP)
    return [
        flow(n * span / count, mac, src, dst, 445, peer_mac=NAS, sport=1024 + n, **said)
        for n in range(count)
    ]


def told(*facts, network=None, **limits):
    return alerts(Flood(Limits(**limits)), *facts, network=network)


def found(*facts, network=None, **limits):
    return [(alert.about, alert.words) for alert in told(*facts, network=network, **limits)]


def words(addresses: int = 0, requests: int = 0, calls: int = 0):
    return {"addresses": str(addresses), "requests": str(requests), "calls": str(calls)}


def test_many_new_addresses_of_no_maker_are_a_flood():
    """Thirty within a second."""
    (alert,) = told(*(appears(n / 30, made_up(n)) for n in range(30)), Tick(1.0))
    assert alert.words == words(addresses=30)


def test_one_less_or_more_slowly_is_none():
    assert found(*(appears(n / 30, made_up(n)) for n in range(29)), Tick(1.0)) == []
    slowly = [item for n in range(90) for item in (appears(n, made_up(n)), Tick(n + 0.5))]
    assert found(*slowly) == []


def test_real_devices_that_all_come_at_once_are_none():
    """After a power cut: each has a maker."""
    assert found(*(appears(n / 60, of_a_maker(n)) for n in range(60)), Tick(1.0)) == []


def test_addresses_that_the_inventory_had_no_room_for_count():
    """It refuses newcomers when it is full, and the flood goes on."""
    full = inventory()
    for n in range(64):
        full.learn(appears(0, of_a_maker(n)))
    assert found(*(appears(1, made_up(n)) for n in range(40)), Tick(2.0), network=full)


def test_addresses_that_no_card_can_have_count():
    """Those of groups, as a sender's: made up without care."""
    group = [Mac(f"01:00:5e:00:00:{n:02x}") for n in range(40)]
    assert found(*(appears(0, mac) for mac in group), Tick(1.0))


def test_ten_thousand_addresses_in_ten_seconds_are_one_alert():
    flood = []
    for n in range(10_000):
        flood.append(appears(n / 1000, made_up(n)))
        if n % 1000 == 999:
            flood.append(Tick((n + 1) / 1000))
    (alert,) = told(*flood)
    assert alert.count == 10
    assert int(alert.words["addresses"]) >= 4000


def test_clients_that_ask_for_an_address_and_say_nothing_more_are_a_flood():
    """Told of whoever sent the requests."""
    told_ = [*(asks(n, of_a_maker(n)) for n in range(20)), Tick(22.0)]
    assert found(*told_) == [(MALLORY, words(requests=20))]


def test_clients_that_use_the_address_they_got_are_none():
    """By ARP, or in any conversation."""
    network, facts = inventory(), []
    for n in range(40):
        mac = of_a_maker(n)
        facts.append(asks(n / 8, mac, sender=mac))
        if n % 2:
            facts.append(AddressAsked(at=n / 8 + 1, mac=mac, ip=None, wanted=Ip("192.168.1.9")))
        else:
            facts.append(flow(n / 8 + 1, mac, f"192.168.1.{n + 20}", OUTSIDE, 443))
    assert found(*sorted(facts, key=lambda fact: fact.at), Tick(9.0), network=network) == []


def test_clients_that_asked_just_now_are_waited_for():
    assert found(*(asks(n / 40, of_a_maker(n)) for n in range(40)), Tick(2.0)) == []


def test_clients_known_for_long_are_none():
    """They ask anew every morning; what they say may not pass here."""
    network = inventory()
    for n in range(40):
        network.learn(appears(0, of_a_maker(n)))
    later = [asks(3600 + n / 8, of_a_maker(n)) for n in range(40)]
    assert found(*later, Tick(3609.0), network=network) == []


def test_clients_that_ask_over_an_hour_are_none():
    slowly = [item for n in range(60) for item in (asks(n * 60, of_a_maker(n)), Tick(n * 60 + 4))]
    assert found(*slowly) == []


def test_a_flood_of_requests_is_one_alert_and_bounded():
    """Tools that are not careful ask a thousand times a second."""
    (alert,) = told(*(asks(n / 1000, of_a_maker(n)) for n in range(5000)), Tick(5.0), Tick(6.0))
    assert alert.words["requests"] == "1024"


def test_conversations_that_are_begun_and_never_go_on_are_a_flood():
    (alert,) = told(*calls(500, 5))
    assert (alert.about, alert.dest_ip, alert.words) == (MALLORY, NAS_IP, words(calls=500))


def test_unanswered_ones_count_and_refused_ones_need_many_more():
    """A program that calls a service which is not running is refused each time."""
    assert found(*calls(500, 5, back=False))
    assert found(*calls(2999, 5, flags_in=RST | ACK)) == []
    assert found(*calls(3000, 5, flags_in=RST | ACK))


def test_a_busy_server_is_none():
    """Two thousand whole conversations in ten seconds."""
    assert found(*calls(2000, 9, payload=True, flags_out=SYN | ACK)) == []


def test_as_many_over_a_minute_are_none():
    assert found(*calls(2000, 60)) == []


def test_many_ports_or_machines_are_a_scan_and_not_a_flood():
    ports = (flow(n / 1000, MALLORY, "192.168.1.66", NAS_IP, n, back=False) for n in range(5000))
    assert found(*ports) == []


def test_the_middle_of_conversations_is_no_beginning():
    """The box was started while they were going on."""
    assert found(*calls(4000, 5, flags_out=ACK)) == []


def test_made_up_senders_do_not_hide_who_sends_the_frames():
    spoofed = [
        flow(n / 200, MALLORY, f"192.168.1.{n % 250}", NAS_IP, 80, sport=n, flags_out=SYN)
        for n in range(600)
    ]
    assert [about for about, _ in found(*spoofed)] == [MALLORY]


def test_a_flood_from_outside_is_told_of_the_machine_that_is_called():
    """Its frames come through the gateway, which has nothing to do with it."""
    network = inventory()
    network.learn(flow(0, NAS, NAS_IP, OUTSIDE, 443, peer_mac=ROUTER))
    flood = calls(600, 5, src=OUTSIDE, mac=ROUTER)
    assert [about for about, _ in found(*flood, network=network)] == [NAS]


def test_a_flood_that_goes_out_is_told_of_its_sender():
    assert [about for about, _ in found(*calls(600, 5, dst=OUTSIDE, back=False))] == [MALLORY]


def test_unanswered_datagrams_count_and_answered_ones_do_not():
    """A name server that everybody asks answers."""
    assert found(*calls(3000, 5, proto=17, back=False))
    assert found(*calls(9000, 5, proto=17)) == []


def test_a_long_flood_is_one_alert():
    (alert,) = told(*calls(20_000, 100))
    assert alert.count > 10
