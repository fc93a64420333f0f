"""Lamp and buzzer: a colour is tried, and never in the way of what people must see."""

from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from appliance.config import Automatic
from appliance.model import Level
from appliance.panel.lamp import LIT, SOUNDS, Holds, Lamp, Part, against
from appliance.panel.light import BLUE, GREEN, OFF, RED, SENSOR_SILENCE, WHITE, signal
from appliance.texts import LANGUAGES, say
from tests.kit.examples import usually
from tests.kit.front_panel import Bench, beat

COLOURS = {Part.RED: RED, Part.GREEN: GREEN, Part.BLUE: BLUE}
GRAVE = {Level.DANGER, Level.COUNTING, Level.ISOLATED, Level.ISOLATED_UNPROVEN}
"""What nothing may hide."""


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    (tmp_path / "state").mkdir()
    return at_work(tmp_path / "state")


def at_work(folder: Path) -> Bench:
    made = Bench(folder, automatic=Automatic(detectors=("ransomware",)))
    made.run(1)
    return made


def shown(bench: Bench) -> object:
    """Give what the next turn lights."""
    bench.turn()
    return bench.pins.colour


@pytest.mark.parametrize("part", COLOURS)
def test_a_colour_is_shown_steadily_and_ends_by_itself(bench: Bench, part: Part) -> None:
    assert bench.control.try_lamp(part) == ""
    seen = set()
    for _ in range(round(LIT * 20) - 1):
        bench.run(0.05)
        seen.add((bench.pins.colour, bench.control.status().lamp))
    assert seen == {(COLOURS[part], part)}
    bench.run(0.1)
    assert bench.control.status().lamp == ""
    assert bench.pins.colour[1] < 1, "the breath of before"


def test_the_buzzer_is_tried_for_less_and_the_light_goes_on(bench: Bench) -> None:
    bench.control.try_lamp(Part.BUZZER)
    bench.turn()
    assert (bench.pins.buzzing, bench.pins.colour[0]) == (True, 0)
    bench.run(SOUNDS + 0.1)
    assert not bench.pins.buzzing


def test_one_colour_takes_the_place_of_another(bench: Bench) -> None:
    bench.control.try_lamp(Part.RED)
    assert shown(bench) == RED
    bench.control.try_lamp(Part.BLUE)
    assert shown(bench) == BLUE


def test_what_the_status_says_of_the_practice_stays_as_it_is(bench: Bench) -> None:
    before = bench.control.status()
    bench.control.try_lamp(Part.RED)
    status = bench.control.status()
    assert (status.light, status.buzzing, status.log) == (before.light, False, before.log)


def test_a_box_that_cannot_see_yet_tries_its_colours(bench: Bench) -> None:
    """At the set-up the mirror port may not work yet, and there may be no sensor."""
    bench.beating = beat(seeing=False)
    bench.run(1)
    assert bench.control.try_lamp(Part.GREEN) == ""
    bench.beating = None
    bench.run(SENSOR_SILENCE)
    assert bench.control.status().light is Level.BLIND
    assert bench.control.try_lamp(Part.BLUE) == ""
    assert shown(bench) == BLUE


def test_a_sensor_that_falls_silent_ends_it(bench: Bench) -> None:
    bench.beating = None
    bench.run(SENSOR_SILENCE - 1.5)
    bench.control.try_lamp(Part.GREEN)
    assert shown(bench) == GREEN
    bench.run(1)
    assert bench.control.status().light is Level.BLIND
    assert shown(bench) != GREEN


def test_a_cut_ends_it_and_it_does_not_come_back(bench: Bench) -> None:
    bench.control.try_lamp(Part.GREEN)
    bench.isolate()
    assert bench.control.status().lamp == ""
    assert shown(bench) in {BLUE, RED}
    assert bench.control.try_lamp(Part.GREEN) == "lamp_isolated"


def test_a_danger_ends_it_also_behind_a_box_that_cannot_see(bench: Bench) -> None:
    bench.control.try_lamp(Part.GREEN)
    bench.beating = beat(Level.DANGER)
    bench.run(0.05)
    assert bench.pins.colour in {RED, OFF}
    bench.beating = beat(Level.DANGER, seeing=False)
    bench.run(1)
    assert bench.control.status().light is Level.BLIND
    assert bench.control.try_lamp(Part.GREEN) == "lamp_danger"


