"""What is told of a count-down to an automatic cut."""

from dataclasses import replace

import pytest

from appliance.config_outputs import Mail, Ntfy, Outputs, Person, Webhook
from appliance.model import Severity
from appliance.outputs.counting import RECENT, counting
from appliance.outputs.message import Counted, Kind
from appliance.panel.journal import AUTOMATIC, BOX, BUTTON, Entry
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


def status(*log: Entry, running: CountDownShown | None = None) -> PanelStatus:
    """Give what the panel says; the *log* is told in the order in which it happened."""
    return replace(FakePanel().status(), log=tuple(reversed(log)), count_down=running)


def test_whoever_is_told_of_dangers_is_told_at_once_and_at_any_hour() -> None:
    found = counting(OUTPUTS, status(BEGUN, LATER, running=RUNNING), NOON + 1)
    assert [(one.who, one.way) for one in found] == [
        ("marie", "phone"),
        ("marie", "office"),
        ("", "hook"),
    ]
    assert {one.kind for one in found} == {Kind.COUNT_DOWN}
    assert {one.severity for one in found} == {Severity.DANGER}
    assert {one.alerts for one in found} == {(RUNNING.alert,)}
    assert {one.counted.seconds for one in found if one.counted} == {60}


def test_it_is_the_same_message_however_often_it_is_asked_for() -> None:
    """Also when the time of day was set meanwhile, and the end that is shown with it."""
    first = counting(OUTPUTS, status(BEGUN, running=RUNNING), NOON + 1)
    shifted = replace(RUNNING, ends_at=NOON + 7260)
    again = counting(OUTPUTS, status(BEGUN, LATER, running=shifted), NOON + 50)
    assert [one.id for one in first] == [one.id for one in again]
    other = replace(BEGUN, at=NOON + 4000)
    next_one = counting(OUTPUTS, status(BEGUN, other, running=RUNNING), NOON + 4001)
    assert not {one.id for one in first} & {one.id for one in next_one}


@pytest.mark.parametrize(
    ("who", "what", "kind"),
    [
        (AUTOMATIC, "isolated", Kind.CUT),
        ("julie", "isolated", Kind.CUT),
        (BUTTON, "stopped", Kind.STOPPED),
        ("julie", "stopped", Kind.STOPPED),
        (BOX, "count_down_broken_off", Kind.BROKEN_OFF),
    ],
)
def test_how_it_ended_is_told_once_it_did_and_by_whom(who: str, what: str, kind: Kind) -> None:
    end = Entry(at=NOON + 30, who=who, what=what)
    found = counting(OUTPUTS, status(BEGUN, LATER, end), NOON + 31)
    assert [(one.who, one.way, one.kind) for one in found] == [
        ("marie", "phone", kind),
        ("marie", "office", kind),
        ("", "hook", kind),
    ]
    by, part = ("", who[1:]) if who.startswith("@") else (who, "")
    expected = Counted(at=NOON + 30, detector="ransomware", by=by, part=part)
    assert {one.counted for one in found} == {expected}


def test_what_happened_after_its_end_or_before_is_not_its_end() -> None:
    """A cut before it began, and one that a person ordered after it was stopped."""
    before = Entry(at=NOON - 9, who="julie", what="isolated")
    stopped = Entry(at=NOON + 30, who="julie", what="stopped")
    cut = Entry(at=NOON + 90, who="julie", what="isolated")
    found = counting(OUTPUTS, status(before, BEGUN, stopped, cut), NOON + 91)
    assert {one.kind for one in found} == {Kind.STOPPED}
    assert counting(OUTPUTS, status(before, BEGUN), NOON + 91) == ()


def test_one_of_long_ago_and_none_at_all_are_no_news() -> None:
    stopped = Entry(at=NOON + 30, who="julie", what="stopped")
    assert counting(OUTPUTS, status(BEGUN, stopped), NOON + RECENT + 1) == ()
    assert counting(OUTPUTS, status(LATER), NOON) == ()
