"""One machine answers everybody's questions for names."""

import pytest

from appliance.detectors.name_poisoning import Limits, NamePoisoning
from appliance.facts import AddressClaim, NameAnswered, NameAsked, Record
from appliance.model import Ip, Mac
from tests.kit.check import alerts

ALICE, BOB, SERVER, MALLORY = (Mac(f"02:00:00:00:00:{end}") for end in ("0a", "0b", "05", "66"))
IP = {mac: Ip(f"192.168.1.{int(mac[-2:], 16)}") for mac in (ALICE, BOB, SERVER, MALLORY)}
EVERYBODY = {
    "llmnr": Ip("224.0.0.252"),
    "mdns": Ip("224.0.0.251"),
    "nbns": Ip("192.168.1.255"),
}
TYPE = {"llmnr": 1, "mdns": 1, "nbns": 32}
FORM = {"llmnr": "{}", "mdns": "{}.local", "nbns": "{}<20>"}


def asks(at: float, name: str, protocol: str = "llmnr", mac: Mac = ALICE, **more) -> NameAsked:
    said = {"dst": EVERYBODY[protocol], "type": TYPE[protocol]} | more
    name = FORM[protocol].format(name)
    return NameAsked(at=at, mac=mac, src=IP[mac], protocol=protocol, name=name, **said)


def says(
    at: float, name: str, protocol: str = "llmnr", mac: Mac = MALLORY, ip: str = "", code: int = 0
) -> NameAnswered:
    spelt, kind = FORM[protocol].format(name), TYPE[protocol]
    record = Record(spelt, kind, ip or IP[mac], 30)
    return NameAnswered(
        at=at,
        mac=mac,
        src=IP[mac],
        dst=IP[ALICE],
        protocol=protocol,
        name=spelt if protocol == "llmnr" else "",
        type=kind,
        code=code,
        records=() if code else (record,),
    )


def asked_and_answered(names, protocol: str = "llmnr", **answer):
    for n, name in enumerate(names):
        yield asks(n, name, protocol)
        yield says(n + 0.01, name, protocol, **answer)


def found(*told):
    return [(alert.about, alert.count) for alert in alerts(NamePoisoning(Limits()), *told)]


@pytest.mark.parametrize(("protocol", "enough"), [("llmnr", 2), ("nbns", 3), ("mdns", 5)])
def test_one_who_is_called_by_too_many_names_is_found(protocol, enough):
    """How many depends on how many an honest machine may have."""
    names = ("nas", "compta", "scan", "archive", "print", "photo")
    assert found(*asked_and_answered(names[:enough], protocol)) == [(MALLORY, 1)]
    assert found(*asked_and_answered(names[: enough - 1], protocol)) == []


def test_further_names_add_to_the_one_alert():
    assert found(*asked_and_answered(["a", "b", "c", "d"])) == [(MALLORY, 3)]


def test_one_that_goes_on_is_told_again_once_a_minute():
    """With no new name: so that whoever closed the alert too early hears of it."""
    told = [item for n in range(0, 130, 5) for item in (asks(n, "wpad"), says(n + 0.01, "wpad"))]
    assert found(*told) == [(MALLORY, 3)]


@pytest.mark.parametrize("protocol", EVERYBODY)
def test_whoever_says_to_be_the_proxy_is_found_at_once(protocol):
    """No machine is called that."""
    assert found(*asked_and_answered(["wpad"], protocol)) == [(MALLORY, 1)]


def test_it_is_said_who_asked_and_for_what():
    """The names asked last come first."""
    (alert,) = alerts(NamePoisoning(Limits()), *asked_and_answered(["nas", "compta"]))
    assert alert.words == {"names": "compta, nas", "asker": ALICE, "ip": IP[MALLORY]}
    assert (alert.src_ip, alert.dest_ip) == (IP[MALLORY], IP[ALICE])


def test_answers_that_lead_to_a_third_machine_count_as_well():
    """The passwords are collected elsewhere."""
    assert found(*asked_and_answered(["nas", "compta"], ip="192.168.1.67")) == [(MALLORY, 1)]


