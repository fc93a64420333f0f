"""Comparing what was said of devices with what they are; all devices are made up."""

from typing import Any

import pytest

from appliance.knowledge.kinds import Kind
from tests.evaluate.scores import Judged, Mark, is_system, judge, totals
from tests.evaluate.truth import Reading, Statement
from tests.evaluate.words import Claim

WHO = "192.0.2.3"


def device(**said: Any) -> dict[str, Any]:
    blank = {"mac": "02:00:00:00:00:0a", "ips": [WHO], "gateway": False}
    blank |= {"kind": "unknown", "maker": "", "os": ""}
    return blank | {"sure": dict.fromkeys(("kind", "maker", "os"), "guess")} | said


def marks(claim: Claim, **said: Any) -> list[Mark]:
    (judged,) = judge(Reading(statements=(Statement(who=WHO, claim=claim),)), [device(**said)])
    return [each.mark for each in judged.scores]


PRINTER = Claim(kinds=frozenset({Kind.PRINTER}))


@pytest.mark.parametrize(
    ("kind", "sure", "mark"),
    [
        ("printer", "guess", Mark.RIGHT),
        ("printer", "certain", Mark.RIGHT),
        ("nas", "guess", Mark.WRONG),
        ("nas", "likely", Mark.SURELY_WRONG),
        ("nas", "certain", Mark.SURELY_WRONG),
        ("unknown", "guess", Mark.SILENT),
    ],
)
def test_wrong_is_worse_when_it_was_said_with_confidence(kind: str, sure: str, mark: Mark) -> None:
    assert marks(PRINTER, kind=kind, sure={"kind": sure}) == [mark]


def test_something_broader_is_right_and_something_narrower_is_not() -> None:
    camera_pc = Claim(kinds=frozenset({Kind.ACQUISITION_PC}))
    assert marks(camera_pc, kind="workstation") == [Mark.RIGHT]
    assert marks(Claim(kinds=frozenset({Kind.WORKSTATION})), kind="acquisition_pc") == [Mark.WRONG]


def test_a_maker_is_found_as_a_word_in_the_name_of_the_firm() -> None:
    claim = Claim(makers=("hp", "hewlett"))
    assert marks(claim, maker="Hewlett Packard Enterprise") == [Mark.RIGHT]
    assert marks(claim, maker="SHP Works") == [Mark.WRONG]
    assert marks(claim) == [Mark.SILENT]


@pytest.mark.parametrize(
    ("found", "family", "release", "right"),
    [
        ("Windows 7 / Vista / Server 2008 (R2)", "windows", "7", True),
        ("Windows 7 / Vista / Server 2008 (R2)", "windows", "10", False),
        ("Windows 2000+", "windows", "10", True),
        ("Windows 10 2004-22H2", "windows", "10", True),
        ("Windows 10 1803+ / 11 / Server 2019+", "windows", "11", True),
        ("Windows 8 / Server 2012", "windows", "8.1", False),
        ("Windows", "windows", "xp", True),
        ("Windows Server 2022", "windows", "11", False),
        ("Windows Server 2022", "windows", "", True),
        ("Android 7-10", "android", "9", True),
        ("Android 12+", "android", "9", False),
        ("Android", "android", "9", True),
        ("iOS ≤ 9", "ios", "8", True),
        ("iOS 15+ / macOS 12+", "macos", "", True),
        ("iOS 15+ / macOS 12+", "android", "", False),
        ("DSM", "linux", "", True),
    ],
)
def test_a_system_is_right_when_what_is_said_allows_for_it(
    found: str, family: str, release: str, right: bool
) -> None:
    assert is_system(found, family, release) is right


def test_a_device_is_meant_by_either_of_its_addresses() -> None:
    for who in (WHO, "02:00:00:00:00:0a"):
        (judged,) = judge(
            Reading(statements=(Statement(who=who, claim=PRINTER),)),
            [device(kind="printer"), device(mac="02:00:00:00:00:0b", ips=[])],
        )
        assert judged.who == f"{who} (02:00:00:00:00:0a)"
        assert [each.mark for each in judged.scores] == [Mark.RIGHT]


def test_the_only_device_that_is_no_gateway_is_meant_where_none_is_named() -> None:
    reading = Reading(statements=(Statement(who="", claim=PRINTER),))
    router = device(mac="02:00:00:00:00:01", gateway=True)
    (judged,) = judge(reading, [router, device()])
    assert judged.who == "the only device (02:00:00:00:00:0a)"
    (unclear,) = judge(reading, [router, device(), device()])
    assert unclear == Judged(who="", unclear="2 devices might be meant")


def test_who_was_not_heard_or_cannot_be_told_apart_is_not_judged() -> None:
    reading = Reading(statements=(Statement(who=WHO, claim=PRINTER),))
    for devices in ([], [device(), device()]):
        (judged,) = judge(reading, devices)
        assert judged.scores == ()
        assert WHO in judged.unclear
    (passed_on,) = judge(Reading(unclear="speaks of several"), [device()])
    assert passed_on.unclear == "speaks of several"


def test_the_total_counts_each_mark_by_field_and_over_all() -> None:
    claim = Claim(kinds=frozenset({Kind.PRINTER}), makers=("acme",))
    statement = Statement(who=WHO, claim=claim)
    judged = list(judge(Reading(statements=(statement,)), [device(kind="printer")]))
    counts = totals(judged + judged)
    assert counts["kind"][Mark.RIGHT] == 2
    assert counts["maker"] == dict.fromkeys(Mark, 0) | {Mark.SILENT: 2}
    assert counts["all"] == dict.fromkeys(Mark, 0) | {Mark.RIGHT: 2, Mark.SILENT: 2}
