"""Passwords are tried until one fits."""

import pytest

from appliance.detectors.brute_force import BruteForce, Limits
from appliance.facts import (
    AddressClaim,
    BannerHeard,
    HttpAnswered,
    LogonAsked,
    LogonJudged,
    RdpAnswered,
)
from appliance.model import Ip, Mac, Severity
from tests.kit.check import NEVER_OPEN, alerts, flow

PC, NAS, ROUTER = (Mac(f"02:00:00:00:00:{end}") for end in ("0a", "05", "01"))
PC_IP, NAS_IP, OUTSIDE = Ip("192.168.1.10"), Ip("192.168.1.5"), Ip("93.184.216.34")
HOUR = 3600.0


def here(mac, ip):
    return AddressClaim(at=0, mac=mac, sender=mac, ip=ip, to=ROUTER, answer=True)


KNOWN = (here(PC, PC_IP), here(NAS, NAS_IP), here(ROUTER, Ip("192.168.1.1")))


def asked(at=1, protocol="smb", account="a", port=50_000, src=PC_IP, proof=True):
    return LogonAsked(
        at=at,
        mac=PC,
        src=src,
        dst=NAS_IP,
        sport=port,
        dport=445,
        protocol=protocol,
        account=account,
        proof=proof,
    )


def judged(at=1, protocol="smb", port=50_000, dst=PC_IP, ok=False):
    return LogonJudged(
        at=at, mac=NAS, src=NAS_IP, dst=dst, sport=445, dport=port, protocol=protocol, succeeded=ok
    )


def page(status, at=1):
    return HttpAnswered(
        at=at,
        mac=NAS,
        src=NAS_IP,
        dst=PC_IP,
        sport=445,
        dport=50_000,
        status=status,
        content_type="",
        server="",
    )


def tried(count, at=1.0, every=1.0, ok=False, **how):
    """Give *count* questions with their answers."""
    for number in range(count):
        when = at + number * every
        yield asked(when, **how)
        yield judged(when, how.get("protocol", "smb"), ok=ok)


