"""MQTT, against scapy's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.decode.mqtt import begins, read
from appliance.facts import BannerHeard
from tests.kit.messages import ALICE, ALICE_IP, ANY, SERVER_IP, told
from tests.kit.scapy_layers import contributed

mqtt = contributed("mqtt")

PORT = 1883
VERSIONS = [
    ("MQIsdp", 3, "MQTT 3.1"),
    ("MQTT", 4, "MQTT 3.1.1"),
    ("MQTT", 5, "MQTT 5.0"),
    ("MQTT", 0x84, "MQTT 3.1.1"),
    ("MQTT", 6, ""),
]


def connect(name: str, level: int, **fields: object) -> bytes:
    return bytes(mqtt.MQTT() / mqtt.MQTTConnect(protoname=name, protolevel=level, **fields))


def heard(message: bytes) -> BannerHeard:
    assert begins(message)
    (fact,), broken = told(read, message, ANY, PORT)
    assert isinstance(fact, BannerHeard)
    assert not broken
    assert (fact.mac, fact.src, fact.dst) == (ALICE, ALICE_IP, SERVER_IP)
    assert (fact.sport, fact.dport, fact.protocol, fact.server) == (ANY, PORT, "mqtt", False)
    return fact


@given(st.sampled_from(VERSIONS), st.text("abcXYZ", min_size=4, max_size=300))
def test_a_client_says_its_version(version: tuple[str, int, str], secret: str):
    """Its name, its user and its password are not kept."""
    name, level, says = version
    fields = {"clientId": secret, "username": secret, "password": secret}
    fact = heard(connect(name, level, usernameflag=1, passwordflag=1, **fields))
    assert fact.says == says
    assert secret not in repr(fact)


def test_the_standards_example():
    """MQTT 5.0, figure 3-6, with a length before it and a client's name of nothing behind."""
    example = bytes.fromhex("1012 0004 4d515454 05 ce 000a 05 11 0000000a 0000")
    assert heard(example).says == "MQTT 5.0"


@pytest.mark.parametrize(
    "message",
    [
        b"",
        b"\x20\2\0\0",
        b"\x10\x0c\0\4MQTX\4",
        b"\x10\xff\xff\xff\xff\1\0\4MQTT\4",
        b"\x10\x0c\0\4MQ",
    ],
)
def test_other_things_are_passed_over(message: bytes):
    """Other packets, another name, a length that is none, a name that is cut."""
    assert not begins(message)
    assert told(read, message, ANY, PORT) == ([], False)


def test_a_version_that_is_cut_is_malformed():
    """It cannot be told."""
    assert told(read, b"\x10\x0c\0\4MQTT", ANY, PORT) == ([], True)


@given(st.integers(0, 20), st.binary(max_size=60))
def test_no_bytes_make_it_raise(size: int, tail: bytes):
    """Cut anywhere, and going on with anything."""
    message = connect("MQTT", 4, clientId="alice")[:size] + tail
    begins(message)
    told(read, message, ANY, PORT)
