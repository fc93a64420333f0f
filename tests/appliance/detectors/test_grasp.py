"""Signs that one machine takes hold of another."""

import pytest

from appliance.detectors.grasp import Grasp, Way
from appliance.facts import FileTouched, HttpAnswered, RpcCalled, ShareOpened
from appliance.knowledge.procedures import Deed
from appliance.model import Ip, Mac

MAC, PC, OTHER = Mac("02:00:00:00:00:0a"), Ip("192.168.1.10"), Ip("192.168.1.11")
SERVICES = "367abb81-9844-35f1-ad32-98f038001003"
SHARES = "4b324fc8-1670-01d3-1278-5a47bf6ee188"
CREATE, CHANGE, START = 12, 11, 19


def called(operation, interface=SERVICES, at=1.0, dst=OTHER):
    return RpcCalled(
        at=at,
        mac=MAC,
        src=PC,
        dst=dst,
        sport=50_000,
        dport=445,
        interface=interface,
        operation=operation,
        pipe=True,
    )


def opens(role, port=50_000):
    return ShareOpened(at=1, mac=MAC, src=PC, dst=OTHER, sport=port, dport=445, role=role)


def writes(port=50_000):
    return FileTouched(
        at=1,
        mac=MAC,
        src=PC,
        dst=OTHER,
        sport=port,
        dport=445,
        action="writes",
        message=1,
        begins="program",
    )


def signs(*facts):
    grasp = Grasp(hosts=3, seconds=300.0, together=600.0, pairs=64)
    return [sign.what for fact in facts if (sign := grasp.sign(fact))]


def test_a_procedure_of_the_table_is_a_sign():
    assert signs(called(CREATE)) == [Deed.SERVICE]
    assert signs(called(CREATE, "0" * 8)) == []


@pytest.mark.parametrize("seconds", [0.0, 500.0])
def test_what_is_changed_and_then_started_is_one(seconds):
    assert signs(called(CHANGE), called(START, at=1 + seconds)) == [Deed.SERVICE]


def test_what_is_started_elsewhere_or_later_is_none():
    assert signs(called(CHANGE), called(START, dst=PC)) == []
    assert signs(called(CHANGE), called(START, at=900.0)) == []


def test_a_program_counts_in_the_conversation_that_opened_an_administrators_share():
    assert signs(opens("admin"), writes()) == [Way.PROGRAM]
    assert signs(opens("admin", port=1), writes(port=2)) == []
    assert signs(opens("backup"), writes()) == []


def test_shares_count_from_so_many_machines_on():
    lists = [called(15, SHARES, dst=Ip(f"192.168.1.{30 + n}")) for n in range(4)]
    assert signs(*lists) == [Deed.SHARES] * 2


def test_of_an_answer_the_client_is_whom_it_goes_to():
    answer = HttpAnswered(
        at=1, mac=MAC, src=OTHER, dst=PC, sport=5985, status=200, content_type="", server=""
    )
    sign = Grasp(hosts=3, seconds=1.0, together=1.0, pairs=64).sign(answer)
    assert sign is not None
    assert (sign.client, sign.target, sign.mac) == (PC, OTHER, None)
