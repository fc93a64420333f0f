"""Which hardware addresses are one device, by evidence."""

import pytest

from appliance.decisions import Known, Standing
from appliance.facts import AddressClaim, DeviceAppeared, DhcpAsked, RouterAdvertised, Tick
from appliance.inventory.inventory import Inventory
from appliance.inventory.joins import MINUTES, PARTS, SILENT, identity
from appliance.model import Ip, Mac, Trust
from tests.kit.check import flow, inventory

CABLE, WIRELESS, THIRD = (Mac(f"f8:bc:12:00:00:{end}") for end in ("0a", "0b", "0c"))
GATEWAY = Mac("02:00:00:00:00:01")
DUID = "000100012c5a11e0f8bc12100042"
LIST = (1, 3, 6, 15, 31, 33)


def asks(at: float, mac: Mac, card: str = "11100042", duid: str = DUID, **how) -> DhcpAsked:
    said = {
        "version": 4,
        "message": "discover",
        "hostname": "PC-7",
        "vendor_class": "MSFT 5.0",
        "client_id": f"ff{card}{duid}",
        "parameters": LIST,
    }
    return DhcpAsked(at=at, mac=mac, **(said | how))


def claims(at: float, mac: Mac, ip: str) -> AddressClaim:
    return AddressClaim(at=at, mac=mac, sender=mac, ip=Ip(ip), to=GATEWAY, answer=True)


def told(*facts, network: Inventory | None = None):
    network = network or inventory()
    news = [each for fact in facts for each in network.learn(fact)]
    return network, [each for each in news if isinstance(each, DeviceAppeared)]


def listed(network: Inventory) -> list[tuple[Mac, tuple[Mac, ...]]]:
    return [(device.mac, device.also) for device in network.devices()]


def works(mac: Mac, at: float):
    ip = f"192.168.1.{int(mac[-2:], 16)}"
    return flow(at, mac, ip, "192.168.1.5", 445, peer_mac=GATEWAY)


def test_a_machine_that_changes_its_card_is_one_device():
    """The same DUID, name and fingerprint, and the first card has fallen silent."""
    network, _ = told(asks(0, CABLE), asks(100, WIRELESS, card="22200042"))
    assert listed(network) == [(CABLE, (WIRELESS,))]
    assert network.device(WIRELESS) == network.device(CABLE)


def test_a_newcomer_that_is_somebody_known_is_told_of_as_that_one():
    """Before anything is told: the first that it says is often its question for an address."""
    standing = Standing(known={CABLE: Known(approved=True, name="Accueil", role="workstation")})
    network, news = told(asks(0, CABLE), asks(100, WIRELESS), network=inventory(standing=standing))
    assert [(each.mac, each.device.mac, each.device.trust) for each in news] == [
        (CABLE, CABLE, Trust.APPROVED),
        (WIRELESS, CABLE, Trust.APPROVED),
    ]
    assert network.device(WIRELESS).given_name == "Accueil"


def test_the_role_of_a_device_holds_for_all_its_addresses():
    """A sensor may not talk outside by its second card either."""
    standing = Standing(known={CABLE: Known(role="sensor", hosts=("203.0.113.9",))})
    network, _ = told(asks(0, CABLE), asks(100, WIRELESS), network=inventory(standing=standing))
    assert network.confined(WIRELESS)
    assert network.may_reach(WIRELESS, Ip("203.0.113.9"))
    assert not network.may_reach(WIRELESS, Ip("203.0.113.10"))


@pytest.mark.parametrize(
    "other",
    [
        {"duid": "000100012c5a11e0f8bc12100099"},
        {"hostname": "PC-8"},
        {"parameters": (1, 3, 6)},
        {"vendor_class": "MSFT 5.1"},
    ],
    ids=lambda other: next(iter(other)),
)
def test_what_differs_in_anything_is_not_joined(other):
    """Identifier, name and fingerprint must all be equal."""
    network, _ = told(asks(0, CABLE), asks(100, WIRELESS, **other))
    assert [mac for mac, _ in listed(network)] == [CABLE, WIRELESS]


