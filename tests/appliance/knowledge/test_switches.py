"""Where small switches are told to mirror."""

import pytest

from appliance.catalogue import pages
from appliance.knowledge.switches import switches
from appliance.knowledge.tables import dated
from appliance.texts import LANGUAGES, sentences


def test_every_switch_says_where_and_from_whom_that_is_known() -> None:
    assert len({one.key for one in switches()}) == len(switches())
    for one in switches():
        assert one.maker
        assert one.models
        assert one.place
        assert one.target
        assert one.sources
        assert one.source
        assert one.says
    assert dated("mirror_switches")


def test_what_has_a_document_names_it_and_what_has_none_is_not_called_sure() -> None:
    for one in switches():
        assert one.confirmed == (one.source != "none"), one.key
        assert one.confirmed == (one.confidence != "low"), one.key


def test_that_nobody_confirmed_it_is_said_before_all_else() -> None:
    for one in switches():
        assert ("wizard.switch.unconfirmed" in one.minds[:1]) is not one.confirmed, one.key


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_to_mind_has_its_words(language: str) -> None:
    words = sentences(language)
    assert [key for one in switches() for key in one.minds if not words.get(key)] == []


def test_the_page_on_installing_has_the_same_switches_and_sources() -> None:
    page = pages()["install.md"]
    for one in switches():
        assert f"| {one.maker} {one.models} | {one.address} | {one.place} | {one.target} |" in page
        assert f"- **{one.maker} {one.models}.** {one.source}: {one.says}." in page
