"""From alerts to cases: what is one story, what is none, and how bad it is."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from appliance.cases import ALERTS, AT_ONCE, SPAN, Cases
from appliance.detectors import ALL
from appliance.model import NO_MAC, Alert, AlertState, Case, Device, Ip, Mac, Severity
from appliance.stages import Stage

PC, SERVER, NAS, BOX = (Mac(f"02:00:00:00:00:0{n}") for n in range(1, 5))
HELD = {Ip("192.168.1.2"): SERVER, Ip("192.168.1.3"): NAS, Ip("192.168.1.4"): BOX}
AT = {mac: ip for ip, mac in HELD.items()}
STRANGER = Ip("203.0.113.9")
CARDS = {kind.about.id: kind.about for kind in ALL}
MINUTE = 60.0


class Network:
    """A practice with a computer of two addresses, a server, a NAS and a gateway."""

    also: tuple[Mac, ...] = ()

    def device(self, mac: Mac) -> Device | None:
        return Device(mac=PC, also=self.also) if mac in (PC, *self.also) else None

    def holder(self, ip: Ip) -> Mac | None:
        return HELD.get(ip)

    def is_outside(self, ip: Ip) -> bool:
        return ip == STRANGER

    def is_gateway(self, mac: Mac) -> bool:
        return mac == BOX


HERE: Any = Network()


def alert(minute: float, detector: str, about: Mac = PC, **how: object) -> Alert:
    """Give the alert that *detector* raised in that *minute*."""
    at = minute * MINUTE
    made = Alert(
        id=f"{detector}-{about}-{minute:g}",
        key=(detector, about, str(minute)),
        detector=detector,
        severity=CARDS[detector].severity,
        about=about,
        first_at=at,
        last_at=at,
        count=1,
        state=AlertState.OPEN,
        words={},
    )
    return replace(made, **how)  # type: ignore[arg-type] # by name


def cases(*told: Alert, network: Any = HERE) -> list[Case]:
    """Give the cases that come of *told*, taken in that order."""
    held = Cases(CARDS.values())
    for one in told:
        held.take(one, network)
    return held.take_changed()


def after(*rounds: Iterable[Alert]) -> list[Case]:
    """Give what changed in the last of *rounds*."""
    held = Cases(CARDS.values())
    changed: list[Case] = []
    for told in rounds:
        for one in told:
            held.take(one, HERE)
        changed = held.take_changed()
    return changed


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


# What always holds


STEPS = st.lists(
    st.builds(
        alert,
        st.integers(0, 240),
        st.sampled_from(sorted(CARDS)),
        st.sampled_from((PC, SERVER, NAS)),
        dest_ip=st.none() | st.sampled_from(sorted(HELD)),
        src_ip=st.none() | st.just(STRANGER),
        severity=st.sampled_from(Severity),
        state=st.sampled_from((AlertState.OPEN, AlertState.OPEN, AlertState.NORMAL)),
    ),
    max_size=25,
)


@given(STEPS, st.sets(st.integers(0, 25)))
def test_the_same_alerts_give_the_same_cases_in_any_batches(told: list[Alert], cuts: set) -> None:
    """And told twice they change nothing."""
    whole, pieces = Cases(CARDS.values()), Cases(CARDS.values())
    given_out: dict[str, Case] = {}
    for number, one in enumerate(told):
        whole.take(one, HERE)
        pieces.take(one, HERE)
        if number in cuts:
            pieces.worst()
            given_out |= {case.id: case for case in pieces.take_changed()}
    given_out |= {case.id: case for case in pieces.take_changed()}
    still = [case for case in given_out.values() if case.state is AlertState.OPEN]
    assert {case.id: case for case in still} == {case.id: case for case in whole.take_changed()}


@given(STEPS)
def test_an_alert_is_in_one_case_at_most(told: list[Alert]) -> None:
    """A case rises, is no better than its worst alert and no more than one step worse."""
    latest = {one.id: one for one in told}
    found = cases(*told)
    inside = [id_ for case in found for id_ in case.alerts]
    assert len(inside) == len(set(inside))
    for case in found:
        worst = max(latest[id_].severity for id_ in case.alerts)
        assert worst <= case.severity <= min(worst + 1, Severity.DANGER)
        assert worst > Severity.NOTICE
        assert len(case.stages) >= 2
        assert case.about not in case.also


def test_a_scan_of_everything_does_not_hide_what_follows() -> None:
    """More alerts than a case can hold, and then the harm."""
    scans = [alert(n / 10, "port_scan", id=f"scan-{n}") for n in range(3 * AT_ONCE)]
    (case,) = cases(DOWNLOAD, *scans, alert(31, "ransomware"))
    assert len(case.alerts) == AT_ONCE
    assert case.stages == (Stage.ENTRY, Stage.LOOKING, Stage.HARM)


def test_alerts_have_a_maximum() -> None:
    """Those let go are counted; a case that nothing is left of is no longer held."""
    held = Cases(CARDS.values())
    for one in STORY:
        held.take(one, HERE)
    assert held.worst() is Severity.DANGER
    for number in range(ALERTS):
        mac = Mac(f"06:00:00:00:{number >> 8:02x}:{number & 255:02x}")
        held.take(alert(100, "beacon", mac), HERE)
    assert held.dropped == 3
    assert held.worst() is None
