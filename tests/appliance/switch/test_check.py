"""A switch that is asked once tells what would hinder a cut."""

from pathlib import Path

import pytest

from appliance.config import Config, Panel
from appliance.switch.check import WRONG, told
from appliance.texts import LANGUAGES, sentences
from tests.kit.snmp_switch import settings, snmp_switch


def test_what_a_switch_tells_is_keys_with_their_words(tmp_path: Path) -> None:
    with snmp_switch() as switch:
        found = dict(told(Config(panel=Panel(), switch=settings(switch, tmp_path))))
    assert str(found["port"]["port"]) == "49 te1: admin up, oper up"
    assert "writable" in found


def test_a_switch_that_refuses_is_told_as_the_last_word(tmp_path: Path) -> None:
    with snmp_switch(locked=True) as switch:
        *_, (key, words) = told(Config(switch=settings(switch, tmp_path)))
    assert (key, list(words)) == ("refused", ["why"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_that_must_be_put_right_has_words(language: str) -> None:
    assert {f"switch.{key}" for key in WRONG} <= set(sentences(language))