def test_a_machine_answers_for_itself_as_often_as_it_is_asked():
    told = [*asked_and_answered(["nas"] * 20, mac=SERVER)]
    told += asked_and_answered(["nas"], "mdns", mac=SERVER)
    assert found(*told, *asked_and_answered(["nas"], "nbns", mac=SERVER)) == []


def test_a_machine_with_another_name_in_each_protocol_is_honest():
    """Printers are called after their card in one and after their model in the other."""
    told = [*asked_and_answered(["npi123"], mac=SERVER)]
    assert found(*told, *asked_and_answered(["hp-laserjet"], "mdns", mac=SERVER)) == []


def test_who_answers_for_others_with_their_addresses_is_honest():
    """Name servers, repeaters, and proxies for sleeping computers."""
    told = []
    for n in range(20):
        told += [asks(n, f"pc{n}", "nbns"), says(n, f"pc{n}", "nbns", SERVER, f"192.168.1.{n}")]
        told += [asks(n, f"mac{n}x", "mdns"), says(n, f"mac{n}x", "mdns", SERVER, f"10.0.0.{n}")]
    assert found(*told) == []


def test_names_announced_before_they_are_asked_are_ones_own():
    """A file server with many names registers them, or probes for them, when it starts."""
    names = ("nas", "compta", "scan", "archive", "print", "photo")
    registered = [says(0, name, "nbns", SERVER) for name in names]
    assert found(*registered, *asked_and_answered(names, "nbns", mac=SERVER)) == []
    probed = [asks(0, name, "mdns", SERVER, type=255) for name in names]
    assert found(*probed, *asked_and_answered(names, "mdns", mac=SERVER)) == []


def test_names_that_browsers_make_up_for_a_call_are_not_counted():
    """Each call has a new one, and the other side asks for it."""
    made_up = [f"{n:08x}-0000-4000-8000-00000000000{n}" for n in range(9)]
    assert found(*asked_and_answered(made_up, "mdns", mac=SERVER)) == []


def test_a_name_taken_twice_gets_a_number_and_stays_one_name():
    """A telephone renames itself when another has its name."""
    names = ("android", "android-2", "android-3", "android-4", "android-5")
    assert found(*asked_and_answered(names, "mdns", mac=SERVER)) == []


def test_questions_to_one_server_are_its_business():
    """It was set up as such."""
    here = AddressClaim(at=0, mac=SERVER, sender=SERVER, ip=IP[SERVER], to=ALICE, answer=True)
    told = [here]
    for n in range(5):
        told += [asks(n, f"pc{n}", "nbns", dst=IP[SERVER]), says(n, f"pc{n}", "nbns", SERVER)]
    assert found(*told) == []


def test_answers_long_after_the_question_or_without_an_address_are_none():
    names = ("nas", "compta", "scan")
    late = [item for n, name in enumerate(names) for item in (asks(n, name), says(n + 9, name))]
    assert found(*late) == []
    assert found(*asked_and_answered(names, code=3)) == []


def test_what_one_asks_and_answers_itself_is_its_own():
    """Windows checks by LLMNR that nobody else has its name."""
    told = [item for name in "abc" for item in (asks(0, name, mac=MALLORY), says(0.1, name))]
    assert found(*told) == []


def test_two_names_spread_over_days_are_a_machine_that_was_renamed():
    told = [asks(0, "pc-1"), says(0, "pc-1"), asks(86_400, "accueil"), says(86_400, "accueil")]
    assert found(*told) == []


def test_questions_to_a_dns_server_are_not_judged():
    """It answers everybody's questions: that is what it is for."""
    told = []
    for n in range(9):
        name = f"a{n}.example"
        told.append(
            NameAsked(
                at=n, mac=ALICE, src=IP[ALICE], dst=IP[SERVER], protocol="dns", name=name, type=1
            )
        )
        told.append(
            NameAnswered(
                at=n,
                mac=SERVER,
                src=IP[SERVER],
                dst=IP[ALICE],
                protocol="dns",
                name=name,
                type=1,
                code=0,
                records=(Record(name, 1, IP[SERVER], 9),),
            )
        )
    assert found(*told) == []