@pytest.mark.parametrize(
    "missing",
    [
        {"client_id": ""},
        {"client_id": "01f8bc12100042"},
        {"client_id": "00" + "41" * 16},
        {"client_id": f"ff11100042{'0' * 28}"},
        {"client_id": "ff11100042000300"},
        {"hostname": ""},
        {"parameters": ()},
        {"vendor_class": ""},
    ],
    ids=lambda missing: f"{next(iter(missing))}={next(iter(missing.values()))}",
)
def test_what_lacks_anything_proves_nothing(missing):
    """Nor does an identifier that is only the hardware address, or the same for many machines."""
    assert identity(asks(0, CABLE, **missing)) == ""
    network, _ = told(asks(0, CABLE, **missing), asks(100, WIRELESS, **missing))
    assert [mac for mac, _ in listed(network)] == [CABLE, WIRELESS]


def test_the_identifier_of_version_6_counts_as_well():
    """There it is the DUID itself."""
    said = {"version": 6, "message": "solicit", "client_id": DUID, "hostname": "pc-7.cabinet.lan"}
    network, _ = told(asks(0, CABLE, **said), asks(100, WIRELESS, **said))
    assert listed(network) == [(CABLE, (WIRELESS,))]


def test_while_the_first_is_still_heard_the_newcomer_is_a_device_of_its_own():
    """Machines that were set up from one image share all three."""
    network, news = told(asks(0, CABLE), works(CABLE, 95), asks(100, WIRELESS))
    assert [each.device.mac for each in news if each.mac != GATEWAY] == [CABLE, WIRELESS]
    assert {CABLE, WIRELESS} <= {device.mac for device in network.devices()}


def test_once_the_first_has_fallen_silent_they_are_joined():
    """A laptop taken off its dock: nothing was sure in the first minute."""
    network, _ = told(asks(0, CABLE), works(CABLE, 95), asks(100, WIRELESS))
    told(works(WIRELESS, 95 + SILENT), Tick(95 + SILENT), network=network)
    assert network.device(WIRELESS).mac == CABLE


def test_two_machines_from_one_image_that_work_side_by_side_are_never_joined():
    """Not even when one of them goes home first."""
    network, _ = told(asks(0, CABLE), asks(10, WIRELESS))
    for minute in range(MINUTES + 2):
        for second in (0, 10, 20, 30):
            told(
                works(CABLE, 60 * minute + second),
                works(WIRELESS, 60 * minute + second + 5),
                network=network,
            )
    end = 60 * (MINUTES + 2)
    told(works(WIRELESS, end + 600), Tick(end + 600), asks(end + 601, WIRELESS), network=network)
    assert network.device(WIRELESS).mac == WIRELESS
    assert network.device(CABLE).mac == CABLE


def test_two_machines_from_one_image_that_were_joined_are_parted_once_both_work():
    """The second was first switched on when the other one was off; now it is told of."""
    standing = Standing(known={CABLE: Known(approved=True)})
    network, _ = told(asks(0, CABLE), asks(100, WIRELESS), network=inventory(standing=standing))
    assert network.device(WIRELESS).mac == CABLE
    news = []
    for minute in range(10, 11 + MINUTES):
        for turn, mac in enumerate((CABLE, WIRELESS, CABLE, WIRELESS)):
            news += told(works(mac, 60 * minute + 10 * turn), network=network)[1]
    assert [
        (each.mac, each.device.mac, each.device.trust) for each in news if each.mac != GATEWAY
    ] == [(WIRELESS, WIRELESS, Trust.UNKNOWN)]
    assert {("apart", CABLE)} <= {
        (each.source, each.says) for each in network.device(WIRELESS).evidence
    }


def test_made_up_addresses_are_no_excuse():
    """Virtual machines have them, and are copied, too."""
    one, other = Mac("52:54:00:00:00:0a"), Mac("52:54:00:00:00:0b")
    network, _ = told(asks(0, one), works(one, 5), asks(10, other), works(other, 12))
    assert network.device(other).mac == other


def test_cards_that_overlap_while_one_takes_over_stay_joined():
    """Docked and undocked again, now and then."""
    network, _ = told(asks(0, CABLE), asks(100, WIRELESS))
    for hour in range(1, 20):
        for turn, mac in enumerate((CABLE, WIRELESS, CABLE, WIRELESS)):
            told(works(mac, 3600 * hour + turn), network=network)
    assert network.device(WIRELESS).mac == CABLE


