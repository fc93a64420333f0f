"""RTSP, against scapy's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.decode.rtsp import begins, read
from appliance.facts import BannerHeard
from tests.kit.messages import ALICE, ALICE_IP, ANY, SERVER_IP, told
from tests.kit.scapy_layers import contributed

rtsp = contributed("rtsp")


def heard(message: bytes) -> BannerHeard:
    assert begins(message)
    (fact,), broken = told(read, message, 554)
    assert isinstance(fact, BannerHeard)
    assert not broken
    assert (fact.mac, fact.src, fact.dst) == (ALICE, ALICE_IP, SERVER_IP)
    assert (fact.sport, fact.dport, fact.protocol, fact.server) == (554, ANY, "rtsp", True)
    return fact


@given(st.text("abcXYZ./-", min_size=1, max_size=40), st.sampled_from((b"200", b"401")))
def test_a_camera_says_what_serves(server: str, status: bytes):
    """Whatever it answers."""
    answer = rtsp.RTSP() / rtsp.RTSPResponse(
        Version=b"RTSP/1.0", Status_Code=status, Server=server.encode(), Public=b"DESCRIBE"
    )
    assert heard(bytes(answer)).says == server


def test_a_server_without_a_name_is_told():
    """And of what it says of its pictures, nothing."""
    answer = b"RTSP/1.0 200 OK\r\nCSeq: 2\r\nContent-Base: rtsp://192.0.2.7/room3/\r\n\r\n"
    assert heard(answer).says == ""
    assert "room" not in repr(heard(answer))
    assert heard(b"RTSP/2.0 200 OK\r\nServer: Cam/1.0 (room 3)\r\n\r\n").says == "Cam/1.0"


@pytest.mark.parametrize(
    "message",
    [
        b"",
        b"RTSP/1.0 200",
        b"RTSP/1.0 999 Odd\r\n\r\n",
        b"DESCRIBE rtsp://192.0.2.7/ RTSP/1.0\r\n\r\n",
        b"$\0\0\4data",
    ],
)
def test_other_things_are_passed_over(message: bytes):
    """Requests, pictures between answers, a first line that is cut."""
    assert told(read, message, 554) == ([], False)


@given(st.integers(0, 60), st.binary(max_size=200))
def test_no_bytes_make_it_raise(size: int, tail: bytes):
    """Cut anywhere, and going on with anything."""
    message = b"RTSP/1.0 200 OK\r\nServer: Camera/1.0\r\n\r\n"[:size] + tail
    begins(message)
    told(read, message, 554)
