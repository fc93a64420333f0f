"""Every alert explained."""

import pytest

from appliance.detectors import ALL
from appliance.texts import LANGUAGES
from web.explained import explained, explained_names


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_detector_is_explained_and_the_gravest_come_first(language: str) -> None:
    found = explained(language)
    assert {one.id for one in found} == {detector.about.id for detector in ALL}
    assert {one.id for one in found} == explained_names()
    assert [one.severity for one in found] == sorted((one.severity for one in found), reverse=True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_blank_of_an_advice_is_left_open(language: str) -> None:
    """An explanation is about no device in particular."""
    text = " ".join(one.advice for one in explained(language))
    assert "{" not in text
    assert "…" not in text
    assert {"fr": "Débranchez cet appareil", "en": "Unplug this device"}[language] in text
