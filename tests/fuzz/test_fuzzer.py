"""The fuzzer for a moment; ``python -m tests.fuzz SECONDS`` runs it for longer."""

from itertools import islice
from random import Random
from typing import get_args

import pytest

from appliance.decode import Decoder
from appliance.facts import AddressMoved, DeviceAppeared, Fact, FlowDelta, HttpAnswered, Tick
from appliance.model import Frame, Ip, Mac
from tests.fuzz.fuzzer import Finding, judge, mutants, run
from tests.fuzz.seeds import SEEDS


def test_no_mutant_makes_the_decoder_raise_or_break_a_promise():
    """A few thousand of them, the same every time."""
    report = run(7, lambda inputs: inputs < 4000)
    assert report.inputs == 4000
    assert report.facts > 1000
    assert report.malformed > 400


def test_every_seed_is_read_without_fault():
    """What the fuzzer starts from is ordinary, and of every kind."""
    decoder = Decoder()
    facts = [decoder.read(seed) for seed in SEEDS]
    assert all(facts)
    assert decoder.malformed == 0
    told = {type(fact) for found in facts for fact in found}
    assert set(get_args(Fact)) - told == {FlowDelta, DeviceAppeared, AddressMoved, Tick}


def test_the_same_seed_makes_the_same_mutants():
    """A finding can be looked at again."""
    first = list(islice(mutants(Random(3)), 200))  # noqa: S311 - the same every time
    second = list(islice(mutants(Random(3)), 200))  # noqa: S311 - the same every time
    assert first == second
    assert len(set(first)) > 150


@pytest.mark.parametrize("text", ["a\nb", "a" * 256])
def test_a_broken_promise_is_found(text: str):
    """Text that does not print, or is too long."""
    fact = HttpAnswered(
        at=1.0,
        mac=Mac(""),
        src=Ip(""),
        dst=Ip(""),
        sport=80,
        status=200,
        content_type="",
        server=text,
    )
    with pytest.raises(Finding):
        judge(fact, Frame(1.0, b""))
