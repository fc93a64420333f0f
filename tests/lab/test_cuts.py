"""Cuts that hold and cuts that do not, in a live practice: never is one called proven that is none.

Faults of relay and wiring are in `tests.lab.test_faults`.
"""

import time
from collections.abc import Iterator
from typing import Any

import pytest

from tests.lab import faults, namespaces, wiring
from tests.lab.awaiting import until
from tests.lab.box import Box, installed
from tests.lab.cast import GATEWAY
from tests.lab.cutting import (
    VERDICT_WITHIN,
    await_gateway,
    await_proven,
    client,
    evidence,
    look_at_the_box,
    order,
    people_at_work,
    proven_at_any_time,
    reset,
    status,
    told_within,
)
from tests.lab.practice import Practice
from tests.lab.relay import WRONG, Wiring

pytestmark = [pytest.mark.usefixtures("root"), pytest.mark.timeout(120)]


@pytest.fixture
def box(request: pytest.FixtureRequest) -> Iterator[Box]:
    """A box at work in a practice of its own, wired as the test says."""
    with Practice() as practice, installed(practice, **getattr(request, "param", {})) as made:
        yield made


def beyond(**more: Any) -> pytest.MarkDecorator:
    how = {"wiring": Wiring(beyond=True, **more), "cut": "wan"}
    return pytest.mark.parametrize("box", [how], indirect=True, ids=["beyond the router"])


def test_a_way_out_that_was_there_is_never_called_proven(box: Box) -> None:
    """A second router in the practice, by which a machine works all day."""
    practice = box.practice
    practice.plug("attacker")
    faults.add_second_way(practice)
    faults.use(practice, "reception", faults.BESIDE.ip)
    with people_at_work(practice):
        await_gateway(box)
        began = time.monotonic()
        order(box)
        assert not proven_at_any_time(box)
        told_within("a way out that was there", box, began + 5, "exit_seen")
    found = status(box)
    assert found.told == "other_exit"
    assert faults.BESIDE.mac in " ".join(sign.detail for sign in found.evidence)


def test_a_way_out_that_appears_while_isolated_is_told_within_5_seconds(box: Box) -> None:
    """Somebody plugs a router in; a machine that asks anew for an address uses it."""
    practice = box.practice
    with people_at_work(practice):
        await_gateway(box)
        await_proven(box)
        practice.plug("attacker")
        faults.add_second_way(practice)
        began = time.monotonic()
        faults.use(practice, "reception", faults.BESIDE.ip)
        told_within("a way out that appears", box, began, "exit_seen", "exit_offered")
    assert status(box).light_why == "panel.proof.other_exit.title"


def test_a_router_that_offers_itself_while_isolated_is_told_within_5_seconds(box: Box) -> None:
    """Before anybody uses it: a new DHCP server names a router that nobody had."""
    practice = box.practice
    with people_at_work(practice):
        await_gateway(box)
        await_proven(box)
        practice.plug("attacker")
        with practice.running("visitor", ["true"]):
            server = faults.offer_itself(practice)
        practice.set_port("visitor", up=True)
        practice.await_ports("attacker", 67, kind="udp")
        began = time.monotonic()
        practice.lease("visitor")
        told_within("a router that offers itself", box, began, "exit_offered")
        practice.stop(server)


def test_a_machine_that_speaks_in_the_routers_name_only_casts_doubt(box: Box) -> None:
    """While isolated; the verdict becomes neither proven nor failed by it, and comes back."""
    practice = box.practice
    with people_at_work(practice):
        await_gateway(box)
        await_proven(box)
        practice.plug("attacker")
        began = time.monotonic()
        with faults.imitated_gateway(practice):
            told_within("an imitated gateway", box, began, "gateway_imitated", "gateway_seen")
        assert not proven_at_any_time(box, 3)


@beyond()
def test_a_cut_beyond_the_router_is_proven_once_a_test_has_learnt_what_changes(box: Box) -> None:
    """Before, it is honestly not proven."""
    with people_at_work(box.practice):
        await_gateway(box)
        order(box)
        assert not proven_at_any_time(box)
        assert {"gateway_beside", "outside_unseen", "internet_unlearned"} <= evidence(box)
        reset(box)
        said = box.run("prooftest", "--now", "--learn", timeout=60)
        print(f"\n{said.stdout}{said.stderr}")
        assert said.returncode == 0
        test = status(box).test
        assert test is not None
        assert test.learnt is not None
        assert test.learnt.sources == ("capture", "internet")
        reset(box)
        print(f"\nproven after {await_proven(box, VERDICT_WITHIN):.2f} s")


