"""Whether a system is still mended: an honest range."""

from dataclasses import replace
from datetime import date

import pytest

from appliance.system import Support, support
from appliance.texts import LANGUAGES
from tests.kit.machines import ATTACKER, RECEPTION, SERVER, devices, evidence

PARK = {device.mac: device for device in devices()}
TODAY = date(2026, 9, 21)


def judged(*heard: str, system: str = "", today: date = TODAY) -> Support | None:
    signs = tuple(
        replace(evidence("ntlm", says, 60), last_at=float(place))
        for place, says in enumerate(heard)
    )
    return support(replace(PARK[ATTACKER], evidence=signs), system, today)


def test_a_version_that_covers_several_releases_gives_a_range_and_a_question() -> None:
    found = support(PARK[RECEPTION], "Windows 10 2004-22H2", TODAY)
    assert found is not None
    assert found.verdict == "depends"
    assert found.question == "extended_updates"
    assert found.sure < TODAY < found.at_most
    assert "Windows 10 22H2" in found.covers


def test_what_has_ended_whatever_it_is_asks_nothing() -> None:
    found = support(PARK[SERVER], "", TODAY)
    assert found is not None
    assert (found.verdict, found.question) == ("ended", "")


def test_the_version_heard_last_counts() -> None:
    """A system is upgraded now and then."""
    upgraded = judged("6.1.7601", "10.0.26100")
    assert upgraded is not None
    assert upgraded.verdict != "ended"
    back = judged("10.0.26100", "6.1.7601")
    assert back is not None
    assert back.verdict == "ended"


def test_the_version_is_found_in_what_surrounds_it() -> None:
    assert judged("Windows 6.1.7601 (NTLM)") == judged("6.1.7601")
    assert judged("1.10.0.26100.7") is None
    assert judged("99.99.99") is None


@pytest.mark.parametrize(
    ("system", "verdict"),
    [
        ("Android 12", "ended"),
        ("macOS 10.15.7", "ended"),
        ("Debian 13", "supported"),
        ("DSM", "unknown"),
        ("iOS 15+ / macOS 12+", "unknown"),
        ("Windows", "unknown"),
        ("Android 999", "unknown"),
        ("<script>", "unknown"),
    ],
)
def test_other_systems_are_judged_by_name_and_number(system: str, verdict: str) -> None:
    found = judged(system=system)
    assert found is not None
    assert found.verdict == verdict


def test_of_no_system_nothing_is_said() -> None:
    assert judged() is None


def test_what_is_no_windows_is_not_judged_as_one() -> None:
    """Samba names itself 6.1.0."""
    assert judged("6.1.0") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_verdict_is_a_sentence_with_days_where_they_are_known(language: str) -> None:
    for verdict in ("ended", "depends", "supported", "unknown"):
        assert Support(verdict=verdict).sentence(language)
    dated = Support(verdict="ended", sure=date(2020, 1, 14), at_most=date(2023, 1, 10))
    assert "2023" in dated.sentence(language)
