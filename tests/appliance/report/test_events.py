"""What people did about each danger and warning."""

from dataclasses import replace

from appliance.decisions import Decision, Verdict
from appliance.model import AlertState, Mac
from appliance.report.events import events
from appliance.report.facts import Done
from tests.kit.people import ATTACKER, NOW, PHONE, alert


def decision(number: int, verdict: Verdict, **how: object) -> Decision:
    return Decision(id=number, at=NOW + number, author="camille", verdict=verdict, **how)  # type: ignore[arg-type]  # by name


def test_an_alert_that_nobody_dealt_with_is_open() -> None:
    (found,) = events([alert()], [])
    assert (found.open, found.done) == (True, None)


def test_closing_counts_at_once_and_the_last_word_wins() -> None:
    """The sensor may be down: the row still says open."""
    said = [
        decision(1, Verdict.CLOSE, alert="a-spoof", reason="Rien"),
        decision(2, Verdict.CLOSE, alert="a-spoof", reason="Débranché"),
    ]
    (found,) = events([alert()], said)
    assert not found.open
    assert found.done == Done(what="close", at=NOW + 2, who="camille", reason="Débranché")


def test_what_was_called_normal_says_who_and_why() -> None:
    normal = replace(alert(), state=AlertState.NORMAL)
    said = [decision(1, Verdict.NORMAL, mac=ATTACKER, detector="arp_spoof", reason="Essai")]
    (found,) = events([normal], said)
    assert found.done is not None
    assert (found.done.what, found.done.reason) == ("normal", "Essai")


def test_a_device_that_was_approved_ends_its_alert() -> None:
    closed = alert("a-phone", detector="new_device", about=PHONE, state=AlertState.CLOSED)
    (found,) = events([closed], [decision(1, Verdict.APPROVE, mac=PHONE)])
    assert found.done is not None
    assert found.done.what == "approve"


def test_what_is_said_of_others_is_not_taken_for_it() -> None:
    other = Mac("02:00:00:00:00:77")
    said = [
        decision(1, Verdict.CLOSE, alert="another"),
        decision(2, Verdict.NORMAL, mac=other, detector="arp_spoof"),
        decision(3, Verdict.APPROVE, mac=ATTACKER),
        decision(4, Verdict.DESCRIBE, mac=ATTACKER, name="x"),
    ]
    (found,) = events([alert()], said)
    assert found.open


def test_an_alert_that_ended_without_a_word_is_not_open() -> None:
    (found,) = events([alert(state=AlertState.CLOSED)], [])
    assert (found.open, found.done) == (False, None)
