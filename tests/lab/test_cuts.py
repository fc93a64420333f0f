"""Cuts that hold and cuts that do not, in a live practice: never is one called proven that is none.

``VIGIE_CUTS=100`` plays as many in the last test; usually there are ten.
"""

import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import cycle, islice
from typing import Any

import pytest

from appliance.model import Level
from appliance.panel.client import PanelClient
from appliance.panel.status import PanelStatus
from appliance.panel.verify import Proof
from tests.lab import faults, namespaces, wiring
from tests.lab.awaiting import ever, until
from tests.lab.box import Box, installed
from tests.lab.cast import GATEWAY, WEB
from tests.lab.practice import Practice

PROVEN_WITHIN = 2.0
TOLD_WITHIN = 5.0
"""Seconds from another way out to the light."""
VERDICT_WITHIN = 10.0
CUTS = int(os.environ.get("VIGIE_CUTS", "10"))

pytestmark = [pytest.mark.usefixtures("root"), pytest.mark.timeout(120 + 15 * CUTS)]


@pytest.fixture
def box(request: pytest.FixtureRequest) -> Iterator[Box]:
    """A box at work in a practice of its own, wired as the test says."""
    with Practice() as practice, installed(practice, **getattr(request, "param", {})) as made:
        yield made


def wired(**how: Any) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("box", [how], indirect=True, ids=[" ".join(how)])


beyond = wired(beyond=True, cut="wan")


@contextmanager
def people_at_work(practice: Practice) -> Iterator[None]:
    """Have reception and surgery call outside all the time."""
    with ExitStack() as stack:
        for who in ("reception", "surgery"):
            ping = ["ping", "-q", "-i", "0.3", WEB]
            stack.enter_context(practice.running(who, ping))
        yield


def status(box: Box) -> PanelStatus:
    found = box.status()
    assert found is not None
    return found


def evidence(box: Box) -> set[str]:
    return {sign.what for sign in status(box).evidence}


def proven_at_any_time(box: Box, seconds: float = VERDICT_WITHIN) -> bool:
    """Look for *seconds* whether the cut is called proven."""
    return ever(seconds, lambda: status(box).proof is Proof.PROVEN)


def await_gateway(box: Box) -> None:
    """Wait until the sensor has told the panel of the gateway, and of who calls by it."""
    pages = box.sign_in()
    until(
        "the gateway is known",
        10,
        lambda: any(device["gateway"] for device in pages.get("devices")),
    )
    assert not ever(2, lambda: status(box).state == "isolated")  # two heartbeats pass


def told_within(what: str, box: Box, since: float, *signs: str) -> None:
    """Wait until one of *signs* makes the cut doubtful on the light; print how long that took."""

    def doubted() -> bool:
        found = status(box)
        return found.proof is Proof.NOT_PROVEN and bool(evidence(box) & set(signs))

    until(what, TOLD_WITHIN - (time.monotonic() - since), doubted)
    print(f"\n{what}: {evidence(box) & set(signs)} after {time.monotonic() - since:.2f} s")
    assert status(box).light is Level.ISOLATED_UNPROVEN


def await_proven(box: Box, seconds: float = PROVEN_WITHIN) -> float:
    """Order the cut at the socket; give the seconds until it was called proven."""
    ordered = time.monotonic()
    order(box)
    until("proven", seconds, lambda: status(box).proof is Proof.PROVEN)
    return time.monotonic() - ordered


def order(box: Box) -> None:
    client(box).isolate(who="alice", why="essai")


def client(box: Box) -> PanelClient:
    return PanelClient(box.folder / "run/panel.sock")


def reset(box: Box) -> None:
    """Begin anew with a joined line: no test waits a minute between two reconnections."""
    box.kill("panel")
    (box.folder / "state/latch.json").unlink(missing_ok=True)
    if not box.beyond:  # a relay wired wrong would leave it as the one before left it
        box.practice.set_port("router", up=True)
    box.start("panel")
    until("the panel is back", 15, box.status)
    await_gateway(box)


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


@wired(beyond=True, cut="lan")
def test_a_cut_beyond_the_router_that_is_not_set_up_as_one_is_not_proven(box: Box) -> None:
    """The router goes on answering."""
    with people_at_work(box.practice):
        await_gateway(box)
        order(box)
        assert not proven_at_any_time(box)
        assert {"gateway_answers"} <= evidence(box)


@beyond
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


@wired(beyond=True, cut="wan", wired_wrong=True)
def test_a_relay_wired_wrong_beyond_the_router_is_never_called_proven(box: Box) -> None:
    with people_at_work(box.practice):
        await_gateway(box)
        order(box)
        assert not proven_at_any_time(box)
        assert {"outside_seen", "internet_answers"} <= evidence(box)


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


def test_of_many_cuts_none_is_called_proven_that_is_none(box: Box) -> None:
    """Good ones in turn with a relay wired wrong, a way around it, and an imitated router."""
    practice, took = box.practice, []
    practice.plug("attacker")
    faults.add_second_way(practice)
    with people_at_work(practice):
        await_gateway(box)
        for number, how in enumerate(islice(cycle(("good", "wrong", "around", "imitated")), CUTS)):
            box.wired_wrong = how == "wrong"
            around = faults.BESIDE.ip if how == "around" else GATEWAY
            faults.use(practice, "reception", around)
            reset(box)
            with ExitStack() as stack:
                if how == "imitated":
                    stack.enter_context(faults.imitated_gateway(practice))
                if how == "good":
                    took.append(await_proven(box, VERDICT_WITHIN))
                else:
                    order(box)
                    assert not proven_at_any_time(box), (number, how, evidence(box))
                    assert status(box).proof is Proof.NOT_PROVEN, (number, how)
    worst = max(took)
    print(f"\n{CUTS} cuts, {len(took)} good: proven after {min(took):.2f} to {worst:.2f} s")
