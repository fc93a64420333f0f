"""Logons that a protocol hides, judged by how much is said."""

import pytest

from appliance.detectors.hidden_logons import HiddenLogons
from appliance.facts import FlowDelta, RdpAnswered
from appliance.model import Ip, Mac
from tests.kit.check import flow

PC, NAS = Mac("02:00:00:00:00:0a"), Mac("02:00:00:00:00:05")
PC_IP, NAS_IP = Ip("192.168.1.10"), Ip("192.168.1.5")


def second(said: int, *, opened: bool = True, flags: int = 0x1A, port: int = 22) -> FlowDelta:
    whole = flow(1, PC, PC_IP, NAS_IP, port, flags_out=flags, flags_in=0x10, opened=opened)
    fields = {name: getattr(whole, name) for name in whole.__struct_fields__}
    return FlowDelta(**fields | {"payload_out": said // 2, "payload_in": said - said // 2})


@pytest.mark.parametrize(
    ("said", "verdict"), [(60, None), (4000, False), (15_000, None), (30_000, True)]
)
def test_how_much_is_said_in_a_conversation_that_ends(said: int, verdict: bool | None):
    """A greeting alone is no try; in between nobody knows."""
    assert HiddenLogons(64).weigh(second(said, flags=0x1B)) is verdict


def test_seconds_are_added_up_and_a_session_is_told_once():
    heard = HiddenLogons(64)
    assert heard.weigh(second(8000)) is None
    assert heard.weigh(second(15_000, opened=False)) is True
    assert heard.weigh(second(15_000, opened=False)) is None
    assert heard.weigh(second(0, opened=False, flags=0x11)) is None


def test_what_began_unheard_is_not_judged():
    heard = HiddenLogons(64)
    assert heard.weigh(second(30_000, opened=False)) is None
    assert heard.weigh(second(4000, flags=0x19)) is None


def test_a_service_is_known_by_its_port_or_by_what_was_heard_there():
    heard = HiddenLogons(64)
    assert heard.protocol(second(1)) == "ssh"
    assert heard.protocol(second(1, port=3389)) == "rdp"
    assert heard.protocol(second(1, port=3390)) is None
    answer = RdpAnswered(
        at=0, mac=NAS, src=NAS_IP, dst=PC_IP, sport=3390, protocol="tls", failure=0
    )
    heard.note(answer)
    assert heard.protocol(second(1, port=3390)) == "rdp"


def test_what_is_too_much_to_remember_is_counted():
    heard = HiddenLogons(1)
    heard.weigh(second(1))
    heard.weigh(second(1, port=3389))
    assert heard.dropped == 1
