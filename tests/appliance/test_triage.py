"""From findings to alerts."""

from dataclasses import replace

from appliance.decisions import Decision, Standing, Verdict, standing
from appliance.detectors import ALL
from appliance.model import AlertState, Finding, Level, Mac, Severity
from appliance.triage import OPEN_ALERTS, Triage, identifier

ALICE, BOB = Mac("02:00:00:00:00:0a"), Mac("02:00:00:00:00:0b")


def triage() -> Triage:
    return Triage(kind.about for kind in ALL)


def scan(at: float, target: str = "nas", **how) -> Finding:
    return Finding(
        detector="port_scan",
        at=at,
        about=ALICE,
        key=("port_scan", target),
        words={"target": target, "ports": str(int(at))},
        **how,
    )


def said(verdict: Verdict, **how):
    return standing([Decision(id=1, at=0, author="marie", verdict=verdict, **{"mac": ALICE} | how)])


def test_findings_with_one_key_are_one_alert():
    """It counts, and says the latest."""
    held = triage()
    first = held.take(scan(10))
    last = held.take(scan(20))
    assert (first.id, last.count, last.first_at, last.last_at) == (last.id, 2, 10, 20)
    assert last.words["ports"] == "20"
    assert held.take_changed() == [last]


def test_what_did_not_change_is_not_given_again():
    """The store writes only news."""
    held = triage()
    held.take(scan(1))
    held.take_changed()
    assert held.take_changed() == []


def test_the_worst_finding_gives_the_severity():
    """Guessing that succeeds is worse than guessing, and stays so."""
    held = triage()
    held.take(scan(1, severity=Severity.DANGER))
    assert held.take(scan(2)).severity is Severity.DANGER


def test_a_closed_alert_is_over_and_the_next_finding_is_a_new_one():
    """The trouble came back."""
    held = triage()
    first = held.take(scan(1))
    held.heed(said(Verdict.CLOSE, alert=first.id), 2)
    again = held.take(scan(3))
    assert again.id != first.id
    assert [alert.state for alert in held.take_changed()] == [AlertState.CLOSED, AlertState.OPEN]


def test_what_people_called_normal_does_not_reach_the_light():
    """It is still recorded."""
    held = triage()
    held.take(scan(1))
    assert held.level() is Level.LOOK
    held.heed(said(Verdict.NORMAL, detector="port_scan"), 2)
    assert held.level() is Level.WELL
    assert held.take(scan(3)).state is AlertState.NORMAL


def test_deciding_gives_the_alerts_that_changed_by_it():
    held = triage()
    first, _ = held.take(scan(1)), held.take(scan(2, "pc"))
    (changed,) = held.heed(said(Verdict.CLOSE, alert=first.id), 3)
    assert (changed.id, changed.state) == (first.id, AlertState.CLOSED)
    assert held.heed(said(Verdict.CLOSE, alert=first.id), 4) == []


def test_normal_for_a_while_ends():
    """The next finding opens the alert again."""
    held = triage()
    held.take(scan(1))
    held.heed(said(Verdict.NORMAL, detector="port_scan", until=10.0), 2)
    assert held.take(scan(11)).state is AlertState.OPEN


def test_the_light_follows_the_worst_open_alert():
    """Notices do not reach it."""
    held = triage()
    held.take(scan(1, severity=Severity.NOTICE))
    assert held.level() is Level.WELL
    held.take(scan(1, "pc"))
    assert held.level() is Level.LOOK
    held.take(scan(1, "server", severity=Severity.DANGER))
    assert held.level() is Level.DANGER


def test_alerts_go_on_after_a_restart():
    """A repeat folds into the alert that was there before."""
    before = triage()
    alert = before.take(scan(1))
    after = triage()
    after.restore([alert])
    assert (after.take(scan(5)).id, after.take(scan(6)).count) == (alert.id, 3)


def test_troubles_have_a_maximum():
    """And those let go are counted."""
    held = triage()
    for number in range(OPEN_ALERTS + 5):
        held.take(scan(number, f"pc{number}"))
    assert held.dropped == 5


def test_an_identifier_depends_on_key_and_time_alone():
    """So a replay names an alert as the live box did."""
    assert identifier(("a", "b"), 1.0) == identifier(("a", "b"), 1.0)
    assert (
        len({identifier(("a", "b"), 1.0), identifier(("ab",), 1.0), identifier(("a", "b"), 2.0)})
        == 3
    )


def test_a_stranger_that_is_part_of_a_learnt_device_is_none():
    """Only what ends with approval ends by that; a scan stays a scan."""
    held = triage()
    stranger = Finding(detector="new_device", at=1, about=ALICE, key=("new_device", ALICE))
    held.take(stranger)
    held.take(scan(1))
    held.heed(Standing(at_home=frozenset({ALICE})), 2)
    assert {alert.detector: alert.state for alert in held.take_changed()} == {
        "new_device": AlertState.CLOSED,
        "port_scan": AlertState.OPEN,
    }
    assert held.take(stranger).state is AlertState.CLOSED


def test_what_is_normal_for_a_device_is_for_all_its_addresses():
    held = triage()
    stand = replace(said(Verdict.NORMAL, mac=BOB, detector="port_scan"), mains={ALICE: BOB})
    held.heed(stand, 1)
    assert held.take(scan(2)).state is AlertState.NORMAL
