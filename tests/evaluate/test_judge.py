"""Judging a replay: what was expected, what came, and what is broken."""

import pytest

from appliance.detectors import ALL
from tests.evaluate.judge import UNKNOWN, Raised, Reply, forbidden, judge, kinds, totals, wanted

HOST, OTHER = "192.168.1.10", "192.168.1.11"


def read(*alerts: tuple[str, str], host: str = HOST) -> Reply:
    told = tuple(Raised(detector, severity, frozenset({host})) for detector, severity in alerts)
    return Reply(status=0, seconds=1, alerts=told)


@pytest.mark.parametrize(
    ("expected", "kinds"),
    [
        ("silent", ()),
        ("alert:port-scan(udp)", ("port-scan",)),
        ("alert:exploit, alert:c2, alert:host-sweep(445)", ("exploit", "c2", "host-sweep")),
        ("alert:dhcp-flood optional (relay traffic)", ()),
        ("optional alert:heartbleed", ()),
        ("alert:beacon 10.70.0.21; .22 silent", ("beacon",)),
        ("alert:beacon/c2 (dyn-DNS), alert:tor", ("beacon/c2", "tor")),
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


def test_what_was_found_and_missed_is_counted_by_category() -> None:
    """One fitting alert tells of an attack; what else was expected is listed all the same."""
    verdict = judge("alert:arp-scan, alert:port-scan", HOST, read(("host_sweep", "warning")))
    assert (verdict.found, verdict.missed) == (("arp-scan", "port-scan"), ())
    verdict = judge("alert:arp-scan, alert:tor", HOST, read(("host_sweep", "warning")))
    assert [miss.kinds for miss in verdict.missed] == ["tor"]
    untold = judge("alert:tor", HOST, read())
    quiet = judge("silent", "", read())
    assert totals([("scan", verdict), ("scan", untold), ("c2", untold), ("tls", quiet)]) == {
        "c2": (0, 1),
        "scan": (1, 1),
    }


def test_an_alert_that_names_another_host_does_not_fit() -> None:
    reply = read(("beacon", "warning"), host=OTHER)
    assert judge("alert:beacon", HOST, reply).found == ()
    assert judge("alert:beacon", "", reply).found == ("beacon",)


def test_any_of_several_kinds_will_do() -> None:
    assert judge("alert:beacon/exfil", HOST, read(("exfiltration", "warning"))).missed == ()


def test_a_miss_has_its_reason() -> None:
    (miss,) = judge("alert:beacon/tor", HOST, read()).missed
    assert kinds()["beacon"].needs in miss.why
    assert kinds()["tor"].needs in miss.why
    (miss,) = judge("alert:sorcery", HOST, read()).missed
    assert miss.why == UNKNOWN


def test_a_warning_where_all_is_quiet_is_raised_in_vain() -> None:
    reply = read(("old_protocol", "notice"), ("arp_spoof", "danger"))
    assert judge("silent", "", reply).false == ("arp_spoof danger",)


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
    verdict = judge("alert:arp-spoof", "", reply)
    assert (verdict.broken, verdict.refused) == (broken, not broken)
    assert verdict.missed == ()


def test_every_kind_is_seen_by_a_detector_that_exists() -> None:
    known = {detector.about.id for detector in ALL}
    assert all(set(kind.detectors) <= known and kind.detectors for kind in kinds().values())
