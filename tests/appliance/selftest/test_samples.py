"""Every detector has a sample, and sees its sign as the box is set."""

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from appliance.detectors import ALL
from appliance.detectors.generated_names import GeneratedNames
from appliance.detectors.known_bad import KnownBad
from appliance.detectors.port_scan import PortScan
from appliance.lists.index import Lists
from appliance.pipeline import Setting
from appliance.selftest.samples import SAMPLES, Changed, Outcome, Result, changed, examine
from appliance.site import Site
from tests.kit import check
from tests.kit.sensing import LISTED_NAME

USUAL = Setting(lists=Site.unknown().lists)


@pytest.fixture(scope="module")
def results() -> dict[str, Result]:
    return {result.detector: result for result in examine(USUAL)}


def of(detector: str, setting: Setting = USUAL, samples: Path = SAMPLES) -> Result:
    """Give what becomes of one detector's sign; the others are switched off."""
    others = {each.about.id for each in ALL} - {detector}
    found = examine(replace(setting, without=frozenset(others)), samples)
    return next(result for result in found if result.detector == detector)


def limited(**limits: Any) -> Setting:
    return replace(USUAL, limits={"port_scan": PortScan.about.limits(**limits)})


@pytest.mark.parametrize("detector", [each.about.id for each in ALL])
def test_a_box_as_delivered_sees_the_sign_of_every_detector(
    detector: str, results: dict[str, Result]
) -> None:
    """A new detector has none before ``python -m tests.samples``, and fails here."""
    assert results[detector] == Result(detector=detector, outcome=Outcome.SEEN)


def test_results_come_in_the_order_of_the_detectors(results: dict[str, Result]) -> None:
    assert list(results) == [each.about.id for each in ALL]


def test_a_detector_that_is_switched_off_is_not_asked() -> None:
    off = replace(USUAL, without=frozenset(each.about.id for each in ALL))
    assert {result.outcome for result in examine(off)} == {Outcome.OFF}


def test_a_limit_that_keeps_the_sign_from_being_seen_is_named() -> None:
    assert of("port_scan", limited(ports=400)) == Result(
        detector="port_scan",
        outcome=Outcome.LIMITED,
        limits=(Changed(detector="port_scan", name="ports", value=400, usual=15),),
    )


def test_a_limit_that_does_not_is_no_trouble() -> None:
    assert of("port_scan", limited(ports=10)).outcome is Outcome.SEEN


def test_a_sign_that_no_limit_explains_is_missed(tmp_path: Path) -> None:
    """As when a detector no longer works: here it is shown what is not its business."""
    shutil.copy(SAMPLES / "arp_spoof.pcap.gz", tmp_path / "port_scan.pcap.gz")
    assert of("port_scan", samples=tmp_path).outcome is Outcome.MISSED
    assert of("port_scan", limited(ports=400), tmp_path).outcome is Outcome.MISSED


def test_a_detector_that_falls_over_is_told_apart() -> None:
    limits: Any = GeneratedNames.about.limits(surprise="much")
    setting = replace(USUAL, limits={"generated_names": limits})
    assert of("generated_names", setting).outcome is Outcome.FAILED


def test_a_sample_that_cannot_be_read_is_told_apart(tmp_path: Path) -> None:
    (tmp_path / "known_bad.toml").write_text("nothing = such", "utf-8")
    (tmp_path / "arp_spoof.pcap.gz").write_bytes(b"no capture")
    for detector in ("known_bad", "arp_spoof", "port_scan"):
        assert of(detector, samples=tmp_path).outcome is Outcome.UNREADABLE


@pytest.mark.parametrize("listed", [True, False])
def test_samples_are_judged_by_the_lists_in_use(tmp_path: Path, listed: bool) -> None:
    """The name that the sample brings along is taken from it."""
    shutil.copy(SAMPLES / "known_bad.pcap.gz", tmp_path)
    lists = check.listed(LISTED_NAME) if listed else Lists()
    found = of(KnownBad.about.id, replace(USUAL, lists=lists), tmp_path)
    assert found.outcome is (Outcome.SEEN if listed else Outcome.MISSED)


def test_limits_as_delivered_are_not_changed() -> None:
    for detector in ALL:
        assert changed(detector.about.limits(), detector.about.id) == ()
