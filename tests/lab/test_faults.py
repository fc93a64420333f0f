"""Faults of relay and wiring, each a real one: the box sees through them, and calls none proven.

``VIGIE_CUTS=100`` plays as many in the last test; usually there are four. They are drawn
by ``VIGIE_SEED``, which is printed.
"""

import os
import random
import secrets
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from statistics import quantiles

import pytest

from appliance.panel.verify import Proof
from tests.lab import faults
from tests.lab.awaiting import TooLateError, ever, until
from tests.lab.box import Box, installed
from tests.lab.cast import GATEWAY
from tests.lab.cutting import (
    PROVEN_WITHIN,
    VERDICT_WITHIN,
    await_gateway,
    evidence,
    order,
    people_at_work,
    reset,
    status,
)
from tests.lab.faults import GOOD, MORE, SEVEN, Fault
from tests.lab.practice import Practice

CUTS = int(os.environ.get("VIGIE_CUTS", "4"))
SEED = os.environ.get("VIGIE_SEED", secrets.token_hex(4))
LOOKED_AFTER = 1.5
"""Seconds for which a verdict is looked at further: it must not turn into another. Of many cuts,
the bad ones are looked at until every sign has had its time (`VERDICT_WITHIN`)."""
FEW = 10

pytestmark = [pytest.mark.usefixtures("root"), pytest.mark.timeout(120 + 20 * CUTS)]


@pytest.fixture(scope="module")
def box() -> Iterator[Box]:
    """A box in a practice at work, in which somebody may plug a router in."""
    with Practice() as practice, installed(practice) as made, people_at_work(practice):
        practice.plug("attacker")
        faults.add_second_way(practice)
        await_gateway(made)
        yield made


def cut(box: Box, fault: Fault) -> tuple[Proof, float, set[str]]:
    """Wire the box as *fault* says, and cut; give the verdict, its seconds, and all verdicts."""
    box.wiring = fault.wiring
    faults.use(box.practice, "reception", faults.BESIDE.ip if fault.bypassed else GATEWAY)
    reset(box)
    seen = set[str]()

    def look() -> bool:
        seen.add(status(box).proof.value)
        return status(box).proof not in (Proof.NONE, Proof.CHECKING)

    with ExitStack() as stack:
        ordered = time.monotonic()
        order(box)
        if fault.imitated:
            stack.enter_context(faults.imitated_gateway(box.practice))
        until("a verdict", VERDICT_WITHIN, look)
        took = time.monotonic() - ordered
        longer = VERDICT_WITHIN - took if CUTS > FEW and fault.proof is not Proof.PROVEN else 0.0
        ever(max(LOOKED_AFTER, longer), lambda: not look())
        found = status(box)
        assert fault.sign in evidence(box), (fault, found.evidence)
        assert not fault.remark or fault.remark in found.faults, (fault, found.faults)
    if fault.bypassed or fault.imitated:  # each cut is the first of its day
        box.kill("sensor")
        box.start("sensor")
    return found.proof, took, seen


@pytest.mark.parametrize("name", SEVEN)
def test_each_of_the_seven_faults_gets_its_verdict_and_is_never_called_proven(box, name):
    verdict, took, seen = cut(box, SEVEN[name])
    print(f"\n{name}: {verdict} after {took:.2f} s")
    assert verdict is SEVEN[name].proof
    assert Proof.PROVEN not in seen


@pytest.mark.parametrize("name", MORE)
def test_with_other_contacts_a_fault_gets_its_verdict_as_well(box, name):
    verdict, took, _ = cut(box, MORE[name])
    print(f"\n{name}: {verdict} after {took:.2f} s")
    assert verdict is MORE[name].proof


@pytest.mark.parametrize("name", GOOD)
def test_a_cut_that_holds_is_proven_within_2_seconds(box, name):
    verdict, took, _ = cut(box, GOOD[name])
    print(f"\n{name}: {verdict} after {took:.2f} s")
    assert verdict is Proof.PROVEN
    assert took <= PROVEN_WITHIN


def test_of_many_cuts_none_is_called_proven_that_is_none(box):
    """Good and bad wirings in turn, at random; half of them are good."""
    dice = random.Random(SEED)  # noqa: S311 - to be played again
    print(f"\nVIGIE_SEED={SEED}")
    told, took, wrong = Counter[tuple[str, str]](), list[float](), list[str]()
    for number in range(CUTS):
        some: Mapping[str, Fault] = dice.choice((GOOD, SEVEN | MORE))
        name = dice.choice(sorted(some))
        try:
            verdict, seconds, seen = cut(box, some[name])
        except (AssertionError, TooLateError) as trouble:
            wrong.append(f"cut {number}, {name}: {trouble}")
            continue
        told[name, verdict] += 1
        if verdict is some[name].proof is Proof.PROVEN:
            took.append(seconds)
        if verdict is not some[name].proof or (
            some[name].proof is not Proof.PROVEN and Proof.PROVEN in seen
        ):
            wrong.append(f"cut {number}, {name}: {verdict} ({', '.join(seen)})")
    for (name, verdict), times in sorted(told.items()):
        print(f"{name:<34}{verdict:<12}{times:4}")
    print(f"{CUTS} cuts, {len(took)} proven: {spread(took)}")
    assert not wrong


def spread(seconds: list[float]) -> str:
    """Give the distribution of *seconds* in a line."""
    if len(seconds) < 2:
        return ", ".join(f"{one:.2f} s" for one in seconds)
    cuts = quantiles(seconds, n=100, method="inclusive")
    return f"p50 {cuts[49]:.2f} s, p99 {cuts[98]:.2f} s, max {max(seconds):.2f} s"
