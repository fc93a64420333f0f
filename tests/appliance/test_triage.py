"""From findings to alerts."""

from dataclasses import replace

from appliance.decisions import Decision, Standing, Verdict, standing
from appliance.detectors import ALL
from appliance.hours import Hours
from appliance.model import AlertState, Finding, Level, Mac, Severity
from appliance.triage import OPEN_ALERTS, PEERS, Triage, identifier

ALICE, BOB = Mac("02:00:00:00:00:0a"), Mac("02:00:00:00:00:0b")


def triage(hours: Hours | None = None) -> Triage:
    return Triage((kind.about for kind in ALL), hours)


def scan(at: float, target: str = "nas", **how) -> Finding:
    return Finding(
        detector="port_scan",
        at=at,
        about=ALICE,
        key=("port_scan", target),
        words={"target": target, "ports": str(int(at))},
        **how,
    )


def outside(at: float, host: str, **how) -> Finding:
    """Give a trouble whose repeats with other hosts are the same trouble."""
    key = ("off_limits", ALICE)
    return Finding(
        detector="off_limits", at=at, about=ALICE, key=key, words={"host": host}, peer=host, **how
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


# Normal with one other side


def test_an_alert_knows_with_whom_it_is():
    held = triage()
    for at, host in enumerate(("a.example", "b.example", "a.example")):
        alert = held.take(outside(at, host))
    assert alert.peers == ("b.example", "a.example")


def test_other_sides_that_there_is_no_room_for_leave_a_mark():
    """Then no list of single ones can make it normal."""
    held = triage()
    for number in range(PEERS + 3):
        alert = held.take(outside(number, f"{number}.example"))
    assert len(alert.peers) == PEERS
    assert (alert.peers[0], alert.peers[-1]) == ("", f"{PEERS + 2}.example")


def test_what_is_normal_with_one_host_alarms_with_another():
    held = triage()
    held.heed(said(Verdict.NORMAL, detector="off_limits", peer="a.example"), 0)
    normal = held.take(outside(1, "a.example"))
    assert normal.state is AlertState.NORMAL
    alert = held.take(outside(2, "b.example"))
    assert (alert.state, alert.words["host"]) == (AlertState.OPEN, "b.example")
    assert (alert.first_at, alert.count, alert.peers) == (2, 1, ("b.example",))
    assert held.take_changed() == [normal, alert]


def test_what_was_normal_for_a_while_goes_on_as_the_alert_it_was():
    held = triage()
    before = held.take(outside(1, "a.example"))
    held.heed(said(Verdict.NORMAL, detector="off_limits", peer="a.example", until=5.0), 2)
    after = held.take(outside(9, "a.example"))
    assert (after.id, after.state, after.count) == (before.id, AlertState.OPEN, 2)


def test_what_is_normal_adds_nothing_to_an_alert_that_is_not():
    """Neither its words nor its count: the page is about what troubles."""
    held = triage()
    held.heed(said(Verdict.NORMAL, detector="off_limits", peer="a.example"), 0)
    before = held.take(outside(1, "b.example"))
    held.take_changed()
    assert held.take(outside(2, "a.example")) == before
    assert held.take_changed() == []


def test_an_alert_with_several_is_normal_when_all_of_them_are():
    held = triage()
    held.take(outside(1, "a.example"))
    held.take(outside(2, "b.example"))
    one = Decision(
        id=1, at=0, author="marie", verdict=Verdict.NORMAL, mac=ALICE, detector="off_limits",
        peer="a.example",
    )  # fmt: skip
    held.heed(standing([one]), 3)
    assert held.level() is Level.LOOK
    held.heed(standing([one, replace(one, id=2, peer="b.example")]), 3)
    assert held.level() is Level.WELL
