"""Judging a replay: what was expected, what came, and what is broken."""

import pytest

from appliance.detectors import ALL
from tests.evaluate.judge import KINDS, Reply, Verdict, forbidden, judge, totals, wanted


def read(*alerts: tuple[str, str]) -> Reply:
    return Reply(status=0, seconds=1, alerts=alerts)


@pytest.mark.parametrize(
    ("expected", "kinds"),
    [
        ("silent", ()),
        ("alert:port-scan(udp)", ("port-scan",)),
        ("alert:exploit, alert:c2, alert:host-sweep(445)", ("exploit", "c2", "host-sweep")),
        ("alert:dhcp-flood optional (relay traffic)", ()),
        ("optional alert:heartbleed", ()),
        ("alert:beacon 10.70.0.21; .22 silent", ("beacon",)),
    ],
)
def test_the_kinds_that_must_be_raised_are_read(expected: str, kinds: tuple[str, ...]) -> None:
    assert wanted(expected) == kinds


@pytest.mark.parametrize(
    ("expected", "severities"),
    [
        ("silent", {"warning", "danger"}),
        ("inventory: printer; silent (info)", {"warning", "danger"}),
        ("alert:c2; silent otherwise", set()),
        ("no crash; no high-severity alert", {"danger"}),
        ("alert:beacon", set()),
    ],
)
def test_the_severities_that_must_stay_away_are_read(expected: str, severities: set[str]) -> None:
    assert forbidden(expected) == severities


def test_what_was_found_and_missed_is_counted_by_detector() -> None:
    verdict = judge("alert:arp-scan, alert:port-scan, alert:c2", read(("host_sweep", "warning")))
    assert verdict == Verdict(
        found=("host_sweep",), missed=("port_scan",), without_detector=("c2",)
    )
    assert totals([verdict, verdict])["host_sweep"] == (2, 0)
    assert totals([verdict])["port_scan"] == (0, 1)


def test_a_warning_where_all_is_quiet_is_raised_in_vain() -> None:
    reply = read(("old_protocol", "notice"), ("arp_spoof", "danger"))
    assert judge("silent", reply).false == ("arp_spoof danger",)


@pytest.mark.parametrize(
    ("reply", "broken"),
    [
        (Reply(status=2, seconds=1, said="x.pcap is empty.\n"), ""),
        (Reply(status=2, seconds=1, said="a\nb\n"), "refused, but not in one sentence"),
        (Reply(status=1, seconds=1, said="Traceback (most …\nKeyError: 1\n"), "KeyError: 1"),
        (Reply(status=-9, seconds=1), "ended with status -9"),
        (Reply(status=None, seconds=300), "did not end within 300 s"),
    ],
)
def test_only_a_clear_refusal_is_no_breakage(reply: Reply, broken: str) -> None:
    verdict = judge("alert:arp-spoof", reply)
    assert (verdict.broken, verdict.refused) == (broken, not broken)
    assert verdict.missed == ()


def test_every_kind_is_seen_by_a_detector_that_exists() -> None:
    assert set(KINDS.values()) <= {detector.about.id for detector in ALL}
