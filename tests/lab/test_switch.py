"""The second channel in a live practice: a real agent shuts a real port, and the cut is proven."""

import time
from collections.abc import Iterator
from statistics import median

import pytest

from appliance.panel.verify import Proof
from tests.lab import managed, namespaces, wiring
from tests.lab.awaiting import ever, until
from tests.lab.box import Box, installed
from tests.lab.cutting import (
    await_gateway,
    await_proven,
    client,
    evidence,
    order,
    people_at_work,
    proven_at_any_time,
    status,
)
from tests.lab.practice import Practice
from tests.lab.relay import Wiring

LOOKED_WITHIN = 30.0
"""Seconds from a port that somebody opened to its being shut: our look, the agent's own cache."""
CUTS = 8

pytestmark = [pytest.mark.usefixtures("root"), pytest.mark.timeout(300)]


def wired(how: Wiring) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("box", [{"wiring": how, "managed": True}], indirect=True)


alone = wired(Wiring(relay=False))
welded = wired(Wiring(welded=True))
both = wired(Wiring(beyond=True))


@pytest.fixture
def box(request: pytest.FixtureRequest) -> Iterator[Box]:
    """A box at work in a practice of its own, wired as the test says."""
    with Practice() as practice, installed(practice, **request.param) as made:
        yield made


def uplink_is_up(box: Box) -> bool:
    with namespaces.links(box.practice.names["switch"]) as door:
        (link,) = door.get_links(ifname=wiring.port("router"))
        return bool(link["flags"] & 1)  # IFF_UP


def await_switch(box: Box) -> None:
    """Wait until the box has found the port, and may write it."""
    until("the switch is asked", 20, lambda: "open" in box.said().rpartition("--- switch.log")[2])


def join(box: Box) -> None:
    """Reconnect, as soon as that is allowed."""
    box.kill("panel")
    (box.folder / "state/latch.json").unlink(missing_ok=True)
    box.start("panel")
    until("the panel is back", 15, box.status)


@alone
def test_a_box_without_a_relay_cuts_by_the_switch_and_proves_it(box: Box) -> None:
    with people_at_work(box.practice):
        await_gateway(box)
        await_switch(box)
        shut, proven = [], []
        for _ in range(CUTS):
            ordered = time.monotonic()
            order(box)
            while uplink_is_up(box):
                assert time.monotonic() - ordered < 10
            shut.append(time.monotonic() - ordered)
            until("proven", 10, lambda: status(box).proof is Proof.PROVEN)
            proven.append(time.monotonic() - ordered)
            until("told", 5, lambda: "switch_shut" in evidence(box))
            assert "relay_none" in evidence(box)
            join(box)
            until("the line is back", 15, lambda: uplink_is_up(box))
            await_gateway(box)
    print(
        f"\norder to port down: median {median(shut):.3f} s, most {max(shut):.3f} s;"
        f" proven after {min(proven):.2f} to {max(proven):.2f} s; memory {box.resident()} KiB"
    )


@alone
def test_without_an_answer_of_the_switch_a_box_without_a_relay_never_says_proven(box: Box) -> None:
    """And shuts the port as soon as the switch is there again."""
    practice = box.practice
    with people_at_work(practice):
        await_gateway(box)
        await_switch(box)
        assert box.agent is not None
        practice.stop(box.agent)
        order(box)
        assert not proven_at_any_time(box)
        assert status(box).state == "isolated"
        until("it is told", 20, lambda: "switch_unanswered" in evidence(box))
        assert uplink_is_up(box)
        box.agent = managed.start(practice)
        until("the port is shut", 20, lambda: not uplink_is_up(box))
        until("proven", 10, lambda: status(box).proof is Proof.PROVEN)


@alone
def test_a_proof_test_goes_by_the_port_where_there_is_no_relay(box: Box) -> None:
    with people_at_work(box.practice):
        await_gateway(box)
        await_switch(box)
        said = box.run("prooftest", "--now", "--learn", timeout=60)
        print(f"\n{said.stdout}{said.stderr}")
        assert said.returncode == 0
        assert uplink_is_up(box)


@welded
def test_a_relay_that_is_welded_is_made_up_for_and_still_found_by_the_proof_test(box: Box) -> None:
    with people_at_work(box.practice):
        await_gateway(box)
        await_switch(box)
        print(f"\nproven after {await_proven(box, 10):.2f} s")
        assert not uplink_is_up(box)
        join(box)
        until("the line is back", 15, lambda: uplink_is_up(box))
        await_gateway(box)
        said = box.run("prooftest", "--now", timeout=60)
        assert said.returncode != 0
        assert "test_failed" in status(box).faults


@both
def test_a_port_opened_by_hand_is_shut_again_and_that_is_said(box: Box) -> None:
    """Also after the process was killed."""
    practice = box.practice
    with people_at_work(practice):
        await_gateway(box)
        await_switch(box)
        order(box)
        until("the port is shut", 10, lambda: not uplink_is_up(box))
        until("told", 5, lambda: "switch_shut" in evidence(box))
        practice.set_port("router", up=True)
        until("it is shut again", LOOKED_WITHIN, lambda: not uplink_is_up(box))
        until("that is said", 5, lambda: "switch_turned_up" in status(box).faults)
        box.kill("switch")
        practice.set_port("router", up=True)
        assert not ever(3, lambda: not uplink_is_up(box))
        box.start("switch")
        until("it is shut again", LOOKED_WITHIN, lambda: not uplink_is_up(box))


@both
def test_the_port_alone_is_tested_beside_a_relay_that_rests(box: Box) -> None:
    with people_at_work(box.practice):
        await_gateway(box)
        await_switch(box)
        said = box.run("prooftest", "--now", "--switch", timeout=60)
        print(f"\n{said.stdout}{said.stderr}")
        assert said.returncode == 0
        assert uplink_is_up(box)
        assert client(box).status().state == "connected"
        checked = box.run("switch", "--check")
        print(checked.stdout)
        assert checked.returncode == 0
