"""Data leaves, or comes in, hidden in questions for host names."""

from hashlib import sha256

import pytest

from appliance.detectors.dns_tunnel import DnsTunnel, Limits
from appliance.facts import NameAnswered, NameAsked, Record
from appliance.model import Ip, Mac
from tests.kit.check import alerts

PC, SERVER = Mac("02:00:00:00:00:0a"), Mac("02:00:00:00:00:05")
A, NULL, CNAME, TXT, SRV = 1, 10, 5, 16, 33


def ask(at: float, name: str, kind: int = TXT, mac: Mac = PC, **more):
    said = {"protocol": "dns", "name": name, "type": kind} | more
    return NameAsked(at=at, mac=mac, src=Ip("192.168.1.9"), dst=Ip("192.168.1.1"), **said)


def answer(at: float, name: str, *texts: str, kind: int = TXT, value: str = ""):
    return NameAnswered(
        at=at,
        mac=SERVER,
        src=Ip("192.168.1.1"),
        dst=Ip("192.168.1.9"),
        protocol="dns",
        name=name,
        type=kind,
        code=0,
        records=(Record(name, kind, value, 0, texts),),
    )


def drawn(number: int, length: int = 30) -> str:
    return sha256(str(number).encode()).hexdigest()[:length]


def names(count: int = 60, length: int = 30, below: str = "evil.example"):
    return [f"{drawn(number, length)}.{below}" for number in range(count)]


def found(*told, **limits):
    made = alerts(DnsTunnel(Limits(**limits)), *told)
    return [(alert.about, alert.words["domain"], alert.words["names"]) for alert in made]


def asked(told, kind: int = TXT, pace: float = 0.5, **more):
    return [ask(number * pace, name, kind, **more) for number, name in enumerate(told)]


def test_forty_long_names_below_one_domain_are_a_tunnel():
    """As texts; they carry thirty characters each."""
    assert found(*asked(names(40))) == [(PC, "evil.example", "40")]


def test_thirty_nine_are_not():
    assert found(*asked(names(39))) == []


def test_what_goes_on_is_one_alert_that_counts_on():
    assert found(*asked(names(200))) == [(PC, "evil.example", "200")]


def test_a_name_that_is_repeated_carries_nothing_new():
    """A program that fails asks again and again."""
    assert found(*asked(names(5) * 100)) == []


@pytest.mark.parametrize(("kind", "length"), [(NULL, 5), (65_399, 5), (TXT, 12), (A, 60)])
def test_what_must_be_carried_depends_on_the_type(kind, length):
    """Nobody asks for NULL; pages have short names, and addresses."""
    assert found(*asked(names(300, length), kind, 0.1)) != []


@pytest.mark.parametrize(("kind", "length"), [(TXT, 5), (A, 40), (28, 40), (65, 40)])
def test_shorter_names_of_daily_types_are_daily_life(kind, length):
    assert found(*asked(names(300, length), kind, 0.1)) == []


def test_long_answers_count_for_short_questions():
    """A program is fetched, piece by piece."""
    told = []
    for number in range(50):
        name = f"{number:03}.s.evil.example"
        told += [ask(number, name), answer(number + 0.1, name, drawn(number, 64) * 3)]
    assert found(*told) == [(PC, "evil.example", "40")]


def test_an_answer_nobody_asked_for_is_not_held_against_anybody():
    told = [answer(n, f"{n}.evil.example", drawn(n, 64) * 3) for n in range(60)]
    assert found(*told) == []


def test_a_slow_trickle_is_none():
    """One a minute."""
    assert found(*asked(names(200), pace=60)) == []


def test_each_domain_is_weighed_alone():
    """Sixty domains with one such name each."""
    assert found(*asked(f"{drawn(n)}.evil{n}.example" for n in range(60))) == []


def test_each_machine_is_weighed_alone():
    macs = [Mac(f"02:00:00:00:01:{n:02x}") for n in range(20)]
    assert found(*(ask(n, name, mac=macs[n % 20]) for n, name in enumerate(names(100)))) == []


def test_the_one_who_asked_first_is_told_of():
    """The practice's own server passes all questions on."""
    told = []
    for number, name in enumerate(names(50)):
        told += [ask(number, name), ask(number + 0.1, name, mac=SERVER)]
    assert [who for who, *_ in found(*told)] == [PC]


def test_owners_below_a_countrys_suffix_are_apart():
    told = asked(f"{drawn(n)}.firm{n % 30}.co.uk" for n in range(90))
    assert found(*told) == []


def test_names_without_any_domain_are_taken_together():
    """A tunnel straight to its own server needs none."""
    assert found(*asked(f"tunnel.{drawn(n)}" for n in range(50))) == [(PC, "?", "40")]


@pytest.mark.parametrize(
    "below", ["a.j.e5.sk", "s.sophosxl.net", "avqs.mcafee.com", "hash.cymru.com", "cloudfront.net"]
)
def test_services_that_ask_by_name_are_left_alone(below):
    """Reputation of files, content networks."""
    assert found(*asked(names(300, 60, below), pace=0.1)) == []


@pytest.mark.parametrize(
    "name",
    [
        "{n}.50.168.192.in-addr.arpa",
        "{n}.0.0.127.unheard-of-list.example",
        "_ldap._tcp.{drawn}.domains._msdcs.practice.local",
    ],
)
def test_addresses_and_services_carry_nothing(name):
    told = asked((name.format(n=n, drawn=drawn(n)) for n in range(250)), pace=0.1)
    assert found(*told) == []


@pytest.mark.parametrize("protocol", ["mdns", "llmnr", "nbns"])
def test_what_neighbours_ask_each_other_is_no_tunnel(protocol):
    assert found(*asked(names(), protocol=protocol)) == []


def test_dozens_of_texts_of_one_server_of_mail_are_no_tunnel():
    """Keys of signatures, and who may send."""
    told = [ask(n, f"selector{n}._domainkey.firm.example") for n in range(100)]
    told += [answer(n, f"_dmarc.firm{n}.example", "v=DMARC1; " * 20) for n in range(100)]
    assert found(*sorted(told, key=lambda fact: fact.at)) == []
