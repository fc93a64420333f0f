"""Tickets that are asked for to try passwords on them at home."""

import pytest

from appliance.detectors.tickets import Haul, Most, Tickets
from appliance.facts import KerberosAnswered, KerberosAsked
from appliance.model import Ip, Mac

PC, PC_IP = Mac("02:00:00:00:00:0a"), Ip("192.168.1.10")
DC, DC_IP = Mac("02:00:00:00:00:05"), Ip("192.168.1.5")
AES, RC4 = 18, 23
WINDOWS = (18, 17, 23, 24, -135)
"""What Windows 10 likes, in its order."""


def tickets():
    most = Most(asked=3, given=5, any=20, accounts=2)
    return Tickets(most, seconds=300.0, pairs=64)


def wants(mark="a", ciphers=(RC4,), under=AES, at=1.0):
    return KerberosAsked(
        at=at,
        mac=PC,
        src=PC_IP,
        dst=DC_IP,
        sport=50_000,
        dport=88,
        kind="ticket",
        mark=mark,
        ciphers=ciphers,
        under=under,
    )


def logs_on(*, proof, port=50_000):
    return KerberosAsked(
        at=1,
        mac=PC,
        src=PC_IP,
        dst=DC_IP,
        sport=port,
        dport=88,
        kind="logon",
        mark="a",
        proof=proof,
    )


def gets(mark="a", cipher=AES, kind="ticket", at=1.0, port=50_000):
    return KerberosAnswered(
        at=at,
        mac=DC,
        src=DC_IP,
        dst=PC_IP,
        sport=88,
        dport=port,
        kind=kind,
        mark=mark,
        cipher=cipher,
    )


def hauls(facts):
    watched = tickets()
    asked = (
        watched.ask(it) if isinstance(it, KerberosAsked) else watched.answer(it) for it in facts
    )
    return [haul for haul in asked if haul]


def test_rc4_wanted_for_three_services_is_a_haul():
    assert hauls(wants(mark) for mark in "abc") == [Haul.WEAK]


def test_the_same_service_asked_for_again_and_again_is_none():
    """An old device renews its ticket."""
    assert hauls(wants("a", at=float(n)) for n in range(50)) == []


@pytest.mark.parametrize("ciphers", [WINDOWS, (18,), (18, 17, 23), ()])
def test_who_likes_aes_better_collects_nothing(ciphers):
    assert hauls(wants(mark, ciphers) for mark in "abcdef") == []


def test_where_the_whole_domain_is_old_rc4_is_no_sign():
    assert hauls(wants(mark, under=RC4) for mark in "abcdef") == []
    assert hauls(gets(mark, RC4) for mark in "abcdef") == []


def test_rc4_given_for_five_services_by_a_controller_that_has_aes_is_a_haul():
    weak = [gets(mark, RC4) for mark in "bcdef"]
    assert hauls([gets("a"), *weak]) == [Haul.WEAK]
    assert hauls([gets("a"), *weak[:4]]) == []


def test_slowly_is_not_together():
    assert hauls(wants(mark, at=400.0 * n) for n, mark in enumerate("abcdef")) == []


def test_a_service_whose_name_is_not_in_hand_does_not_count():
    assert hauls(wants("", at=float(n)) for n in range(9)) == []


def test_accounts_let_in_without_a_proof_are_counted():
    facts = [fact for who in "ab" for fact in (logs_on(proof=False), gets(who, kind="logon"))]
    assert hauls(facts) == [Haul.UNPROVEN]


def test_a_proof_that_comes_second_is_the_usual_way():
    """The first try says only what is possible, in the same conversation or another."""
    usual = [logs_on(proof=False), logs_on(proof=True)]
    facts = [fact for who in "abc" for fact in (*usual, gets(who, kind="logon"))]
    assert hauls(facts) == []
    apart = [logs_on(proof=False, port=1), logs_on(proof=True, port=2)]
    facts = [fact for who in "abc" for fact in (*apart, gets(who, kind="logon", port=2))]
    assert hauls(facts) == []
