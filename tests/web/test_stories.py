"""Cases and alerts as one list."""

from dataclasses import replace

from appliance.decisions import Verdict
from appliance.model import AlertState, Severity
from tests.kit.people import NOW, RECEPTION, alert, devices
from tests.kit.site import Site
from tests.kit.story import case, story, tell_story
from web.folding import Fold
from web.stories import alone, stories, worst_first
from web.wording import Names, tell

OPEN = (AlertState.OPEN,)
NAMES = Names.of(devices())


def test_the_alerts_of_a_case_fold_under_it_and_do_not_stand_alone(opened: Site) -> None:
    tell_story(opened.state)
    (fold,) = stories(opened.reader, OPEN, "fr", NAMES)
    assert [one.id for one, _ in fold.alerts] == [one.id for one in story()]
    left = alone(opened.reader.alerts(), [fold])
    assert {one.id for one in left} == {"a-spoof", "a-phone", "a-sensor"}


def test_only_alerts_that_the_list_is_about_fold(opened: Site) -> None:
    """One that was dealt with stands in the list of those."""
    tell_story(opened.state)
    opened.office.decide(author="x", verdict=Verdict.CLOSE, alert="s-beacon", mac=RECEPTION)
    (fold,) = stories(opened.reader, OPEN, "fr", NAMES)
    assert "s-beacon" not in {one.id for one, _ in fold.alerts}
    closed = opened.reader.alerts(states=(AlertState.CLOSED,))
    assert [one.id for one in alone(closed, stories(opened.reader, OPEN, "fr", NAMES))] == [
        "s-beacon"
    ]


def test_the_worst_comes_first_and_a_case_before_what_is_as_bad(opened: Site) -> None:
    newest = alert("new", last_at=NOW)
    warning = replace(newest, id="warn", severity=Severity.WARNING)
    tell_story(opened.state)
    folded = stories(opened.reader, OPEN, "fr", NAMES)
    lone = [Fold(each, tell("fr", each, NAMES)) for each in (warning, newest)]
    lines = worst_first(lone, folded)
    assert [line.about.id for line in lines] == ["c-story", "new", "warn"]
    milder = replace(folded[0], case=case(severity=Severity.WARNING))
    lines = worst_first(lone, [milder])
    assert [line.about.id for line in lines] == ["new", "c-story", "warn"]
