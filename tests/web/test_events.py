"""The stream that tells a page to look again."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice

from appliance.decisions import Verdict
from appliance.model import Level, Severity
from appliance.panel.question import Question
from tests.kit.people import ATTACKER
from tests.kit.site import Site
from tests.kit.story import case, tell_story
from web.box import Box
from web.events import AT_ONCE, BACK_LATER, HEARTBEAT, HERE, LASTS, changes, mark
from web.picture import Picture, look


def box(opened: Site) -> Box:
    with opened.app.app_context():
        found: Box = opened.app.extensions["vigie"]
    return found


def told(opened: Site, *steps: Callable[[], object], seen: str | None = None) -> list[str]:
    """Give what a stream says while *steps* happen, a second each."""
    todo: Iterator[Callable[[], object]] = iter(steps)

    def wait(seconds: float) -> None:
        opened.clock.at += seconds
        next(todo, lambda: None)()

    return list(islice(changes(box(opened), wait, seen), 40))


def events(lines: list[str]) -> int:
    return sum("event: change" in line for line in lines)


def nothing() -> None:
    """A second in which nothing happens."""


def test_each_change_is_told_once(opened: Site) -> None:
    def isolate() -> None:
        opened.panel.isolate()

    def decide() -> None:
        opened.office.decide(author="x", verdict=Verdict.APPROVE, mac=ATTACKER)

    def darken() -> None:
        opened.panel.light = Level.DANGER

    assert events(told(opened, nothing, darken, nothing, decide, isolate)) >= 3
    assert events(told(opened, nothing, nothing, nothing)[:3]) == 0


def test_what_is_asked_on_the_network_during_a_cut_is_no_change(opened: Site) -> None:
    """A round is begun every few seconds then, and no page shows it."""
    opened.panel.isolate()
    seen = look(opened.panel)
    assert seen.status is not None
    asking = Picture(status=replace(seen.status, question=Question(number=1, at=2.0)))
    assert mark(box(opened), asking) == mark(box(opened), seen)


def test_a_case_is_told_like_an_alert(opened: Site) -> None:
    tell_story(opened.state)
    seen = mark(box(opened), look(opened.panel))
    tell_story(opened.state, case(severity=Severity.WARNING))
    assert events(told(opened, seen=seen)[:2]) == 1


def test_a_sensor_that_falls_silent_is_a_change(opened: Site) -> None:
    """Nothing is written then: the time that passes is the news."""
    lines = told(opened)
    assert events(lines) == 1


def test_an_idle_stream_says_something_so_that_a_lost_reader_or_box_is_noticed(
    opened: Site,
) -> None:
    lines = told(opened)
    assert sum(line == HERE for line in lines) > 30
    assert HEARTBEAT < 15


def test_a_stream_ends_so_that_its_thread_is_free_again(opened: Site) -> None:
    began = opened.clock.at
    for _ in changes(box(opened), lambda seconds: _pass(opened, seconds), None):
        pass
    assert LASTS <= opened.clock.at - began <= LASTS + 2


def _pass(opened: Site, seconds: float) -> None:
    opened.clock.at += seconds


def test_what_happened_while_the_reader_was_away_is_told_at_once(opened: Site) -> None:
    before = mark(box(opened), look(opened.panel))
    opened.panel.isolate()
    lines = changes(box(opened), lambda seconds: None, before)
    first, second = islice(lines, 2)
    assert first.startswith("retry:")
    assert "event: change" in second
    assert f"id: {mark(box(opened), look(opened.panel))}" in second


def test_a_panel_or_a_card_that_fails_ends_no_stream(opened: Site) -> None:
    def fail() -> None:
        opened.panel.gone = True
        opened.break_card()

    assert events(told(opened, nothing, fail, nothing)) >= 1


def test_there_is_room_for_few_and_the_others_come_back_later(opened: Site) -> None:
    staff = opened.staff()
    streams = [staff.browser.get("/events", buffered=False) for _ in range(AT_ONCE)]
    late = staff.browser.get("/events")
    assert late.status_code == 200
    assert f"retry: {BACK_LATER}" in late.text
    assert "event: change" in late.text
    for stream in streams:
        assert stream.mimetype == "text/event-stream"
        stream.close()
    again = staff.browser.get("/events", buffered=False)
    assert f"retry: {BACK_LATER}" not in next(iter(again.response)).decode()
    again.close()


def test_what_changed_since_the_page_was_made_is_told_at_once(opened: Site) -> None:
    """Also when it happened before the stream began: the page says which state it shows."""
    page = opened.technician().get("/").text
    (seen,) = re.findall(r'data-events="/events\?seen=([0-9a-f]{16})"', page)
    assert events(told(opened, seen=seen)[:2]) == 0
    opened.panel.light = Level.DANGER
    assert events(told(opened, seen=seen)[:2]) == 1
