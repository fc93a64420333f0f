"""Where small switches are told to mirror."""

import pytest

from appliance.knowledge.switches import switches
from appliance.knowledge.tables import dated
from appliance.texts import LANGUAGES, sentences
from tests.kit.vigie import ROOT


def test_every_switch_says_where_and_from_whom_that_is_known() -> None:
    assert len({one.key for one in switches()}) == len(switches())
    for one in switches():
        assert one.maker
        assert one.models
        assert one.place
        assert one.target
        assert one.sources
        assert one.source
    assert dated("mirror_switches")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_note_has_its_words(language: str) -> None:
    notes = {one.note for one in switches() if one.note}
    assert {note for note in notes if f"wizard.switch.{note}" not in sentences(language)} == set()


def test_the_page_on_installing_has_the_same_table() -> None:
    page = (ROOT / "docs" / "install.md").read_text("utf-8")
    for one in switches():
        assert f"| {one.maker} {one.models} | {one.place} | {one.target} | {one.sources} |" in page
