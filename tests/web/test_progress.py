"""How far the set-up is."""

from pathlib import Path

import pytest

from appliance.config import Config
from appliance.panel.lamp import Part
from web.progress import FILE, STEPS, Progress, Went, following, load, save


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return Config(state=tmp_path)


def test_a_box_without_a_file_reminds_nobody(config: Config) -> None:
    """It was set up before there was one."""
    assert not load(config).reminds


def test_what_is_kept_is_read_again(config: Config) -> None:
    kept = Progress().with_step("practice", Went.DONE).with_step("card", Went.LATER)
    save(config, kept)
    found = load(config)
    assert [found.of(step) for step in STEPS[:3]] == [Went.DONE, Went.TO_DO, Went.LATER]
    assert found.reminds


def test_what_was_seen_of_the_lamp_is_kept_and_may_change(config: Config) -> None:
    seen = Progress().with_answer(Part.RED, True).with_answer(Part.GREEN, True)
    save(config, seen.with_answer(Part.RED, False).with_step("card", Went.DONE))
    assert load(config).lamp == {Part.RED: False, Part.GREEN: True}
    assert load(config).of("card") is Went.DONE


def test_a_file_of_before_there_was_such_a_trial_is_read(config: Config) -> None:
    (config.state / FILE).write_text('{"aside": false, "steps": {"card": "done"}}', "utf-8")
    assert (load(config).of("card"), load(config).lamp) == (Went.DONE, {})


def test_what_was_left_for_later_comes_after_what_nobody_looked_at() -> None:
    left = Progress().with_step("practice", Went.LATER)
    assert left.next == "account"
    for step in STEPS[1:]:
        left = left.with_step(step, Went.DONE)
    assert left.next == "practice"
    assert left.with_step("practice", Went.DONE).next == ""


def test_who_put_it_aside_is_not_reminded(config: Config) -> None:
    save(config, Progress(begun=True, aside=True))
    assert not load(config).reminds


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"steps": 1}', '{"aside": 0, "steps": {"card": "x"}}', "[" * 5000]
)
def test_a_damaged_file_is_as_none(config: Config, content: str) -> None:
    (config.state / FILE).write_text(content, "utf-8")
    assert load(config) == Progress()


def test_the_last_step_has_none_after_it() -> None:
    assert following(STEPS[0]) == STEPS[1]
    assert following(STEPS[-1]) == ""
