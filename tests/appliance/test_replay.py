"""What the box would have said of a capture, in the envelope of Suricata's EVE."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance import replay as module
from appliance.demo import KNOWN, RECORDING
from appliance.model import Device, Evidence, Frame, Mac
from appliance.replay import Replayed, events, lines, replay
from appliance.sensor.source import CaptureError
from appliance.site import Site, read
from tests.kit import headers
from tests.kit.capture import pcap

CAPTURES = Path(__file__).parents[1] / "captures"
SCAN = CAPTURES / "port_scan/nmap_half_open.pcap"


@pytest.fixture(scope="module")
def day() -> Replayed:
    """The bundled practice day."""
    return replay(RECORDING, read(KNOWN), fence=False)


def told(replayed: Replayed, kind: str, language: str = "fr") -> list[dict[str, Any]]:
    """Give the events of one kind as a program reads them."""
    read_back = [json.loads(line) for line in lines(replayed, language)]
    return [event for event in read_back if event["event_type"] == kind]


def test_every_event_begins_with_its_time_and_its_type(day: Replayed) -> None:
    """The envelope of EVE: ISO 8601 with microseconds and a zone."""
    for event in events(day, "fr"):
        assert list(event)[:2] == ["timestamp", "event_type"]
        assert datetime.fromisoformat(event["timestamp"]).tzinfo == UTC
        assert len(event["timestamp"]) == len("2025-11-24T08:00:00.000062+00:00")


def test_alerts_come_in_order_then_cases_one_device_each_and_the_summary(day: Replayed) -> None:
    kinds = [event["event_type"] for event in events(day, "fr")]
    alerts, cases, devices = len(day.alerts), len(day.cases), len(day.devices)
    assert kinds == ["alert"] * alerts + ["case"] * cases + ["device"] * devices + ["summary"]
    firsts = [event["first_at"] for event in told(day, "alert")]
    assert firsts == sorted(firsts)
    macs = [event["mac"] for event in told(day, "device")]
    assert len(set(macs)) == len(macs)


def test_an_alert_has_these_fields_and_no_empty_address() -> None:
    (alert,) = told(replay(SCAN, Site.unknown()), "alert", "en")
    assert list(alert) == [
        "timestamp",
        "event_type",
        "detector",
        "severity",
        "mac",
        "src_ip",
        "dest_ip",
        "attack",
        "first_at",
        "last_at",
        "count",
        "peers",
        "title",
        "body",
        "advice",
    ]
    assert alert["timestamp"] == alert["first_at"] <= alert["last_at"]
    assert (alert["detector"], alert["severity"]) == ("port_scan", "warning")
    assert (alert["src_ip"], alert["dest_ip"]) == ("192.168.50.66", "192.168.50.10")
    assert alert["attack"] == ["T1046"]
    assert all(alert[part] for part in ("title", "body", "advice"))


def test_what_comes_after_on_an_alarmed_device_is_again(day: Replayed) -> None:
    alerts = told(day, "alert")
    again = [alert for alert in alerts if alert.get("again")]
    assert again
    assert all(alert["again"] is True for alert in again)
    for alert in again:
        before = [each for each in alerts if each["first_at"] <= alert["first_at"]]
        assert alert["mac"] in {each["mac"] for each in before if each is not alert}


def test_an_alert_that_concerns_no_address_names_none(day: Replayed) -> None:
    alert = next(each for each in told(day, "alert") if each["detector"] == "new_device")
    assert "src_ip" not in alert
    assert "dest_ip" not in alert


def test_a_device_has_these_fields_and_says_why(day: Replayed) -> None:
    (device,) = (each for each in told(day, "device") if each["mac"] == "00:80:77:10:00:50")
    assert {"mac", "ips", "names", "kind", "maker", "model", "os", "evidence"} <= set(device)
    assert {"sure", "against"} <= set(device)
    assert device["ips"] == ["192.168.50.50"]
    assert "BRN008077100050" in device["names"]
    assert device["maker"].startswith("Brother")
    assert {"source": "hardware_address", "says": device["maker"], "weight": 60} in device[
        "evidence"
    ]
    assert device["kind"] == "printer"


def test_a_device_says_how_sure_each_thing_is_and_what_speaks_against_it() -> None:
    """Two sources agree on the kind; a third says otherwise, and is not hidden."""
    device = Device(
        mac=Mac("02:00:00:00:00:0a"),
        kind="printer",
        evidence=tuple(
            Evidence(source=source, says=source, weight=60, first_at=1, last_at=1, **votes)
            for source, votes in (
                ("mdns", {"kind": "printer", "model": "Laser 5"}),
                ("ssdp", {"kind": "printer"}),
                ("name", {"kind": "nas"}),
            )
        ),
    )
    (said,) = told(Replayed(alerts=(), devices=(device,), summary={}, began=1), "device")
    assert said["kind"] == "printer"
    assert said["sure"] == {"kind": "certain", "maker": "guess", "model": "likely", "os": "guess"}
    assert said["against"] == {"kind": ["nas"], "maker": [], "model": [], "os": []}


def test_the_summary_counts_what_was_read(day: Replayed) -> None:
    (summary,) = told(day, "summary")
    counted = ("packets", "bytes", "capture_seconds", "seconds", "flows", "frames", "malformed")
    assert all(summary[name] >= 0 for name in counted)
    assert summary["file"] == RECORDING.name
    assert summary["packets"] == 2104
    assert summary["capture_seconds"] == pytest.approx(17_520.113241)
    assert summary["drops"] == {}
    assert summary["faults"] == []


def test_people_read_the_names_they_gave_in_their_language(day: Replayed) -> None:
    for language, words in (("fr", "Panoramique"), ("en", "Panoramique")):
        bodies = [alert["body"] for alert in told(day, "alert", language)]
        assert any(words in body for body in bodies)
    french, english = (told(day, "alert", language)[0]["title"] for language in ("fr", "en"))
    assert french != english


def test_without_known_devices_no_newcomer_is_told() -> None:
    """Else every device of every capture would be one."""
    silent = replay(RECORDING, Site.unknown())
    assert "new_device" not in {alert.detector for alert in silent.alerts}


def test_a_capture_that_ends_before_its_first_packet_is_a_summary(tmp_path: Path) -> None:
    file = tmp_path / "none.pcap"
    file.write_bytes(pcap([]))
    (summary,) = events(replay(file, Site.unknown()), "fr")
    assert (summary["packets"], summary["timestamp"]) == (0, "1970-01-01T00:00:00.000000+00:00")


def test_what_is_no_capture_raises(tmp_path: Path) -> None:
    with pytest.raises(CaptureError):
        replay(tmp_path / "nowhere.pcap", Site.unknown())


def test_a_detector_that_failed_stands_in_the_summary(monkeypatch: pytest.MonkeyPatch) -> None:
    """What it would have said is missing, and that is not hidden."""
    from appliance.detectors import PortScan  # noqa: PLC0415 - only here is one broken

    def broken(*told: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(PortScan, "see", broken)
    (summary,) = told(replay(SCAN, Site.unknown()), "summary")
    assert summary["faults"] == ["port_scan"]
    with pytest.raises(ZeroDivisionError):
        replay(SCAN, Site.unknown(), fence=False)


@given(st.floats(0, 2**32))
def test_any_time_a_pcap_can_hold_is_told(tmp_path_factory: pytest.TempPathFactory, at: float):
    file = tmp_path_factory.mktemp("time") / "x.pcap"
    frame = Frame(min(at, 2.0**32 - 2), headers.ether(b"x" * 50, "02:00:00:00:00:0a"))
    file.write_bytes(pcap([frame]))
    for event in events(replay(file, Site.unknown()), "fr"):
        told_at = datetime.fromisoformat(event["timestamp"]).timestamp()
        assert told_at == pytest.approx(frame.at, abs=2e-6)


@given(st.floats())
def test_a_time_no_calendar_knows_becomes_one_that_it_does(at: float) -> None:
    """A pcapng can count 2**64 units of its own making."""
    assert datetime.fromisoformat(module._stamp(at)).tzinfo == UTC
