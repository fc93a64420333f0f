"""A password crosses the network in clear."""

import pytest

from appliance.detectors.clear_password import ClearPassword, Limits
from appliance.facts import AddressClaim, LogonAsked, NameAnswered, PasswordSeen, Record
from appliance.model import Ip, Mac, Severity
from tests.kit.check import alerts, flow

PC, NAS, ROUTER = (Mac(f"02:00:00:00:00:{end}") for end in ("0a", "05", "01"))
PC_IP, NAS_IP, OUTSIDE = Ip("192.168.1.10"), Ip("192.168.1.5"), Ip("93.184.216.34")
DAY = 86_400.0


def here(mac, ip):
    return AddressClaim(at=0, mac=mac, sender=mac, ip=ip, to=ROUTER, answer=True)


KNOWN = (
    here(PC, PC_IP),
    here(NAS, NAS_IP),
    here(ROUTER, Ip("192.168.1.1")),
    flow(0, PC, PC_IP, OUTSIDE, 443, peer_mac=ROUTER),
)


def seen(at=1, protocol="http", src=PC_IP, dst=NAS_IP, host="", mac=PC):
    return PasswordSeen(
        at=at, mac=mac, src=src, dst=dst, sport=50_000, dport=21, protocol=protocol, host=host
    )


def named(account, protocol="ftp"):
    return LogonAsked(
        at=1,
        mac=PC,
        src=PC_IP,
        dst=NAS_IP,
        sport=50_000,
        dport=21,
        protocol=protocol,
        account=account,
        proof=False,
    )


def told(*facts):
    return alerts(ClearPassword(Limits()), *KNOWN, *facts)


def found(*facts):
    return [(it.about, it.severity, it.words["protocol"], it.count) for it in told(*facts)]


def test_inside_it_is_to_be_read_some_day():
    (alert,) = told(seen())
    assert alert.severity is Severity.NOTICE
    assert alert.words == {"client": PC, "target": NAS, "protocol": "HTTP"}
    assert (alert.about, alert.src_ip, alert.dest_ip) == (PC, PC_IP, NAS_IP)


def test_to_the_outside_it_weighs_more():
    """And the server is called as the client calls it."""
    (alert,) = told(seen(dst=OUTSIDE, host="labo.example"))
    assert (alert.severity, alert.words["target"]) == (Severity.WARNING, "labo.example")


def test_without_a_host_field_the_name_that_was_asked_for_is_told():
    records = (Record("ftp.labo.example", 1, OUTSIDE, 60),)
    answer = NameAnswered(
        at=0.5,
        mac=ROUTER,
        src=Ip("192.168.1.1"),
        dst=PC_IP,
        protocol="dns",
        name="ftp.labo.example",
        type=1,
        code=0,
        records=records,
    )
    (alert,) = told(answer, seen(protocol="ftp", dst=OUTSIDE))
    assert (alert.words["target"], alert.words["protocol"]) == ("ftp.labo.example", "FTP")


def test_from_the_outside_it_is_told_as_the_trouble_of_the_server_here():
    assert found(seen(src=OUTSIDE, mac=ROUTER)) == [(NAS, Severity.WARNING, "HTTP", 1)]


def test_a_device_protocol_and_server_are_told_once_a_day():
    assert found(*(seen(at=n) for n in range(100))) == [(PC, Severity.NOTICE, "HTTP", 1)]
    hourly = (seen(at=n * 3600) for n in range(49))
    assert found(*hourly) == [(PC, Severity.NOTICE, "HTTP", 3)]


def test_other_servers_and_protocols_are_alerts_of_their_own():
    assert len(told(seen(), seen(protocol="imap"), seen(dst=OUTSIDE))) == 3


@pytest.mark.parametrize("protocol", ["ftp", "pop3"])
def test_what_anonymous_says_for_a_password_is_none(protocol):
    """Until somebody logs on after all, in the same conversation."""
    nobody = (named("anonymous", protocol), seen(protocol=protocol))
    assert found(*nobody) == []
    assert len(found(*nobody, named("a", protocol), seen(protocol=protocol))) == 1


def test_a_client_that_is_not_known_yet_is_named_by_its_sender():
    unknown = Ip("192.168.1.77")
    assert found(seen(src=unknown))[0][0] == PC
