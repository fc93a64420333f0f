"""The budget of alerts: an ordinary day raises no danger, and no warning that is not accounted for.

All captures of ordinary work and of what only looks like an attack are read in one setting, that
of a practice in which nobody is at any time: then everything weighs as much as it ever can.
"""

from pathlib import Path

import pytest

from appliance.detectors.port_scan import Limits
from appliance.model import Alert, Severity
from appliance.pipeline import Pipeline, Setting
from appliance.sensor.capture_file import CaptureFile
from appliance.site import Site, read
from tests.kit.check import NEVER_OPEN, flow
from tests.test_captures import CAPTURES

ORDINARY = [each for each in CAPTURES if each.stem.startswith(("ordinary", "lookalike"))]
PORTS = 1000
SCANNER = "02:00:00:00:00:66"


def heard(capture: Path) -> list[Alert]:
    """Give what the box makes of *capture* when nobody is there."""
    known = capture.with_suffix(".toml")
    site = read(known) if known.exists() else Site.unknown()
    found: dict[str, Alert] = {}
    pipeline: Pipeline | None = None
    for block in CaptureFile(capture):
        if pipeline is None:
            pipeline = Pipeline(
                Setting(
                    home=site.home,
                    learn_until=float(block.times[0]) + site.learn,
                    lists=site.lists,
                    remote_tools=site.remote_tools,
                    without=frozenset() if site.standing else frozenset({"new_device"}),
                    hours=NEVER_OPEN,
                ),
                fence=False,
            )
            if site.standing:
                pipeline.heed(site.standing)
        pipeline.feed(block)
        found.update((alert.id, alert) for alert in pipeline.triage.take_changed())
    assert pipeline is not None
    pipeline.finish()
    found.update((alert.id, alert) for alert in pipeline.triage.take_changed())
    return list(found.values())


@pytest.mark.parametrize("capture", ORDINARY, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_an_ordinary_day_raises_no_danger_and_no_warning_unaccounted_for(capture: Path) -> None:
    """Not even at night; what stands beside a capture is what its reviewer let pass."""
    expected = capture.with_suffix(".alerts").read_text("utf-8").splitlines()
    found = heard(capture)
    assert [alert.detector for alert in found if alert.severity is Severity.DANGER] == []
    warnings = [alert for alert in found if alert.severity is Severity.WARNING]
    assert len(warnings) <= len(expected)


def test_a_scan_of_a_thousand_ports_is_one_alert_with_a_count() -> None:
    """And what else its machine does meanwhile is "again", not one more shout."""
    knocks = [
        flow(index / 100, SCANNER, "192.168.1.66", "192.168.1.40", port, back=False, payload=False)
        for index, port in enumerate(range(1, PORTS + 1))
    ]
    calls = [
        flow(20 + index, SCANNER, "192.168.1.66", f"192.168.1.{host}", 445, back=False, flags_out=2)
        for index, host in enumerate(range(100, 130))
    ]
    pipeline = Pipeline(Setting(without=frozenset({"new_device"})), fence=False)
    for fact in (*knocks, *calls):
        pipeline.tell(fact)
    scan, *others = pipeline.triage.take_changed()
    step = Limits().ports
    assert (scan.detector, scan.again) == ("port_scan", False)
    assert (scan.count, int(scan.words["ports"])) == (PORTS // step, PORTS // step * step)
    assert [(alert.detector, alert.again) for alert in others] == [("host_sweep", True)]
