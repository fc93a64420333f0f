"""A protocol is in use that should have been given up."""

import pytest

from appliance.detectors.old_protocol import Limits, OldProtocol
from appliance.facts import AddressClaim, BannerHeard, SmbSpoken, SnmpHeard, Tick, TlsServed
from appliance.model import Ip, Mac
from tests.kit.check import alerts, flow

PC, NAS, ROUTER = (Mac(f"02:00:00:00:00:{end}") for end in ("0a", "05", "01"))
PC_IP, NAS_IP, OUTSIDE = Ip("192.168.1.10"), Ip("192.168.1.5"), Ip("93.184.216.34")
PORTS = {"sport": 445, "dport": 50_000}
DAY = 86_400.0


def here(mac: Mac, ip: Ip) -> AddressClaim:
    return AddressClaim(at=0, mac=mac, sender=mac, ip=ip, to=ROUTER, answer=True)


KNOWN = (here(PC, PC_IP), here(NAS, NAS_IP), here(ROUTER, Ip("192.168.1.1")))
OUT = (*KNOWN, flow(0, PC, PC_IP, OUTSIDE, 443, peer_mac=ROUTER))
"""Everybody is known, and so is the way out."""


def smb(at: float = 1, version: str = "1", server: bool = True, to: Ip = PC_IP) -> SmbSpoken:
    return SmbSpoken(
        at=at, mac=NAS, src=NAS_IP, dst=to, server=server, version=version, dialect=0, **PORTS
    )


def tls(version: int, src: Ip = NAS_IP, mac: Mac = NAS) -> TlsServed:
    return TlsServed(at=1, mac=mac, src=src, dst=PC_IP, sport=443, version=version, cipher=1)


def telnet(mac: Mac, src: Ip, dst: Ip, *, server: bool) -> BannerHeard:
    return BannerHeard(
        at=1, mac=mac, src=src, dst=dst, protocol="telnet", server=server, says="", **PORTS
    )


def snmp(message: str = "response", known: bool = True) -> SnmpHeard:
    return SnmpHeard(
        at=1,
        mac=NAS,
        src=NAS_IP,
        dst=PC_IP,
        version="2c",
        message=message,
        known_community=known,
    )


def told(*facts):
    return alerts(OldProtocol(Limits()), *facts)


def found(*facts):
    return [(alert.about, alert.words["protocol"], alert.count) for alert in told(*facts)]


def test_a_server_that_chooses_version_1_of_smb_is_found():
    assert found(*KNOWN, smb()) == [(NAS, "SMBv1", 1)]


def test_what_a_client_offers_and_later_versions_are_not():
    assert found(*KNOWN, smb(server=False), smb(version="2"), smb(version="3")) == []


@pytest.mark.parametrize(
    ("version", "name"), [(0x0300, "SSL 3.0"), (0x0301, "TLS 1.0"), (0x0302, "TLS 1.1")]
)
def test_a_server_that_chooses_an_old_tls_is_found(version, name):
    assert found(*KNOWN, tls(version)) == [(NAS, name, 1)]


@pytest.mark.parametrize("version", [0x0303, 0x0304, 0x7F12, 0])
def test_todays_tls_and_numbers_that_are_none_are_not(version):
    assert found(*KNOWN, tls(version)) == []


def test_telnet_is_found_by_either_side():
    """About the one who serves."""
    assert found(*KNOWN, telnet(NAS, NAS_IP, PC_IP, server=True)) == [(NAS, "Telnet", 1)]
    assert found(*KNOWN, telnet(PC, PC_IP, NAS_IP, server=False)) == [(NAS, "Telnet", 1)]


def test_snmp_counts_when_it_is_answered_with_a_password_that_everybody_knows():
    assert found(*KNOWN, snmp()) == [(NAS, 'SNMP "public"', 1)]
    assert found(*KNOWN, snmp(known=False), snmp("get"), snmp("trap")) == []


def test_of_an_outside_server_the_device_here_is_told():
    """Not the gateway, whose hardware address its frames carry."""
    (alert,) = told(*OUT, tls(0x0301, OUTSIDE, ROUTER))
    assert (alert.about, alert.src_ip, alert.dest_ip) == (PC, PC_IP, OUTSIDE)
    assert alert.words == {"protocol": "TLS 1.0", "partner": OUTSIDE, "partners": "1"}


def test_a_partner_here_is_named_by_its_hardware_address():
    """So that it is shown by the name people gave it."""
    (alert,) = told(*KNOWN, smb())
    assert (alert.words["partner"], alert.src_ip, alert.dest_ip) == (PC, NAS_IP, PC_IP)


def test_a_server_behind_a_router_here_is_told_as_its_clients_trouble():
    """Who it is cannot be seen; after a while nothing more is waited for."""
    other = Ip("10.9.9.9")
    assert found(*OUT, tls(0x0301, other, ROUTER), Tick(2.0)) == []
    assert found(*OUT, tls(0x0301, other, ROUTER), Tick(5.0)) == [(PC, "TLS 1.0", 1)]


def test_a_client_not_yet_known_is_waited_for():
    """Its address is learnt from the same second's traffic."""
    early = tls(0x0301, OUTSIDE, ROUTER)
    assert found(early, *OUT, Tick(2.0)) == [(PC, "TLS 1.0", 1)]
    assert found(early, Tick(9.0), *OUT, Tick(10.0)) == []


def test_a_partner_is_told_once_a_day():
    """However often the two talk."""
    assert found(*KNOWN, *(smb(at=n) for n in range(60))) == [(NAS, "SMBv1", 1)]
    hourly = (smb(at=hour * 3600) for hour in range(49))
    assert found(*KNOWN, *hourly) == [(NAS, "SMBv1", 3)]


def test_each_further_partner_adds_to_the_one_alert():
    clients = [Ip(f"192.168.1.{n}") for n in range(20, 25)]
    (alert,) = told(*KNOWN, *(smb(to=client) for client in clients))
    assert (alert.count, alert.words["partners"]) == (5, "5")


def test_each_protocol_of_a_device_is_an_alert_of_its_own():
    assert [name for _, name, _ in found(*KNOWN, smb(), snmp())] == ["SMBv1", 'SNMP "public"']
