"""From alerts to cases: what is one story, what is none, and how bad it is.

What holds for any alerts is in ``test_cases_always.py``.
"""

from dataclasses import replace

from appliance.cases import SPAN, Cases
from appliance.model import NO_MAC, AlertState, Severity
from appliance.stages import Stage
from tests.kit.steps import (
    AT,
    BOX,
    CARDS,
    HERE,
    MINUTE,
    NAS,
    PC,
    SERVER,
    STRANGER,
    Network,
    after,
    alert,
    cases,
)

DOWNLOAD, BEACON, SCAN = alert(0, "download"), alert(20, "beacon"), alert(45, "port_scan")
STORY = (DOWNLOAD, BEACON, SCAN)


# What is a case


def test_steps_of_an_intrusion_on_one_device_are_one_case() -> None:
    (case,) = cases(*STORY)
    assert (case.about, case.also, case.state) == (PC, (), AlertState.OPEN)
    assert case.alerts == tuple(one.id for one in STORY)
    assert case.stages == (Stage.ENTRY, Stage.CONTROL, Stage.LOOKING)
    assert (case.first_at, case.last_at) == (0, 45 * MINUTE)


def test_two_stages_are_as_bad_as_the_worst_alert_of_them() -> None:
    assert [case.severity for case in cases(DOWNLOAD, BEACON)] == [Severity.WARNING]
    danger = alert(50, "ransomware")
    assert [case.severity for case in cases(BEACON, danger)] == [Severity.DANGER]


def test_three_stages_are_worse_than_each_alert_alone() -> None:
    """Each may have an innocent reason; that all three have one is not likely."""
    assert [case.severity for case in cases(*STORY)] == [Severity.DANGER]


def test_a_long_intrusion_is_one_case_as_long_as_it_goes_on() -> None:
    """No more than an hour lies between one step and the next."""
    (case,) = cases(DOWNLOAD, alert(59, "beacon"), alert(115, "host_sweep"), alert(170, "mining"))
    assert len(case.alerts) == 4


def test_a_victim_that_then_acts_itself_joins_the_case() -> None:
    scan = alert(0, "port_scan", dest_ip=AT[SERVER])
    (case,) = cases(scan, alert(10, "ransomware", SERVER))
    assert (case.about, case.also) == (PC, (SERVER,))
    assert case.severity is Severity.DANGER


def test_a_trouble_that_reaches_on_for_hours_counts_from_when_it_reached_last() -> None:
    """Guessing took three hours; what the server does then follows from it."""
    guess = alert(0, "brute_force", dest_ip=AT[SERVER])
    later = replace(guess, last_at=180 * MINUTE, count=900)
    (case,) = cases(guess, later, alert(185, "mining", SERVER))
    assert case.also == (SERVER,)


def test_two_stories_that_meet_become_one() -> None:
    own = (alert(0, "download", SERVER), alert(5, "beacon", SERVER))
    other = (alert(1, "download"), alert(6, "host_sweep"), alert(7, "brute_force"))
    reach = alert(20, "port_scan", dest_ip=AT[SERVER])
    met = alert(30, "ransomware", SERVER)
    before = after((*own, *other, reach))
    assert [case.about for case in before] == [SERVER, PC]
    gone, case = sorted(after((*own, *other, reach), (met,)), key=lambda one: one.state)
    assert (gone.id, gone.state) == (before[1].id, AlertState.CLOSED)
    assert (case.id, case.also, len(case.alerts)) == (before[0].id, (PC,), 7)


def test_guessing_from_outside_is_how_a_stranger_enters() -> None:
    """Inside, it is how one makes its way to others."""
    guess = alert(0, "brute_force", SERVER, src_ip=STRANGER, dest_ip=AT[SERVER])
    (case,) = cases(guess, alert(9, "beacon", SERVER))
    assert case.stages == (Stage.ENTRY, Stage.CONTROL)
    inside = alert(0, "brute_force", SERVER, src_ip=AT[NAS])
    assert cases(inside, alert(9, "beacon", SERVER)) == []


