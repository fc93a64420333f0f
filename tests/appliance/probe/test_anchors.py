"""Asking the internet: only a finished handshake, an echo or our own DNS answer is one."""

import os
import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from appliance.panel.signs import Asked
from appliance.probe import anchors
from appliance.probe.anchors import MOST, WAIT, Anchors
from tests.kit.cable import GATEWAY_V6, cable, run
from tests.kit.front_panel import GATEWAY
from tests.lab.awaiting import ever

HERE = "127.0.0.1"


@pytest.fixture
def port() -> Iterator[int]:
    """A TCP server that answers."""
    with socket.create_server((HERE, 0)) as server:
        yield server.getsockname()[1]


def closed_port() -> int:
    with socket.create_server((HERE, 0)) as server:
        number: int = server.getsockname()[1]
    return number


def round_of(asker: Anchors, patience: float = 0.5) -> Asked:
    asker.begin(0.0)
    return ended(asker, patience)


def ended(asker: Anchors, patience: float = 0.5) -> Asked:
    """Wait *patience* seconds at most for an answer, then let the time run out."""
    found: list[Asked | None] = [None]

    def answered() -> bool:
        found[0] = asker.poll(0.1)
        return found[0] is not None

    ever(patience, answered)
    last = found[0] or asker.poll(WAIT)
    assert last is not None
    return last


def tcp_of(found: Asked) -> tuple[str, ...]:
    return tuple(one for one in found.answered if "tcp" in one)


def test_a_finished_handshake_is_an_answer_and_ends_the_round(port: int) -> None:
    asker = Anchors([HERE], ports=[port])
    assert f"{HERE} tcp/{port}" in round_of(asker).answered
    assert not asker.busy


def test_a_refusal_is_no_answer() -> None:
    """A router may send it in the name of whoever cannot be reached."""
    number = closed_port()
    found = round_of(Anchors([HERE], ports=[number]))
    assert tcp_of(found) == ()
    assert f"{HERE} tcp/{number}" in found.sent


def test_silence_takes_its_time() -> None:
    asker = Anchors(["192.0.2.1"], ports=[443], card="lo")
    asker.begin(0.0)
    assert asker.poll(WAIT - 0.1) is None or not asker.busy
    found = asker.poll(WAIT)
    assert found is None or not found.answered


@pytest.mark.parametrize(("ours", "answered"), [(True, True), (False, False)])
def test_only_a_dns_answer_with_our_number_counts(
    monkeypatch: pytest.MonkeyPatch, ours: bool, answered: bool
) -> None:
    with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as server:
        server.bind((HERE, 0))
        server.settimeout(2)
        monkeypatch.setattr(anchors, "_DNS", server.getsockname()[1])
        asker = Anchors([HERE], ["ameli.fr"], ports=[closed_port()])
        asker.begin(0.0)
        question, asking = server.recvfrom(512)
        assert question[12:] == b"\x05ameli\x02fr\x00\x00\x01\x00\x01"
        number = question[:2] if ours else bytes(2) if question[:2] != bytes(2) else b"\1\1"
        server.sendto(number + b"\x81\x80" + question[4:], asking)
        found = ended(asker)
    assert (f"ameli.fr @{HERE}" in found.answered) is answered


def test_a_card_that_is_not_there_asks_nobody() -> None:
    """Never by another card: that might be the mirror port's."""
    asker = Anchors([HERE], ["ameli.fr"], card="nosuchcard0")
    asker.begin(0.0)
    assert asker.poll(0.0) == Asked()


def test_questions_are_few_and_sockets_are_closed(port: int) -> None:
    asker = Anchors([HERE] * 99, ["ameli.fr"] * 99, ports=[port])
    asker.begin(0.0)
    assert len(asker._open) <= 3 * MOST
    held = [one.socket for one in asker._open]
    asker.begin(1.0)
    assert all(one.fileno() == -1 for one in held)
    asker.close()
    assert not asker.busy
    assert asker.poll(9.0) is None


def test_ports_are_asked_in_turn(port: int) -> None:
    asker = Anchors([HERE], ports=[port, closed_port()])
    assert tcp_of(round_of(asker))
    assert not tcp_of(round_of(asker))
    assert tcp_of(round_of(asker))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can build a network")
@pytest.mark.parametrize("there", [True, False])
def test_an_echo_is_an_answer_and_a_pulled_cable_is_silence(there: bool) -> None:
    """On a real network, by the card that is named."""
    number = closed_port()
    with cable() as lan:
        if not there:
            lan.plug("gateway", "down")
        with lan.inside("box"):
            Path("/proc/sys/net/ipv4/ping_group_range").write_text("0 0", "ascii")
            found = round_of(
                Anchors([GATEWAY], card="eth0", ports=[number]), 10.0 if there else 0.5
            )
    assert f"{GATEWAY} icmp" in found.sent
    assert found.answered == ((f"{GATEWAY} icmp",) if there else ())


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can build a network")
@pytest.mark.parametrize("there", [True, False])
def test_an_echo_over_ipv6_is_an_answer_as_well(there: bool) -> None:
    number = closed_port()
    with cable() as lan:
        run(f"ip -n {lan.space('box')} address add fd00:1::5/64 dev eth0 nodad")
        if not there:
            lan.plug("gateway", "down")
        with lan.inside("box"):
            Path("/proc/sys/net/ipv4/ping_group_range").write_text("0 0", "ascii")
            found = round_of(
                Anchors([GATEWAY_V6], card="eth0", ports=[number]), 10.0 if there else 0.5
            )
    assert f"{GATEWAY_V6} icmp" in found.sent
    assert found.answered == ((f"{GATEWAY_V6} icmp",) if there else ())
