"""Settings as people type them: judged as the file's are, and only what differs is kept."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from appliance import settings
from appliance.config import Config, Home, Keep, Panel, Practice
from appliance.config_file import ConfigError, load
from appliance.texts import LANGUAGES, sentences
from web.pages.settings import GROUPS
from web.settings import HOURS, form, keep, take

ALL = [f"{name}.{key}" for name in GROUPS for key in settings.adjustable()[name]]


def typed(config: Config, *keys: str) -> "MultiDict[str, str]":
    """Give what a browser sends of the form as it stands."""
    found: MultiDict[str, str] = MultiDict()
    for field in form(config, keys, {}):
        for value in field.items if field.control == "several" else [field.value]:
            found.add(field.key, value)
    return found


def wrong(key: str, text: str) -> str:
    fields, _ = take([key], MultiDict({key: text}), {}, "en")
    return fields[0].wrong


def test_the_form_as_it_stands_means_what_stands(tmp_path: Path) -> None:
    """Saving without a change keeps nothing, whatever the settings are."""
    config = Config(
        home=Home(networks=("10.0.0.0/8", "fd00::/8"), learning_days=2.5),
        panel=Panel(feedback=5, more_relays=(6, 7), relay_active_high=False, button=None),
        keep=Keep(flow_days=9),
    )
    fields, values = take(ALL, typed(config, *ALL), {}, "en")
    assert [field.wrong for field in fields if field.wrong] == []
    file = tmp_path / settings.FILE
    changed = keep(file, values, {})
    kept = settings.load(file)
    assert kept == {
        "home": {"networks": ["10.0.0.0/8", "fd00::/8"], "learning_days": 2.5},
        "panel": {
            "feedback": 5,
            "more_relays": [6, 7],
            "relay_active_high": False,
            "button": False,
        },
        "keep": {"flow_days": 9},
    }
    assert set(changed) == {f"{name}.{key}" for name, table in kept.items() for key in table}
    assert keep(file, take(ALL, typed(config, *ALL), {}, "en")[1], {}) == ()


def test_going_back_to_the_default_keeps_nothing(tmp_path: Path) -> None:
    file = tmp_path / settings.FILE
    keep(file, {"keep.flow_days": 7}, {})
    assert keep(file, {"keep.flow_days": Keep().flow_days}, {}) == ("keep.flow_days",)
    assert json.loads(file.read_bytes()) == {}


@pytest.mark.parametrize(
    ("key", "text", "sentence"),
    [
        ("keep.flow_days", "0", "“0” will not do: it takes a whole number from 1 to 366."),
        ("keep.flow_days", "", "It takes a whole number from 1 to 366."),
        ("home.learning_days", "2,5", ""),
        ("home.networks", "10.0.0.0/8\nlan", "“lan” will not do: it takes a network such as"),
        ("panel.feedback", "", ""),
        ("panel.feedback", "28", "“28” will not do: it takes a GPIO number from 0 to 27."),
        ("practice.hours", "mon-fri 08:00-19:00\nsometimes", "“sometimes” will not do"),
        ("practice.name", "Cabinet\x07", "will not do: it takes one line of text."),
        ("practice.language", "tlh", "will not do"),
        ("practice.remote_tools", "anydesk\nsesame", "“sesame” will not do"),
        ("capture.card", "../../etc", "will not do: it takes a network card such as eth0."),
    ],
)
def test_what_cannot_be_used_is_said_with_what_could(key: str, text: str, sentence: str) -> None:
    assert sentence in wrong(key, text)
    assert bool(sentence) == bool(wrong(key, text))


def test_hours_are_a_week_to_fill_in_where_they_fit_into_one() -> None:
    (field,) = form(Config(practice=Practice(hours=("mon-fri 08:00-19:00",))), [HOURS], {})
    assert field.control == "hours"
    filled = MultiDict({f"{HOURS}.mon": "open", f"{HOURS}.mon.from": "9:00"})
    (wrong_one,), values = take([HOURS], filled, {}, "en")
    assert wrong_one.wrong.startswith("Monday: it takes a time")
    assert (wrong_one.rows[0].times[0], values) == ("9:00", {})
    filled |= {f"{HOURS}.mon.until": "18:00", f"{HOURS}.tue": "same"}
    assert take([HOURS], filled, {}, "en")[1] == {HOURS: ["mon-tue 09:00-18:00"]}
    thrice = Practice(hours=("mon 08:00-09:00", "mon 10:00-11:00", "mon 12:00-13:00"))
    assert form(Config(practice=thrice), [HOURS], {})[0].control == "lines"


def test_a_week_that_the_installer_set_is_only_shown() -> None:
    fields, values = take(
        [HOURS], MultiDict({f"{HOURS}.mon": "open"}), {"practice": {"hours": []}}, "en"
    )
    assert (fields[0].fixed, fields[0].wrong, values) == (True, "", {})


def test_what_the_installer_set_is_not_changed_by_a_form() -> None:
    given_ = MultiDict({"keep.flow_days": "7", "keep.alerts": "500"})
    installers = {"keep": {"flow_days": 30}}
    fields, values = take(["keep.flow_days", "keep.alerts"], given_, installers, "fr")
    assert values == {"keep.alerts": 500}
    assert [field.fixed for field in fields] == [True, False]


def test_settings_that_contradict_each_other_leave_everything_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / settings.FILE
    keep(file, {"keep.flow_days": 7}, {})
    with pytest.raises(ConfigError, match="cannot both be GPIO 5"):
        keep(file, {"panel.button": 5}, {"panel": {"relay": 5}})
    assert settings.load(file) == {"keep": {"flow_days": 7}}


@given(text=st.text(max_size=200), key=st.sampled_from(ALL))
def test_whatever_is_typed_is_refused_in_a_sentence_or_can_be_read_back(
    tmp_path_factory, text, key
):
    """No text of a form stops the box at its next start."""
    folder = tmp_path_factory.mktemp("typed")
    fields, values = take([key], MultiDict({key: text}), {}, "fr")
    if fields[0].wrong:
        assert values == {}
        return
    try:
        keep(folder / settings.FILE, values, {})
    except ConfigError:
        return
    file = folder / "vigie.toml"
    file.write_text(f"paths.settings = '{folder}'", "utf-8")
    assert load(file).unusable == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_setting_that_has_a_page_has_its_words(language: str) -> None:
    """And no setting that is gone has any left."""
    said = {key.removesuffix(".label") for key in sentences(language) if key.endswith(".label")}
    named = {key.removeprefix("setting.") for key in said if key.startswith("setting.")}
    assert named == set(ALL)
    assert set(GROUPS) == set(settings.adjustable())