def test_what_a_gateway_passes_on_is_not_its_own_doing() -> None:
    """The device that strangers try is the one in trouble."""
    guess = alert(0, "brute_force", BOX, src_ip=STRANGER, dest_ip=AT[NAS])
    (case,) = cases(guess, alert(5, "mining", NAS))
    assert (case.about, case.also) == (NAS, ())


def test_a_device_with_two_addresses_is_one() -> None:
    network = Network()
    network.also = (NAS,)
    (case,) = cases(DOWNLOAD, alert(9, "beacon", NAS), network=network)
    assert (case.about, case.also) == (PC, ())


# What is none


def test_one_alert_is_no_case_however_bad() -> None:
    assert cases(alert(0, "ransomware")) == []


def test_findings_of_one_stage_are_no_case() -> None:
    assert cases(alert(0, "host_sweep"), alert(1, "port_scan"), alert(2, "port_scan")) == []


def test_findings_against_the_order_are_no_case() -> None:
    assert cases(alert(0, "mining"), alert(9, "port_scan"), alert(15, "download")) == []


def test_what_happens_more_than_an_hour_later_is_another_story() -> None:
    late = SPAN / MINUTE + 0.1
    assert cases(DOWNLOAD, alert(late, "beacon")) == []
    scan = alert(0, "port_scan", dest_ip=AT[SERVER])
    assert cases(scan, alert(late, "ransomware", SERVER)) == []


def test_what_a_victim_did_before_it_was_reached_is_its_own_story() -> None:
    scan = alert(10, "port_scan", dest_ip=AT[SERVER])
    assert cases(alert(5, "ransomware", SERVER), scan) == []
    assert cases(scan, alert(5, "ransomware", SERVER)) == []


def test_two_devices_that_have_nothing_to_do_with_each_other_are_no_case() -> None:
    assert cases(alert(0, "download"), alert(9, "port_scan", SERVER)) == []


def test_calling_a_server_is_not_reaching_it() -> None:
    """A tunnel goes through the resolver of the practice: it makes no victim of it."""
    tunnel = alert(0, "dns_tunnel", dest_ip=AT[SERVER])
    assert cases(tunnel, alert(9, "mining", SERVER)) == []


def test_notices_alone_are_never_a_case() -> None:
    notices = (
        alert(0, "download", severity=Severity.NOTICE),
        alert(1, "direct_outside"),
        alert(2, "port_scan", severity=Severity.NOTICE),
        alert(3, "mining", severity=Severity.NOTICE),
    )
    assert cases(*notices) == []


def test_care_of_machines_is_no_step() -> None:
    """An old system that passes a password in clear has no part in a story."""
    care = [alert(n, kind) for n, kind in enumerate(("old_system", "clear_password", "beacon"))]
    assert cases(*care) == []


def test_the_visit_of_a_technician_is_no_danger() -> None:
    """A new laptop, controlled from the office, looks at every machine and its doors."""
    visit = (
        alert(0, "new_device"),
        alert(5, "remote_access"),
        alert(10, "host_sweep"),
        alert(12, "port_scan", dest_ip=AT[SERVER]),
        alert(20, "direct_outside"),
    )
    assert [case.severity for case in cases(*visit)] == [Severity.WARNING]
    assert [case.severity for case in cases(visit[0], visit[3])] == [Severity.WARNING]


def test_a_notice_does_not_make_a_case_worse() -> None:
    """A tool that the technician allowed is used, a program is fetched, the network looked at."""
    allowed = alert(5, "remote_access", severity=Severity.NOTICE)
    (case,) = cases(DOWNLOAD, allowed, alert(10, "host_sweep"))
    assert case.severity is Severity.WARNING


