"""Which machines serve others."""

import pytest

from appliance.detectors.servers import Servers
from appliance.facts import KerberosAnswered, NetbiosTold, ShareOpened
from appliance.model import Ip, Mac

MAC, SERVER = Mac("02:00:00:00:00:05"), Ip("192.168.1.5")
DAY = 86_400.0


def opens(client, role="other", at=1.0):
    src = Ip(f"192.168.1.{client}")
    return ShareOpened(at=at, mac=MAC, src=src, dst=SERVER, sport=50_000, dport=445, role=role)


def servers(*facts):
    made = Servers(64)
    for fact in facts:
        made.note(fact)
    return made


def test_whose_shares_two_others_use_serves():
    assert servers(opens(10), opens(11)).serves(SERVER, 2.0)
    assert not servers(opens(10), opens(10)).serves(SERVER, 2.0)


@pytest.mark.parametrize("role", ["admin", "ipc", "printer"])
def test_shares_that_every_windows_has_make_no_server(role):
    assert not servers(opens(10, role), opens(11, role)).serves(SERVER, 2.0)


def test_after_a_day_without_users_it_serves_no_more():
    assert not servers(opens(10), opens(11)).serves(SERVER, 2 * DAY)


def test_who_answers_kerberos_is_a_controller():
    answer = KerberosAnswered(
        at=1, mac=MAC, src=SERVER, dst=Ip("192.168.1.10"), sport=88, dport=1, kind="error"
    )
    assert servers(answer).is_controller(SERVER)
    assert servers(answer).serves(SERVER, 2.0)


def test_whose_logon_scripts_and_policies_are_fetched_is_a_controller():
    assert servers(opens(10, "domain")).is_controller(SERVER)
    assert not servers(opens(10, "backup")).is_controller(SERVER)


@pytest.mark.parametrize(("role", "is_one"), [("domain_controller", True), ("server", False)])
def test_who_announces_itself_as_one_is_a_controller(role, is_one):
    fact = NetbiosTold(at=1, mac=MAC, src=SERVER, roles=(role,))
    assert servers(fact).is_controller(SERVER) is is_one
