"""What WS-Discovery announces."""

import pytest

from appliance.facts import WsdHeard
from appliance.inventory.clues.wsd import read
from tests.kit.made import ALICE_IP, made, votes


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("wprt:PrintDeviceType", "printer"),
        ("wscn:ScanDeviceType", "printer"),
        ("pub:Computer", "workstation"),
        ("tdn:NetworkVideoTransmitter", "camera"),
    ],
)
def test_types_tell_kinds(kind, expected):
    """In a hello as in an answer."""
    for message in ("hello", "matches"):
        fact = made(WsdHeard, message=message, types=("wsdp:Device", kind))
        assert votes(read(fact)) == {expected}


def test_who_looks_for_printers_is_none():
    """Nor who leaves."""
    for message in ("probe", "bye"):
        assert list(read(made(WsdHeard, message=message, types=("wprt:PrintDeviceType",)))) == []


def test_a_camera_says_its_model_and_perhaps_its_maker():
    """ONVIF scopes."""
    clues = list(read(made(WsdHeard, message="hello", hardware="DS-2CD2042", name="romexis")))
    assert votes(clues, "model") == {"DS-2CD2042"}
    assert votes(clues) == {"acquisition_pc"}


def test_a_proxy_answers_for_others():
    """The links lead elsewhere."""
    printer = {"message": "matches", "types": ("wprt:PrintDeviceType",)}
    assert list(read(made(WsdHeard, hosts=("192.168.1.99",), **printer))) == []
    assert votes(read(made(WsdHeard, hosts=(ALICE_IP, "x.local"), **printer))) == {"printer"}
    assert votes(read(made(WsdHeard, hosts=("x.local",), **printer))) == {"printer"}
