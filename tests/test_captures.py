"""Captures in, alerts out, compared to the letter.

Beside each ``captures/<detector>/NAME.pcap`` stands ``NAME.alerts``, what the whole box says of
it, its cases at the end; ``NAME.toml``, where there is one, says what is known of the site
(`appliance.site`).
``make bless`` rewrites the expected files: read the diff.
"""

from functools import cache
from pathlib import Path

import pytest

from appliance.detectors import ALL
from appliance.replay import Replayed, replay
from appliance.site import Site, read

FOLDER = Path(__file__).with_name("captures")
CAPTURES = sorted(FOLDER.glob("*/*.pcap"))


@cache
def replayed(capture: Path) -> Replayed:
    """Read *capture* to its end, as the box at its site would."""
    known = capture.with_suffix(".toml")
    return replay(capture, read(known) if known.exists() else Site.unknown(), fence=False)


def heard(capture: Path) -> str:
    """Give what the box says of *capture*, a line an alert; times are seconds into it."""
    lines, told = [], replayed(capture)
    for alert in told.alerts:
        words = " ".join(f"{name}={value}" for name, value in sorted(alert.words.items()))
        at = alert.first_at - told.began
        lines.append(f"{at:.3f} {alert.detector} {alert.about} x{alert.count} {words}".rstrip())
    for case in told.cases:
        stages = ",".join(stage.name.lower() for stage in case.stages)
        at = case.first_at - told.began
        lines.append(f"{at:.3f} case {case.about} {case.severity.name.lower()} {stages}")
    return "".join(f"{line}\n" for line in lines)


@pytest.mark.parametrize("capture", CAPTURES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_the_box_says_of_a_capture_what_stands_beside_it(capture, request):
    """To the letter."""
    expected = capture.with_suffix(".alerts")
    said = heard(capture)
    if request.config.getoption("--bless"):
        expected.write_text(said)
    assert said == expected.read_text()


@pytest.mark.parametrize("detector", [kind.about.id for kind in ALL])
def test_every_detector_speaks_in_one_of_its_captures_and_is_silent_in_two(detector):
    """The attack is seen; ordinary work and what looks most like the attack are not."""
    spoke = [
        detector in {line.split()[1] for line in expected.read_text().splitlines()}
        for expected in (FOLDER / detector).glob("*.alerts")
    ]
    assert spoke.count(True) >= 1
    assert spoke.count(False) >= 2


WITH_WHOM = {
    "bad_certificate",
    "beacon",
    "brute_force",
    "clear_password",
    "direct_outside",
    "dns_tunnel",
    "download",
    "exfiltration",
    "exploit",
    "icmp_tunnel",
    "known_bad",
    "lateral_movement",
    "mining",
    "off_limits",
    "old_protocol",
    "patient_data_outside",
    "port_scan",
    "ransomware",
    "remote_access",
    "reverse_shell",
}
"""Detectors whose troubles are with somebody: they can be normal with one, and not with others."""


@pytest.mark.parametrize("detector", [kind.about.id for kind in ALL])
def test_an_alert_names_its_other_side_where_it_has_one(detector):
    """In every capture of it."""
    for capture in sorted((FOLDER / detector).glob("*.pcap")):
        for alert in replayed(capture).alerts:
            if alert.detector == detector:
                assert any(alert.peers) == (detector in WITH_WHOM), capture.stem