def test_an_identity_that_two_machines_share_joins_nobody_any_more():
    """A third card could be either's; this holds after a restart, too."""
    network, _ = told(asks(0, CABLE), asks(10, WIRELESS))
    for minute in range(MINUTES + 1):
        for turn, mac in enumerate((CABLE, WIRELESS, CABLE, WIRELESS)):
            told(works(mac, 60 * minute + 20 + turn), network=network)
    again = inventory()
    again.restore(network.learnt())
    for each in (network, again):
        told(asks(9000, THIRD), network=each)
        assert each.device(THIRD).mac == THIRD


def test_a_join_survives_a_restart_and_can_still_be_undone():
    """Every address keeps what was learnt of it."""
    before, _ = told(
        asks(0, CABLE), claims(1, CABLE, "192.168.1.10"), asks(100, WIRELESS, requested=None)
    )
    told(claims(101, WIRELESS, "192.168.1.11"), network=before)
    after = inventory()
    after.restore(before.learnt())
    assert after.devices() == before.devices()
    assert listed(after) == [(CABLE, (WIRELESS,))]
    after.heed(Standing(joined={WIRELESS: WIRELESS}))
    assert {(each.mac, each.addresses) for each in after.devices()} == {
        (CABLE, ("192.168.1.10",)),
        (WIRELESS, ("192.168.1.11",)),
    }
    told(asks(500, WIRELESS), network=after)
    assert listed(after) == [(CABLE, ()), (WIRELESS, ())]


def test_an_identity_is_recognised_after_a_restart():
    """Although the first card is not heard again."""
    before, _ = told(asks(0, CABLE))
    after = inventory()
    after.restore(before.learnt())
    told(asks(1000, WIRELESS), network=after)
    assert listed(after) == [(CABLE, (WIRELESS,))]


def test_who_is_a_gateway_is_nobodys_second_address():
    """Whatever it asks for; also when it turns out later."""
    network, _ = told(asks(0, CABLE), asks(100, WIRELESS))
    router = {"ip": Ip("fe80::1"), "lifetime": 1800, "prefixes": (), "dns": ()}
    told(RouterAdvertised(at=200, mac=WIRELESS, **router), Tick(201), network=network)
    network.heed(Standing())
    assert listed(network) == [(CABLE, ()), (WIRELESS, ())]


def test_the_device_met_first_stands_for_both():
    """Even when its identity becomes known last."""
    network, _ = told(claims(0, WIRELESS, "192.168.1.11"), asks(10, CABLE), asks(100, WIRELESS))
    assert listed(network) == [(WIRELESS, (CABLE,))]


def test_people_join_and_part_whom_they_like():
    """From one second to the next, and the addresses that nobody has heard yet as well."""
    network, _ = told(claims(0, CABLE, "192.168.1.10"))
    network.heed(Standing(joined={THIRD: CABLE}))
    assert listed(network) == [(CABLE, (THIRD,))]
    told(claims(5, THIRD, "192.168.1.12"), network=network)
    assert listed(network) == [(CABLE, (THIRD,))]
    assert network.device(THIRD).addresses == ("192.168.1.12", "192.168.1.10")
    network.heed(Standing())
    assert listed(network) == [(CABLE, ()), (THIRD, ())]


def test_what_was_joined_is_to_be_written():
    """Each address with what is its own; the device met first lists the others."""
    network, _ = told(asks(0, CABLE))
    network.take_changed()
    told(asks(100, WIRELESS), network=network)
    assert {(each.mac, each.also) for each in network.take_changed()} == {
        (CABLE, (WIRELESS,)),
        (WIRELESS, ()),
    }


def test_one_identity_has_few_addresses():
    """A machine that makes up one after the other is shown as it is, from then on."""
    network, _ = told(*(asks(100 * n, Mac(f"02:00:00:00:01:{n:02x}")) for n in range(PARTS + 3)))
    whole = network.device(Mac("02:00:00:00:01:00"))
    assert len(whole.also) == PARTS - 1
    assert len(network.devices()) == 4
