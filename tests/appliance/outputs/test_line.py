"""What is told of the line: a count-down to its cut, how that ended, who cut and who joined."""

from dataclasses import replace

import pytest

from appliance.config_outputs import Mail, Ntfy, Outputs, Person, Webhook
from appliance.model import Severity
from appliance.outputs.line import RECENT, line
from appliance.outputs.message import Kind, Line, Message
from appliance.panel.journal import AUTOMATIC, BOX, BUTTON, ON_SITE, Entry
from appliance.panel.status import CountDownShown, PanelStatus, ProofTestShown
from appliance.panel.verify import Proof
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


def cut(proof: Proof, who: str = "julie", *, tested: bool = False, at: float = NOON) -> PanelStatus:
    """Give what the panel says of a line that was cut at *at*."""
    test = ProofTestShown(running=tested)
    found = replace(FakePanel().status(), state="isolated", proof=proof, test=test)
    return replace(found, since=at, who=who)


def kinds(status: PanelStatus, now: float = NOON + 3, since: float = NOON - 100) -> list[Kind]:
    """Give what Marie's telephone is told."""
    found = line(OUTPUTS, status, {"person.marie": since}, now)
    return [one.kind for one in found if one.way == "phone"]


def test_a_cut_is_told_once_its_proof_is_known_and_as_it_is() -> None:
    """An order alone proves nothing, and nobody is told that the line is cut by it."""
    assert kinds(cut(Proof.CHECKING)) == []
    assert kinds(cut(Proof.PROVEN)) == [Kind.PROVEN]
    assert kinds(cut(Proof.NOT_PROVEN)) == [Kind.NOT_PROVEN]
    assert kinds(cut(Proof.FAILED, AUTOMATIC)) == [Kind.FAILED]


def test_a_cut_that_is_doubted_hours_later_is_told_and_each_verdict_once() -> None:
    """Another way out may appear at any time; one that comes and goes is not told each time."""
    late = NOON + 6 * 3600
    assert kinds(cut(Proof.NOT_PROVEN), now=late) == [Kind.NOT_PROVEN]
    first, again = (line(OUTPUTS, cut(Proof.NOT_PROVEN), {}, now) for now in (NOON + 3, late))
    assert [one.id for one in first] == [one.id for one in again]
    other = line(OUTPUTS, cut(Proof.NOT_PROVEN, at=late), {}, late)
    assert not {one.id for one in first} & {one.id for one in other}


def test_a_proof_test_is_not_told_nor_what_was_cut_before_somebody_was_told_of_anything() -> None:
    assert kinds(cut(Proof.PROVEN, tested=True)) == []
    assert kinds(cut(Proof.PROVEN), since=NOON + 1) == []


def test_who_cut_is_told_with_it() -> None:
    (by_hand, *_), (by_itself, *_) = (
        line(OUTPUTS, cut(Proof.PROVEN, who), {}, NOON) for who in ("julie", AUTOMATIC)
    )
    assert by_hand.line == Line(at=NOON, by="julie")
    assert by_itself.line == Line(at=NOON, part="automatic")


def test_a_line_that_is_cut_because_its_latch_was_damaged_was_cut_by_nobody() -> None:
    (found, *_) = line(OUTPUTS, cut(Proof.PROVEN, ""), {}, NOON)
    assert found.line == Line(at=NOON, part="nobody")


def test_what_was_refused_or_only_noted_is_not_told() -> None:
    quiet = ("test_cut", "test_joined", "refused_only_technician", "isolated_again", "proven")
    assert told(*(Entry(at=NOON, who="camille", what=what) for what in quiet)) == ()


def test_what_was_noted_long_ago_or_before_somebody_was_told_of_anything_is_no_news() -> None:
    joined = Entry(at=NOON, who="camille", what="reconnected")
    assert told(joined, now=NOON + RECENT + 1) == ()
    assert told(joined, since=NOON + 1) == ()
    assert told(LATER) == ()
