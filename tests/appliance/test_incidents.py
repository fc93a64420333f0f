"""An incident is what was opened and the entries since."""

from appliance.incidents import (
    CLOCK,
    STEPS,
    URGENT,
    Entry,
    Incident,
    Origin,
    Wrote,
    encrypts,
    grave,
    order,
    wakes_when_cut,
)
from tests.kit.people import NOW, alert


def entry(what: Wrote, key: str = "", text: str = "", after: float = 0.0) -> Entry:
    return Entry(at=NOW + after, who="accueil", what=what, key=key, text=text)


def incident(*entries: Entry) -> Incident:
    return Incident(
        id="20261125-1",
        opened_at=NOW,
        opened_by="accueil",
        origin=Origin.ALERT,
        subject="a-spoof",
        entries=entries,
    )


def test_no_clock_runs_before_a_person_says_when_it_was_known() -> None:
    """Neither the alert nor the opening counts."""
    assert incident().known_at is None
    assert incident().due_at is None


def test_the_clocks_run_from_what_was_said_last() -> None:
    """Whoever said it first may have been wrong."""
    said = incident(entry(Wrote.KNOWN, text=str(NOW - 60)), entry(Wrote.KNOWN, text=str(NOW - 90)))
    assert said.due_at == NOW - 90 + CLOCK


def test_a_step_is_done_put_off_or_to_be_done_again() -> None:
    said = incident(entry(Wrote.DONE, "isolate"), entry(Wrote.SKIPPED, "cable"))
    assert {key: each.what for key, each in said.steps.items()} == {
        "isolate": Wrote.DONE,
        "cable": Wrote.SKIPPED,
    }
    assert incident(*said.entries, entry(Wrote.UNDONE, "isolate")).steps.keys() == {"cable"}


def test_the_machine_comes_before_the_internet_while_a_worm_sleeps() -> None:
    """Cutting the internet would wake it."""
    sleeping = alert(detector="known_bad", words={"list": "wannacry-switch"})
    assert order([alert()])[:2] == ("isolate", "cable")
    assert order([sleeping])[:2] == ("cable", "isolate")
    assert sorted(order([sleeping])) == sorted(STEPS)


def test_the_cables_come_before_the_internet_while_files_are_encrypted() -> None:
    """A cut does not stop what goes on inside: each minute costs files."""
    assert order([alert(detector="ransomware")])[:2] == ("cable", "isolate")
    assert sorted(order([alert(detector="ransomware")])) == sorted(STEPS)


def test_an_answer_taken_back_is_none() -> None:
    said = incident(entry(Wrote.ANSWER, "cause", "courriel"), entry(Wrote.ANSWER, "cause", ""))
    assert said.answers == {}


def test_an_incident_that_was_opened_again_from_elsewhere_has_both_subjects() -> None:
    said = incident(entry(Wrote.JOINED, "case", "c-story"))
    assert said.subjects == ((Origin.ALERT, "a-spoof"), (Origin.CASE, "c-story"))


def test_the_urgent_steps_are_the_first_ones() -> None:
    assert STEPS[: len(URGENT)] == URGENT


def test_a_worm_that_sleeps_while_it_reaches_the_internet_is_told_from_others() -> None:
    sleeping = alert(detector="known_bad", words={"list": "wannacry-switch", "host": "x.example"})
    assert wakes_when_cut([alert(), sleeping])
    assert not wakes_when_cut([alert(detector="known_bad", words={"list": "mine"})])


def test_ransomware_and_dangers_are_told_by_their_alerts() -> None:
    assert encrypts([alert(detector="ransomware")])
    assert not encrypts([alert()])
    assert grave([alert()]) == (alert(),)
