"""Which detectors may begin a count-down, and every mistake in naming them."""

from pathlib import Path

import pytest

from appliance.config import Automatic
from appliance.config_detectors import nameable, wrong_automatic
from appliance.config_file import ConfigError, read
from appliance.detectors import ALL
from appliance.model import Severity


def mistakes(*named: str) -> list[str]:
    return list(wrong_automatic(Automatic(detectors=named)))


def test_nothing_is_named_by_default_and_that_is_no_mistake() -> None:
    assert Automatic().detectors == ()
    assert mistakes() == mistakes(*nameable()) == []


def test_only_detectors_of_dangers_can_be_named() -> None:
    """What is a warning by its nature cuts nobody off."""
    cards = {detector.about.id: detector.about for detector in ALL}
    assert {cards[name].severity for name in nameable()} == {Severity.DANGER}


@pytest.mark.parametrize("name", ["rogue_dhcp", "arp_spoof", "name_poisoning", "exfiltration"])
def test_what_a_cut_does_not_help_against_is_refused_with_one_sentence(name: str) -> None:
    (sentence,) = mistakes(name)
    assert sentence == (
        f"detectors cannot hold '{name}': a cut of the uplink does not help against what it finds"
        f" (there are {', '.join(nameable())})"
    )


def test_a_name_that_is_none_is_told_the_nearest() -> None:
    (sentence,) = mistakes("ransomwear")
    assert sentence == "detectors: no detector is called 'ransomwear' (did you mean ransomware)"


@pytest.mark.parametrize(("seconds", "fits"), [(9, False), (10, True), (600, True), (601, False)])
def test_a_count_down_is_long_enough_to_be_stopped_and_short_enough_to_help(
    seconds: int, fits: bool
) -> None:
    document = {"automatic": {"detectors": ["ransomware"], "seconds": seconds}}
    meant = {"state": Path("s"), "run": Path("r")}
    if fits:
        assert read(document, "vigie.toml", meant).automatic.seconds == seconds
    else:
        with pytest.raises(ConfigError, match="seconds must be a whole number from 10 to 600"):
            read(document, "vigie.toml", meant)


def test_the_file_is_judged() -> None:
    with pytest.raises(
        ConfigError, match=r"vigie.toml: \[automatic\] detectors cannot hold 'flood'"
    ):
        read({"automatic": {"detectors": ["flood"]}}, "vigie.toml", {})
