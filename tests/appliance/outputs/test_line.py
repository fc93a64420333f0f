"""What is told of the line: a count-down to its cut, how that ended, who cut and who joined."""

from dataclasses import replace

import pytest

from appliance.config_outputs import Mail, Ntfy, Outputs, Person, Webhook
from appliance.model import Severity
from appliance.outputs.line import RECENT, line
from appliance.outputs.message import Kind, Line, Message
from appliance.panel.journal import AUTOMATIC, BOX, BUTTON, ON_SITE, Entry
from appliance.panel.status import CountDownShown, PanelStatus
from tests.appliance.outputs.telling import NOON
from tests.kit.panel import FakePanel

OUTPUTS = Outputs(
    mail={"office": Mail()},
    ntfy={"phone": Ntfy()},
    webhook={"hook": Webhook(least="danger")},
    person={
        "marie": Person(mail="m@example.org", danger=("phone", "office"), quiet="00:00-23:59"),
        "paul": Person(mail="p@example.org", digest=("office",)),
    },
)
RUNNING = CountDownShown(ends_at=NOON + 60, detector="ransomware", alert="00000000000000aa")
BEGUN = Entry(at=NOON, who=AUTOMATIC, what="announced", why="ransomware")
LATER = Entry(at=NOON + 5, who="julie", what="hushed")


def told(
    *log: Entry,
    running: CountDownShown | None = None,
    now: float = NOON + 100,
    since: float = NOON - 100,
) -> tuple[Message, ...]:
    """Give what is told when the panel noted *log*, in the order in which it happened."""
    status: PanelStatus = FakePanel().status()
    status = replace(status, log=tuple(reversed(log)), count_down=running)
    names = ("person.marie", "person.paul", "way.hook")
    return line(OUTPUTS, status, dict.fromkeys(names, since), now)


def test_whoever_is_told_of_dangers_is_told_of_a_count_down_at_any_hour() -> None:
    found = told(BEGUN, LATER, running=RUNNING)
    assert [(one.who, one.way) for one in found] == [
        ("marie", "phone"),
        ("marie", "office"),
        ("", "hook"),
    ]
    assert {one.kind for one in found} == {Kind.COUNT_DOWN}
    assert {one.severity for one in found} == {Severity.DANGER}
    assert {one.alerts for one in found} == {(RUNNING.alert,)}
    assert {one.line for one in found} == {Line(at=RUNNING.ends_at, seconds=60)}


def test_it_is_the_same_message_however_often_it_is_asked_for() -> None:
    """Also when the time of day was set meanwhile, and the end that is shown with it."""
    first = told(BEGUN, running=RUNNING)
    again = told(BEGUN, LATER, running=replace(RUNNING, ends_at=NOON + 7260))
    assert [one.id for one in first] == [one.id for one in again]
    other = told(BEGUN, replace(BEGUN, at=NOON + 3000), running=RUNNING, now=NOON + 3001)
    assert len(other) == 3, "the first one is over"
    assert not {one.id for one in first} & {one.id for one in other}


def test_a_count_down_that_runs_is_told_also_to_who_is_added_meanwhile() -> None:
    assert told(BEGUN, running=RUNNING, since=NOON + 10)


@pytest.mark.parametrize(
    ("who", "what", "kind", "severity"),
    [
        (BUTTON, "stopped", Kind.STOPPED, Severity.WARNING),
        ("julie", "stopped", Kind.STOPPED, Severity.WARNING),
        (BOX, "count_down_broken_off", Kind.BROKEN_OFF, Severity.DANGER),
        (AUTOMATIC, "isolated", Kind.ISOLATED, Severity.DANGER),
        ("julie", "isolated", Kind.ISOLATED, Severity.DANGER),
        ("camille", "reconnected", Kind.RECONNECTED, Severity.WARNING),
        (ON_SITE, "reconnected", Kind.RECONNECTED, Severity.WARNING),
    ],
)
def test_what_became_of_the_line_is_told_and_who_did_it(
    who: str, what: str, kind: Kind, severity: Severity
) -> None:
    found = told(BEGUN, LATER, Entry(at=NOON + 30, who=who, what=what))
    assert [(one.who, one.way, one.kind, one.severity) for one in found] == [
        ("marie", "phone", kind, severity),
        ("marie", "office", kind, severity),
        ("", "hook", kind, severity),
    ]
    by, part = ("", who[1:]) if who.startswith("@") else (who, "")
    assert {one.line for one in found} == {Line(at=NOON + 30, by=by, part=part)}


def test_all_of_it_is_told_in_the_order_in_which_it_happened() -> None:
    """What waited while the line was cut, too."""
    cut = Entry(at=NOON + 30, who="julie", what="isolated")
    joined = Entry(at=NOON + 95, who="camille", what="reconnected")
    kinds = [one.kind for one in told(BEGUN, cut, joined) if one.way == "hook"]
    assert kinds == [Kind.ISOLATED, Kind.RECONNECTED]


def test_proof_tests_and_what_was_refused_are_not_told() -> None:
    quiet = ("test_cut", "test_joined", "refused_only_technician", "isolated_again", "proven")
    assert told(*(Entry(at=NOON, who="camille", what=what) for what in quiet)) == ()


def test_what_happened_long_ago_or_before_somebody_was_told_of_anything_is_no_news() -> None:
    cut = Entry(at=NOON, who="julie", what="isolated")
    assert told(cut, now=NOON + RECENT + 1) == ()
    assert told(cut, since=NOON + 1) == ()
    assert told(LATER) == ()