def talk(at, port=22, said=4000, sport=50_000):
    """Give a conversation that opens, says so much and ends."""
    whole = flow(at, PC, PC_IP, NAS_IP, port, peer_mac=NAS, sport=sport, flags_out=0x1B)
    fields = {name: getattr(whole, name) for name in whole.__struct_fields__}
    return type(whole)(**fields | {"payload_out": said // 2, "payload_in": said - said // 2})


def told(*facts, night=None):
    return alerts(BruteForce(Limits()), *KNOWN, *facts, hours=night)


def found(*facts):
    return [(it.about, it.severity, it.words["tries"], it.words["entered"]) for it in told(*facts)]


WARNED = [(PC, Severity.WARNING, "20", "0")]


def test_twenty_refusals_within_five_minutes_are_found():
    assert found(*tried(20)) == WARNED
    (alert,) = told(*tried(20))
    assert alert.words["protocol"] == "SMB"
    assert (alert.words["client"], alert.words["target"]) == (PC, NAS)
    assert (alert.src_ip, alert.dest_ip) == (PC_IP, NAS_IP)


def test_a_domain_controller_is_guarded_too():
    """Kerberos asks without a proof first, and refuses what comes second."""
    facts = [
        fact
        for n in range(20)
        for fact in (
            asked(n + 1, "kerberos", proof=False),
            asked(n + 1, "kerberos"),
            judged(n + 1, "kerberos"),
        )
    ]
    (alert,) = told(*facts)
    assert (alert.words["protocol"], alert.words["tries"]) == ("Kerberos", "20")


def test_a_mistyped_password_is_nothing():
    assert found(*tried(3), asked(5), judged(5, ok=True)) == []


def test_a_success_after_them_is_the_danger():
    assert found(*tried(25), asked(30), judged(30, ok=True)) == [(PC, Severity.DANGER, "25", "1")]


def test_a_success_long_after_them_is_not():
    later = 26 + Limits().follows + 60
    assert found(*tried(20), asked(later), judged(later, ok=True)) == WARNED


def test_a_success_of_an_account_that_was_let_in_before_is_not():
    """Somebody corrected a password."""
    before = (asked(0.1), judged(0.2, ok=True))
    assert found(*before, *tried(20), asked(30), judged(30, ok=True)) == WARNED


def test_a_printer_with_an_outdated_password_is_nothing():
    """One refusal every few minutes, for days; a mail program, each minute."""
    assert found(*tried(500, every=180.0)) == []
    assert found(*tried(500, every=60.0, protocol="imap")) == []


def test_five_accounts_within_half_an_hour_are_found():
    names = (tried(1, at=300.0 * n, account=f"a{n}") for n in range(5))
    (alert,) = told(*(fact for name in names for fact in name))
    assert (alert.severity, alert.words["accounts"], alert.words["tries"]) == (
        Severity.WARNING,
        "5",
        "5",
    )
    slow = (tried(1, at=900.0 * n, account=f"a{n}") for n in range(9))
    assert told(*(fact for name in slow for fact in name)) == []


def test_what_goes_on_is_told_once_a_minute():
    (alert,) = told(*tried(200))
    assert alert.count == 4
    assert alert.words["tries"] == "200"


@pytest.mark.parametrize("protocol", ["ftp", "pop3", "imap"])
def test_where_an_answer_may_mean_anything_a_password_must_have_been_offered(protocol):
    assert found(*(judged(n, protocol) for n in range(40))) == []
    assert found(*(asked(n, protocol, proof=False) for n in range(40))) == []
    assert found(*tried(20, protocol=protocol)) == WARNED


@pytest.mark.parametrize("protocol", ["smb", "tds", "ldap", "mysql", "postgresql", "telnet"])
def test_elsewhere_a_refusal_speaks_for_itself(protocol):
    """As when the question was encrypted."""
    assert found(*(judged(n, protocol) for n in range(20))) == WARNED


def test_a_yes_to_a_name_alone_is_no_success():
    """POP3 says +OK to the name; the password comes after."""
    facts = []
    for n in range(21):
        facts += [asked(n, "pop3", "a", proof=False), judged(n, "pop3", ok=True)]
        facts += [asked(n, "pop3", "", proof=True), judged(n, "pop3", ok=n == 20)]
    assert found(*facts) == [(PC, Severity.DANGER, "20", "1")]


def test_anonymous_visits_are_not_counted():
    assert found(*tried(40, protocol="ftp", account="anonymous")) == []


def test_pages_that_refuse_a_password_count_and_others_do_not():
    """A page that asks again with a session that has ended brings no password."""
    polled = (page(401, n) for n in range(60))
    assert found(*polled) == []
    tries = [fact for n in range(20) for fact in (asked(n, "http"), page(401, n))]
    assert found(*tries) == WARNED
    assert found(*tries, asked(25, "http"), page(404, 25)) == WARNED
    entered = found(*tries, asked(25, "http"), page(302, 25))
    assert entered == [(PC, Severity.DANGER, "20", "1")]


def test_small_conversations_by_ssh_are_tries():
    calls = [talk(n, sport=50_000 + n) for n in range(6)]
    assert found(*calls[:5]) == []
    assert found(*calls) == [(PC, Severity.WARNING, "6", "0")]
    large = talk(60, said=30_000, sport=51_000)
    assert found(*calls, large) == [(PC, Severity.DANGER, "6", "1")]


def test_ssh_is_known_by_its_greeting_on_any_port():
    greeting = BannerHeard(
        at=0,
        mac=NAS,
        src=NAS_IP,
        dst=PC_IP,
        sport=902,
        dport=50_000,
        protocol="ssh",
        server=True,
        says="",
    )
    calls = [talk(n, 902, sport=50_000 + n) for n in range(6)]
    assert found(*calls) == []
    assert found(greeting, *calls) == [(PC, Severity.WARNING, "6", "0")]


def test_programs_that_enter_by_ssh_every_day_are_not_found():
    """Once a large conversation was seen, small ones are their work; greetings alone are none."""
    assert found(talk(0, said=30_000), *(talk(n, sport=50_000 + n) for n in range(1, 60))) == []
    assert found(*(talk(n, said=60, sport=50_000 + n) for n in range(60))) == []


def test_remote_desktops_are_tried_likewise():
    calls = [talk(n, 3389, sport=50_000 + n) for n in range(12)]
    assert found(*calls[:11]) == []
    assert found(*calls) == [(PC, Severity.WARNING, "12", "0")]
    answer = RdpAnswered(
        at=0, mac=NAS, src=NAS_IP, dst=PC_IP, sport=3390, protocol="tls", failure=0
    )
    moved = (talk(n, 3390, sport=50_000 + n) for n in range(12))
    assert found(answer, *moved) == [(PC, Severity.WARNING, "12", "0")]


def test_a_conversation_that_began_before_the_box_listened_is_not_judged():
    whole = talk(1, said=30_000)
    fields = {name: getattr(whole, name) for name in whole.__struct_fields__}
    old = type(whole)(**fields | {"opened": False})
    calls = [talk(n, sport=50_001 + n) for n in range(6)]
    assert found(*calls, old) == [(PC, Severity.WARNING, "6", "0")]


def test_a_guesser_outside_is_told_as_the_trouble_of_the_server_here():
    facts = []
    for n in range(20):
        facts += [asked(n, src=OUTSIDE), judged(n, dst=OUTSIDE)]
    (alert,) = told(*facts)
    assert (alert.about, alert.words["client"]) == (NAS, OUTSIDE)


def test_two_clients_are_not_added_up():
    """Each has its own count, and so has each protocol."""
    other = Ip("192.168.1.11")
    facts = []
    for n in range(15):
        facts += [asked(n), judged(n), asked(n, src=other), judged(n, dst=other)]
        facts += [asked(n, "mysql", port=51_000), judged(n, "mysql", port=51_000)]
    assert found(*facts) == []


def test_at_night_many_accounts_are_a_danger_and_one_is_not():
    """A program with an old password tries all night; nobody is there to mistype five."""
    (one,) = told(*tried(20, account="backup"), night=NEVER_OPEN)
    assert (one.severity, one.at_night) == (Severity.WARNING, True)
    names = (tried(1, at=300.0 * n, account=f"a{n}") for n in range(5))
    (many,) = told(*(fact for name in names for fact in name), night=NEVER_OPEN)
    assert (many.severity, many.at_night) == (Severity.DANGER, True)


def test_the_other_side_is_the_server_for_a_client_here():
    (alert,) = told(*tried(20))
    assert alert.peers == (NAS,)
