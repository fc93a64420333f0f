"""From alerts to cases: what holds whatever the alerts are."""

from hypothesis import given
from hypothesis import strategies as st

from appliance.cases import ALERTS, AT_ONCE, Cases
from appliance.model import Alert, AlertState, Case, Mac, Severity
from appliance.stages import Stage
from tests.kit.steps import CARDS, HELD, HERE, NAS, PC, SERVER, STRANGER, alert, cases

STORY = (alert(0, "download"), alert(20, "beacon"), alert(45, "port_scan"))

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
    (case,) = cases(STORY[0], *scans, alert(31, "ransomware"))
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