def test_a_scan_from_outside_is_no_step_of_any_device() -> None:
    """The internet is full of them."""
    scan = alert(5, "port_scan", BOX, src_ip=STRANGER, dest_ip=AT[SERVER])
    guess = alert(0, "brute_force", BOX, src_ip=STRANGER, dest_ip=AT[SERVER])
    assert cases(guess, scan) == []
    unheld = replace(guess, dest_ip=None)
    assert cases(unheld, alert(9, "beacon", BOX)) == []


def test_without_hardware_addresses_nobody_can_be_followed() -> None:
    """As in captures of raw IP, where everybody would be one device."""
    assert cases(alert(0, "download", NO_MAC), alert(1, "port_scan", NO_MAC)) == []


# What becomes of one


def test_a_case_grows_under_the_same_name() -> None:
    (before,) = after(STORY[:2])
    (case,) = after(STORY[:2], STORY[2:])
    assert case.id == before.id
    assert after(STORY, ()) == []


def test_a_repeat_makes_a_case_last_longer() -> None:
    (case,) = after(STORY, [replace(SCAN, last_at=SCAN.last_at + 9, count=2)])
    assert case.last_at == SCAN.last_at + 9


def test_an_alert_that_people_dealt_with_leaves_the_case() -> None:
    """The case keeps its name, and is as bad as what is left of it."""
    (before,) = after(STORY)
    for state in (AlertState.CLOSED, AlertState.NORMAL):
        (case,) = after(STORY, [replace(DOWNLOAD, state=state)])
        assert (case.id, case.alerts) == (before.id, (BEACON.id, SCAN.id))
        assert (case.severity, case.state) == (Severity.WARNING, AlertState.OPEN)


def test_what_is_left_of_a_case_may_be_none() -> None:
    """It is closed then, and keeps what it was."""
    closed = [replace(one, state=AlertState.CLOSED) for one in STORY]
    (before,) = after(STORY)
    for gone in (closed, closed[:2]):
        assert after(STORY, gone) == [replace(before, state=AlertState.CLOSED)]


def test_what_comes_back_within_the_hour_opens_the_case_again() -> None:
    closed = [replace(one, state=AlertState.CLOSED) for one in STORY]
    (before,) = after(STORY)
    (case,) = after(STORY, closed, [alert(50, "beacon"), alert(55, "mining")])
    assert (case.id, case.state, len(case.alerts)) == (before.id, AlertState.OPEN, 2)


def test_an_alert_that_turns_worse_may_complete_a_case() -> None:
    allowed = alert(5, "direct_outside")
    quiet = alert(9, "port_scan", severity=Severity.NOTICE)
    assert after([allowed, quiet]) == []
    (case,) = after([allowed, quiet], [replace(quiet, severity=Severity.WARNING)])
    assert case.severity is Severity.WARNING


def test_the_worst_open_case_is_known() -> None:
    held = Cases(CARDS.values())
    assert held.worst() is None
    for one in STORY:
        held.take(one, HERE)
    assert held.worst() is Severity.DANGER
    for one in STORY:
        held.take(replace(one, state=AlertState.CLOSED), HERE)
    assert held.worst() is None


def test_cases_go_on_after_a_restart() -> None:
    """Under their names, also when their first alert was closed meanwhile."""
    (before,) = after(STORY[:2])
    held = Cases(CARDS.values())
    held.restore([before], STORY[:2], HERE)
    assert held.take_changed() == []
    held.take(SCAN, HERE)
    (case,) = held.take_changed()
    assert (case.id, len(case.alerts)) == (before.id, 3)

    held = Cases(CARDS.values())
    held.restore([case], STORY[1:], HERE)
    (smaller,) = held.take_changed()
    assert (smaller.id, smaller.alerts) == (before.id, (BEACON.id, SCAN.id))


def test_a_case_whose_alerts_were_closed_during_a_restart_is_closed() -> None:
    (before,) = after(STORY)
    held = Cases(CARDS.values())
    held.restore([before], [], HERE)
    assert held.take_changed() == [replace(before, state=AlertState.CLOSED)]