@beyond(pin=WRONG)
def test_a_relay_wired_wrong_beyond_the_router_is_never_called_proven(box: Box) -> None:
    with people_at_work(box.practice):
        await_gateway(box)
        order(box)
        assert not proven_at_any_time(box)
        assert {"outside_seen", "internet_answers"} <= evidence(box)


def speak_ipv6(practice: Practice) -> str:
    """Have the router speak IPv6, too, and somebody look for it; give its address."""
    namespaces.set_kernel(practice.names["router"], ipv6__conf__eth0__disable_ipv6=0)
    shown = ["ip", "-6", "-o", "address", "show", "dev", wiring.CARD, "scope", "link", "-tentative"]

    def address() -> str:
        words = practice.run("router", shown, check=True).stdout.split()
        return words[3].partition("/")[0] if words else ""

    found = until("the router has an address", 10, address)
    practice.run("surgery", ["ping", "-6", "-c", "1", f"{found}%{wiring.CARD}"], check=True)
    return found


def gateway_sign(box: Box, what: str) -> str:
    """Wait for a sign; give its detail."""
    found = until(what, VERDICT_WITHIN, lambda: [s for s in status(box).evidence if s.what == what])
    return found[0].detail


@pytest.mark.parametrize("box", [{"wiring": Wiring(pin=WRONG)}], indirect=True, ids=["wrong pin"])
def test_a_router_that_answers_by_ipv6_alone_answers(box: Box) -> None:
    """It says nothing to ARP any more; a relay that is wired wrong has cut nothing."""
    with people_at_work(box.practice):
        await_gateway(box)
    address = speak_ipv6(box.practice)
    until("the box knows both addresses", 10, lambda: address in surveyed(box))
    namespaces.set_kernel(box.practice.names["router"], ipv4__conf__eth0__arp_ignore=8)
    order(box)
    assert address in gateway_sign(box, "gateway_answers")
    assert not proven_at_any_time(box, 5)


def surveyed(box: Box) -> str:
    """Give the addresses of gateways that the sensor knows."""
    return " ".join(
        ip for device in box.sign_in().get("devices") if device["gateway"] for ip in device["ips"]
    )


def test_a_router_is_silent_only_when_it_is_by_both_families(box: Box) -> None:
    with people_at_work(box.practice):
        await_gateway(box)
        address = speak_ipv6(box.practice)
        until("the box knows both addresses", 10, lambda: address in surveyed(box))
        look_at_the_box(box.practice)
        print(f"\nproven after {await_proven(box):.2f} s")
    detail = gateway_sign(box, "gateway_silent")
    assert {address, GATEWAY} <= {*detail.partition("↮")[0].replace(",", " ").split()}


def test_a_proof_test_is_over_in_half_a_minute_and_the_practice_works_again(box: Box) -> None:
    with people_at_work(box.practice):
        await_gateway(box)
        began = time.monotonic()
        said = box.run("prooftest", "--now", "--learn", timeout=60)
        print(f"\n{said.stdout}{said.stderr}proof test: {time.monotonic() - began:.1f} s")
        assert said.returncode == 0
        assert time.monotonic() - began < 30
        assert uplink_is_up(box)
        test = status(box).test
        assert test is not None
        assert test.learnt is not None
        assert test.learnt.sources == ("probe", "capture", "internet")
    done = box.practice.run("surgery", ["curl", "-sm2", "http://www.meteo.example/"])
    assert done.returncode == 0


def test_a_panel_killed_in_a_proof_test_joins_the_line_again(box: Box) -> None:
    """And not when somebody isolated meanwhile."""
    for taken_over in (False, True):
        client(box).prooftest(confirmed=True)
        until("the test has cut the line", 10, lambda: not uplink_is_up(box))
        if taken_over:
            order(box)
        box.kill("panel")
        assert not uplink_is_up(box)
        box.start("panel")
        until("the panel is back", 15, box.status)
        assert uplink_is_up(box) is not taken_over
        assert status(box).state == ("isolated" if taken_over else "connected")
        if not taken_over:
            reset(box)


def uplink_is_up(box: Box) -> bool:
    with namespaces.links(box.practice.names["switch"]) as door:
        (link,) = door.get_links(ifname=wiring.port("router"))
        return bool(link["flags"] & 1)  # IFF_UP
