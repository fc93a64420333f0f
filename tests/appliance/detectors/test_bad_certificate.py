"""A server outside proves who it is with a certificate that proves nothing."""

import pytest

from appliance.detectors.bad_certificate import BadCertificate, Limits, is_for
from appliance.facts import TlsHello, TlsServed
from appliance.model import Ip, Mac
from tests.kit.check import alerts

PC, ROUTER = Mac("02:00:00:00:00:0a"), Mac("02:00:00:00:00:01")
PC_IP, OUTSIDE = Ip("192.168.1.10"), Ip("93.184.216.34")
HOST = "agenda.logiciel.example"


def hello(name=HOST, at=1.0, dst=OUTSIDE, dport=443):
    return TlsHello(
        at=at, mac=PC, src=PC_IP, dst=dst, dport=dport, name=name, alpn=(), version=0x0303, ja4=""
    )


def served(subject=HOST, names=(), at=1.1, src=OUTSIDE, sport=443, **more):
    return TlsServed(
        at=at,
        mac=ROUTER,
        src=src,
        dst=PC_IP,
        sport=sport,
        version=0x0303,
        cipher=1,
        subject=subject,
        names=names,
        issuer="CA",
        **more,
    )


def found(*told):
    said = alerts(BadCertificate(Limits()), *told)
    return [(alert.about, alert.words["host"], alert.words["why"]) for alert in said]


def test_a_certificate_for_another_name_is_found():
    assert found(hello(), served("other.example")) == [(PC, HOST, "other_name")]


def test_one_that_a_server_made_for_itself_is_found():
    """Also where no name was called."""
    assert found(hello(), served(self_signed=True)) == [(PC, HOST, "self_signed")]
    assert found(hello(""), served("localhost", self_signed=True)) == [(PC, OUTSIDE, "self_signed")]


@pytest.mark.parametrize(
    ("names", "covers"),
    [
        ((HOST,), True),
        ((HOST.upper(),), True),
        (("x.example", "*.logiciel.example"), True),
        (("*.example",), False),
        (("logiciel.example",), False),
        (("*.agenda.logiciel.example",), False),
        (tuple(f"n{n}.example" for n in range(16)), True),
    ],
)
def test_a_star_stands_for_one_label_and_a_long_list_is_not_judged(names, covers):
    assert is_for(served("x", names), HOST) is covers


def test_the_right_certificate_and_one_that_is_hidden_are_left_alone():
    assert found(hello(), served()) == []
    assert found(hello(), served("")) == []


def test_inside_everybody_makes_their_own():
    inside = Ip("192.168.1.5")
    assert found(hello(dst=inside), served("printer", src=inside, self_signed=True)) == []


def test_names_called_together_at_one_address_are_not_mixed_up():
    told = (hello("a.example"), hello("b.example"), served("a.example"), served("b.example"))
    assert found(*told) == []


def test_without_a_name_nothing_is_compared():
    assert found(hello(""), served("other.example")) == []
    assert found(served("other.example")) == []
    assert found(hello(at=1), served("other.example", at=100)) == []


def test_a_remote_desktop_makes_its_own():
    assert found(hello(dport=3389), served("PC-7", sport=3389, self_signed=True)) == []


def test_it_is_said_once_a_day_for_a_server():
    told = [each for n in range(5) for each in (hello(at=n), served("x", at=n + 0.1))]
    (alert,) = alerts(BadCertificate(Limits()), *told)
    assert alert.count == 1


def test_a_device_that_meets_many_of_them_shares_files():
    told = []
    for n in range(30):
        there = Ip(f"93.184.217.{n}")
        told += [hello("", at=n, dst=there), served("peer", at=n, src=there, self_signed=True)]
    assert len(found(*told)) == Limits().many