def test_a_count_down_and_a_test_of_the_cut_end_it(bench: Bench) -> None:
    bench.control.try_lamp(Part.GREEN)
    assert bench.announce() == ""
    assert shown(bench) in {RED, BLUE, OFF}
    assert bench.control.try_lamp(Part.GREEN) == "lamp_counting"
    bench.control.stop("alice")
    bench.turn()
    bench.control.try_lamp(Part.BLUE)
    assert shown(bench) == BLUE
    assert bench.test() == ""
    assert shown(bench) != BLUE
    assert bench.control.try_lamp(Part.GREEN) == "test_running"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_is_a_text(language: str) -> None:
    for level, danger, tested in product(Level, (True, False), (True, False)):
        refused = against(Holds(level=level, danger=danger, tested=tested))
        assert refused or not (level in GRAVE or danger or tested)
        assert not refused or say(language, f"panel.error.{refused}")


def test_whoever_holds_the_button_is_answered_all_the_same() -> None:
    lamp, now = Lamp(Level.WELL, 0.0), Holds(level=Level.WELL)
    lamp.begin(Part.RED, now, 0.0)
    assert lamp.look(now, 1.0, answers=True) == (WHITE, False)


HAPPENS = {
    "a colour is tried": lambda bench, part: bench.control.try_lamp(part),
    "a heartbeat comes": lambda bench, heard: hear(bench, *heard),
    "the sensor falls silent": lambda bench, _: hear(bench, None),
    "somebody isolates": lambda bench, _: bench.isolate(),
    "somebody reconnects": lambda bench, _: bench.reconnect(),
    "a cut is announced": lambda bench, _: bench.announce(),
    "somebody stops it": lambda bench, _: bench.control.stop("alice"),
    "the cut is tested": lambda bench, _: bench.test(confirmed=True, force=True),
    "the relay breaks": lambda bench, broken: setattr(bench.pins, "broken", broken),
    "a contact tears": lambda bench, torn: setattr(bench.pins, "torn", torn),
    "time passes": lambda bench, seconds: bench.run(seconds),
    "it is killed": lambda bench, _: bench.restart() or bench.run(1),
}
WITH_WHAT = {
    "a colour is tried": st.sampled_from(Part),
    "a heartbeat comes": st.tuples(st.sampled_from(["well", "danger"]), st.booleans()),
    "the relay breaks": st.booleans(),
    "a contact tears": st.booleans(),
    "time passes": st.sampled_from([0.05, 0.2, 3.0, 6.0, 61.0]),
}
happenings = st.sampled_from(list(HAPPENS)).flatmap(
    lambda what: st.tuples(st.just(what), WITH_WHAT.get(what, st.none()))
)


def hear(bench: Bench, level: str | None, seeing: bool = True) -> None:
    """Have this heartbeat now and from now on; None: none any more."""
    bench.beating = None if level is None else beat(Level(level), seeing=seeing)
    if bench.beating is not None:
        bench.control.hear(bench.beating)


@settings(max_examples=usually(60), deadline=None)
@given(st.lists(happenings, max_size=25))
def test_whatever_happens_no_colour_that_is_tried_hides_what_must_be_seen(
    happening: list[tuple[str, object]],
) -> None:
    """In the turn in which danger, cut, count-down or test holds, the light says just that."""
    with TemporaryDirectory() as folder:
        bench = at_work(Path(folder))
        bench.pins.follows = True
        for what, with_what in happening:
            HAPPENS[what](bench, with_what)
            before = bench.control.status()
            grave = before.light in GRAVE
            tested = before.test is not None and before.test.running
            dangerous = bench.beating is not None and bench.beating.level is Level.DANGER
            if grave or tested or dangerous:
                assert before.lamp == ""
                assert bench.control.try_lamp(Part.GREEN) != ""
            lit = shown(bench)
            if grave and bench.control.status().light is before.light:
                assert lit in {colour for colour, _ in signal(before.light).steps}
