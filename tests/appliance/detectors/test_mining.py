"""A program makes crypto-money on a machine of the practice."""

from appliance.detectors.mining import Limits, Mining
from appliance.facts import AddressClaim, NameAnswered, Record, StratumSpoken, TlsHello
from appliance.model import Ip, Mac
from tests.kit.check import alerts, flow

PC, NAS, ROUTER = (Mac(f"02:00:00:00:00:{n}") for n in ("0a", "0b", "01"))
PC_IP, NAS_IP, POOL_IP = Ip("192.168.1.10"), Ip("192.168.1.11"), Ip("93.184.216.34")
POOL = "pool.supportxmr.com"


def claims(mac, ip):
    return AddressClaim(at=0, mac=mac, sender=mac, ip=ip, to=Mac("ff:ff:ff:ff:ff:ff"), answer=False)


def spoken(src, dst, mac, *, at=1.0, server=False, program="XMRig/6.21.0", method="login"):
    return StratumSpoken(
        at=at,
        mac=mac,
        src=src,
        dst=dst,
        sport=50_000,
        dport=3333,
        server=server,
        method=method,
        program=program,
    )


def hello(alpn=(), name=POOL):
    return TlsHello(
        at=1,
        mac=PC,
        src=PC_IP,
        dst=POOL_IP,
        dport=443,
        name=name,
        alpn=alpn,
        version=0x0304,
        ja4="",
    )


def resolves():
    return NameAnswered(
        at=0.5,
        mac=ROUTER,
        src=Ip("192.168.1.1"),
        dst=PC_IP,
        protocol="dns",
        name=POOL,
        type=1,
        code=0,
        records=(Record(POOL, 1, POOL_IP, 60),),
    )


def talks(dport, times=5, **how):
    return [flow(2 + n, PC, PC_IP, POOL_IP, dport, **how) for n in range(times)]


def found(*told):
    facts = [fact for each in told for fact in (each if isinstance(each, list) else [each])]
    said = alerts(Mining(Limits()), claims(PC, PC_IP), claims(NAS, NAS_IP), *facts)
    return [(alert.about, alert.words["host"], alert.words["program"]) for alert in said]


def test_one_line_of_a_miner_is_enough():
    assert found(spoken(PC_IP, POOL_IP, PC)) == [(PC, POOL_IP, "XMRig/6.21.0")]
    assert found(spoken(PC_IP, POOL_IP, PC, program="")) == [(PC, POOL_IP, "login")]


def test_a_line_of_a_pool_is_about_the_miner():
    told = spoken(POOL_IP, PC_IP, ROUTER, server=True, program="", method="mining.notify")
    assert found(told) == [(PC, POOL_IP, "mining.notify")]


def test_a_pool_inside_does_not_hide_who_mines():
    assert found(spoken(PC_IP, NAS_IP, PC)) == [(PC, NAS, "XMRig/6.21.0")]


def test_a_pool_called_as_no_browser_does_is_found_over_tls():
    assert found(hello(), talks(443)) == [(PC, POOL, "TLS")]
    assert found(resolves(), talks(14_433)) == [(PC, POOL, "TLS")]


def test_the_page_of_a_pool_is_left_alone():
    assert found(resolves(), hello(("h2", "http/1.1")), talks(443), talks(80)) == []
    assert found(hello(name="www.supportxmr.com"), talks(443)) == []


def test_a_name_without_talk_is_nothing():
    assert found(resolves()) == []
    assert found(resolves(), talks(3333, back=False)) == []
    assert found(hello(), talks(443, times=1)) == []


def test_a_miner_is_told_once_an_hour():
    lines = [spoken(PC_IP, POOL_IP, PC, at=at) for at in (1.0, 2.0, 3000.0, 4000.0)]
    (alert,) = alerts(Mining(Limits()), claims(PC, PC_IP), *lines)
    assert alert.count == 2


def test_nobody_known_is_accused():
    """An address outside that nobody declared as the practice's."""
    assert found(spoken(POOL_IP, Ip("93.184.216.35"), ROUTER)) == []
