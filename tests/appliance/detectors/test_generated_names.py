"""A machine looks for many names that nobody has registered and nobody would choose."""

from random import Random

import pytest

from appliance.detectors.generated_names import GeneratedNames, Limits
from appliance.facts import NameAnswered, NameAsked
from appliance.model import Ip, Mac
from tests.kit.check import alerts

PC, SERVER, ROUTER = (Mac(f"02:00:00:00:00:{end}") for end in ("0a", "05", "01"))
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def lookup(at: float, name: str, *, code: int = 3, kind: int = 1, mac: Mac = PC, **more):
    """Give a question and its answer."""
    said = {"protocol": "dns", "name": name, "type": kind} | more
    here, there = Ip("192.168.1.9"), Ip("192.168.1.1")
    yield NameAsked(at=at, mac=mac, src=here, dst=there, **said)
    yield NameAnswered(at=at + 0.01, mac=ROUTER, src=there, dst=here, code=code, records=(), **said)


def by_lot(count: int, length: int = 12, signs: str = LETTERS, ending: str = "com"):
    draw = Random(1)  # noqa: S311 - the same names in each run
    return [f"{''.join(draw.choices(signs, k=length))}.{ending}" for _ in range(count)]


def looked_up(names, pace: float = 1.0, **more):
    return [fact for n, name in enumerate(names) for fact in lookup(n * pace, name, **more)]


def found(*told, **limits):
    made = alerts(GeneratedNames(Limits(**limits)), *told)
    return [(alert.about, alert.words["names"]) for alert in made]


def test_ten_made_up_names_that_do_not_exist_are_found():
    """Of twelve letters drawn by lot one in twenty still looks like a word."""
    assert found(*looked_up(by_lot(14))) == [(PC, "10")]


def test_a_handful_is_not():
    assert found(*looked_up(by_lot(9))) == []


def test_checksums_are_made_up_names():
    assert found(*looked_up(by_lot(20, 8, "0123456789abcdef", "top"))) != []


def test_names_that_exist_are_not_counted():
    assert found(*looked_up(by_lot(60), code=0)) == []


def test_names_that_are_asked_for_all_week_are_not():
    assert found(*looked_up(by_lot(100), pace=300)) == []


def test_misspelt_names_of_firms_are_words():
    words = ("doctolib", "ameli", "mutuelle", "dentalmonitoring", "laposte", "fournisseur")
    names = [f"{word[:n]}{word[n + 1 :]}.fr" for word in words for n in range(len(word))]
    assert found(*looked_up(names)) == []


def test_a_browsers_probes_have_no_domain():
    """Three words each time it starts."""
    assert found(*looked_up(name.removesuffix(".com") for name in by_lot(60))) == []


@pytest.mark.parametrize("suffix", ["practice.local", "cabinet.lan", "old-practice.fr"])
def test_a_suffix_that_is_added_makes_one_domain_of_all(suffix):
    assert found(*looked_up(f"{name}.{suffix}" for name in by_lot(60))) == []


@pytest.mark.parametrize("below", ["zen.spamhaus.org", "a.j.e5.sk", "s.sophosxl.net"])
def test_block_lists_and_reputation_services_are_left_alone(below):
    assert found(*looked_up(f"{name}.{below}" for name in by_lot(60))) == []


@pytest.mark.parametrize("kind", [15, 16, 12])
def test_what_senders_of_mail_claim_may_be_checked(kind):
    """MX, TXT, PTR."""
    assert found(*looked_up(by_lot(60), kind=kind)) == []


def test_a_few_odd_names_among_many_that_are_gone_are_left_alone():
    """A list of dead links, or a filter against advertising."""
    usual = [f"sourire-{a}{b}.fr" for a in ("du", "le", "mon") for b in "abcdefghijkl"]
    mixed = [
        name for pair in zip(usual, by_lot(36), strict=True) for name in (*pair, f"x-{pair[0]}")
    ]
    assert found(*looked_up(mixed)) == []


def test_names_in_other_scripts_are_not_judged():
    """Their spelling in letters looks drawn by lot."""
    assert found(*looked_up(f"xn--{name}" for name in by_lot(60))) == []


def test_names_below_a_provider_of_names_count_each():
    assert found(*looked_up(by_lot(14, ending="ddns.net"))) == [(PC, "10")]


def test_the_one_who_asked_first_is_told_of():
    """The practice's own server passes questions on, and is answered first."""
    told = []
    for n, name in enumerate(by_lot(14)):
        asks, _ = lookup(n, name)
        told += [asks, *lookup(n + 0.001, name, mac=SERVER)]
    assert found(*told) == [(PC, "10")]


def test_names_by_other_protocols_are_not_counted():
    assert found(*looked_up(by_lot(60), protocol="llmnr")) == []
