"""Attacks of the captures, one after the other on one machine, as one case."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from appliance.model import Frame, Severity
from appliance.replay import Replayed, events, replay
from appliance.sensor.capture_file import CaptureFile
from appliance.site import Site, read
from tests.kit.capture import pcap

CAPTURES = Path(__file__).parents[1] / "captures"
KNOWN = CAPTURES / "beacon/curl_with_jitter.toml"
SURGERY = "b0:5a:da:10:00:41"
MINUTE = 60.0
STORY = (
    (0, "download/script_by_its_ending"),
    (12, "dns_tunnel/remote_control"),
    (40, "host_sweep/worm_looks_for_file_sharing"),
    (55, "ransomware/encrypts_with_notes"),
)
"""At which minute which attack was played; each by the same machine of the lab's practice."""


def frames(minute: float, name: str) -> Iterator[Frame]:
    """Give the packets of a capture as if it began in that *minute* of its day."""
    for block in CaptureFile(CAPTURES / f"{name}.pcap"):
        for at, offset, size in zip(block.times, block.offsets, block.captured, strict=True):
            data = bytes(block.buffer[offset : offset + size])
            yield Frame(float(at) + minute * MINUTE, data, block.link)


def joined(folder: Path, *story: tuple[float, str], known: bool = True) -> Replayed:
    """Replay what *story* tells, as one capture."""
    file = folder / "story.pcap"
    file.write_bytes(pcap([frame for minute, name in story for frame in frames(minute, name)]))
    return replay(file, read(KNOWN) if known else Site.unknown(), fence=False)


@pytest.fixture(scope="module")
def intrusion(tmp_path_factory: pytest.TempPathFactory) -> Replayed:
    return joined(tmp_path_factory.mktemp("story"), *STORY)


def test_an_intrusion_from_download_to_ransomware_is_one_case(intrusion: Replayed) -> None:
    (case,) = intrusion.cases
    assert (case.about, case.severity) == (SURGERY, Severity.DANGER)
    found = {alert.id: alert.detector for alert in intrusion.alerts}
    told = list(dict.fromkeys(found[each] for each in case.alerts))
    assert told == ["download", "dns_tunnel", "host_sweep", "ransomware"]


def test_three_steps_are_a_danger_before_anything_is_lost(tmp_path: Path) -> None:
    """Each of them alone is a warning."""
    replayed = joined(tmp_path, *STORY[:3])
    assert {alert.severity for alert in replayed.alerts} <= {Severity.NOTICE, Severity.WARNING}
    assert [case.severity for case in replayed.cases] == [Severity.DANGER]


def test_steps_with_hours_between_them_are_told_one_by_one(tmp_path: Path) -> None:
    replayed = joined(tmp_path, *((minute * 10, name) for minute, name in STORY))
    assert len(replayed.alerts) >= len(STORY)
    assert replayed.cases == ()


def test_a_stranger_that_was_just_plugged_in_and_scans_is_no_danger(tmp_path: Path) -> None:
    """It may be the technician's laptop: one warning, in which both are said."""
    visit = ((0, "new_device/box_left_behind"), (10, "port_scan/nmap_half_open"))
    (case,) = joined(tmp_path, *visit).cases
    assert case.severity is Severity.WARNING
    assert [stage.name for stage in case.stages] == ["ARRIVAL", "LOOKING"]


def test_ordinary_days_are_no_case(tmp_path: Path) -> None:
    """All that is ordinary and all that only looks like an attack, ten minutes apart."""
    calm = sorted(
        file.relative_to(CAPTURES).with_suffix("").as_posix()
        for file in CAPTURES.glob("*/*.pcap")
        if file.name.startswith(("ordinary", "lookalike"))
        and file.parent.name in {"download", "dns_tunnel", "host_sweep", "port_scan", "ransomware"}
    )
    assert len(calm) > 12
    replayed = joined(tmp_path, *((10 * n, name) for n, name in enumerate(calm)))
    assert replayed.cases == ()


def test_a_case_has_these_fields_and_comes_after_the_alerts(intrusion: Replayed) -> None:
    kinds = [event["event_type"] for event in events(intrusion, "fr")]
    assert kinds == sorted(kinds, key=("alert", "case", "device", "summary").index)
    (case,) = (event for event in events(intrusion, "en") if event["event_type"] == "case")
    assert list(case) == [
        "timestamp",
        "event_type",
        "case_id",
        "severity",
        "mac",
        "also",
        "stages",
        "alerts",
        "first_at",
        "last_at",
        "title",
        "body",
        "advice",
    ]
    assert case["timestamp"] == case["first_at"] <= case["last_at"]
    assert (case["severity"], case["mac"], case["also"]) == ("danger", SURGERY, [])
    assert case["stages"] == ["entry", "control", "looking", "harm"]
    assert case["title"] == "An attack is probably doing damage"
    assert "“Salle 1”" in case["advice"]


def test_the_alerts_of_a_case_can_be_found_among_those_told(intrusion: Replayed) -> None:
    told = list(events(intrusion, "fr"))
    (case,) = (event for event in told if event["event_type"] == "case")
    alerts = {
        (event["detector"], event["mac"], event["first_at"])
        for event in told
        if event["event_type"] == "alert"
    }
    of_case = [(each["detector"], each["mac"], each["first_at"]) for each in case["alerts"]]
    assert set(of_case) <= alerts
    assert [at for _, _, at in of_case] == sorted(at for _, _, at in of_case)
    assert [each["id"] for each in case["alerts"]] == list(intrusion.cases[0].alerts)
