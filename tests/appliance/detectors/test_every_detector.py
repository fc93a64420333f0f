"""What every detector owes: nothing it is told makes it raise, or remember without end."""

from collections.abc import Collection, Iterator
from dataclasses import fields
from typing import Any, get_origin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.detectors import ALL
from appliance.detectors.base import Detector
from appliance.facts import DhcpAsked, DhcpOffered, Fact
from appliance.memory import Memory
from appliance.model import Device, Finding, Ip, Mac
from tests.kit.anything import facts_of, hints
from tests.kit.check import inventory

every_detector = pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.about.id)

MADE_UP = 10_000
"""Facts about so many strangers, twice: the second half must find no more room than the first."""


def a_stranger(kind: type[Fact], number: int) -> Fact:
    """Give a fact of *kind* in which every address, name and port is the stranger's own."""
    mac = Mac("02:" + ":".join(f"{number >> shift & 255:02x}" for shift in (32, 24, 16, 8, 0)))
    own: dict[Any, Any] = {
        Mac: mac,
        Ip: Ip(f"93.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"),
        float: 1_000_000 + number / 1000,
        int: number % 65_536,
        str: f"name-{number}.example",
        bool: bool(number % 2),
        Device: Device(mac=mac),
    }
    values = {
        name: () if get_origin(hint) is tuple else own.get(hint)
        for name, hint in hints(kind).items()
    }
    if kind in (DhcpAsked, DhcpOffered):
        values["version"] = 4
    return kind(**values)


def tell(detector: Detector, network: Any, told: Iterator[Fact]) -> int:
    """Tell *detector* all of *told*, and count what it finds."""
    count = 0
    for fact in told:
        for news in (fact, *network.learn(fact)):
            if type(news) in detector.about.sees:
                for finding in detector.see(news, network):
                    assert isinstance(finding, Finding)
                    assert all(isinstance(word, str) for word in finding.words.values())
                    count += 1
    return count


def remembered(thing: object) -> int:
    """Count what *thing* holds, and what that holds."""
    if isinstance(thing, Memory):
        return len(thing) + sum(remembered(value) for value in thing.values())
    if isinstance(thing, dict):
        return len(thing) + sum(remembered(value) for value in thing.values())
    if isinstance(thing, Collection) and not isinstance(thing, str | bytes):
        return len(thing) + sum(remembered(value) for value in thing)
    slots = getattr(type(thing), "__slots__", ())
    inside = [getattr(thing, slot, None) for slot in ([slots] if isinstance(slots, str) else slots)]
    return sum(map(remembered, [*inside, *getattr(thing, "__dict__", {}).values()]))


@every_detector
@given(data=st.data())
def test_no_fact_makes_a_detector_raise(kind: type[Detector], data: st.DataObject) -> None:
    """Whatever it is told, in whatever order; what it finds can be said."""
    told = st.lists(st.sampled_from(kind.about.sees).flatmap(facts_of), max_size=30)
    facts = sorted(data.draw(told), key=lambda fact: fact.at)
    tell(kind(kind.about.limits()), inventory(), iter(facts))


@every_detector
def test_strangers_without_end_leave_a_detector_within_its_limits(kind: type[Detector]) -> None:
    """With the smallest limits, it is full after the first half and does not grow in the second."""
    smallest = {limit.name: limit.metadata["minimum"] for limit in fields(kind.about.limits)}
    detector, network = kind(kind.about.limits(**smallest)), inventory()
    sizes = []
    for half in (range(MADE_UP), range(MADE_UP, 2 * MADE_UP)):
        per_kind = (a_stranger(fact, number) for number in half for fact in kind.about.sees)
        tell(detector, network, per_kind)
        sizes.append(remembered(detector))
    assert sizes[1] <= sizes[0] * 1.1 + 10
