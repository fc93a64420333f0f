"""How well a device is looked after: the worst that is known counts."""

import pytest

from appliance.system import Support
from appliance.texts import LANGUAGES, sentences
from appliance.upkeep import Care
from tests.kit.people import DAY, NOW
from web.hygiene import WORST_FIRST, Hygiene, hygiene
from web.icons import HYGIENE

UPDATED = Care(subject="system", product="Windows", proof="update", at=NOW - DAY)
STALE = Care(subject="system", product="Windows", proof="update", at=NOW - 90 * DAY)
PROTECTED = Care(subject="antivirus", product="ESET", proof="active", at=NOW)
BARE = Care(subject="antivirus")
BROWSER = Care(subject="browser", product="Chrome", proof="check", at=NOW - 90 * DAY)


@pytest.mark.parametrize(
    ("verdict", "cared", "what"),
    [
        ("", [], ""),
        ("ended", [UPDATED, PROTECTED], "ended"),
        ("supported", [STALE, PROTECTED], "no_updates"),
        ("supported", [UPDATED, BARE], "no_antivirus"),
        ("depends", [UPDATED, PROTECTED], "depends"),
        ("depends", [STALE], "no_updates"),
        ("unknown", [], "unknown"),
        ("supported", [UPDATED, PROTECTED], "fine"),
        ("", [UPDATED], "fine"),
        ("", [Care(subject="system")], "no_updates"),
        ("", [BROWSER], ""),
    ],
)
def test_the_worst_that_is_known_counts(verdict: str, cared: list[Care], what: str) -> None:
    support = Support(verdict=verdict) if verdict else None
    assert hygiene(support, cared, NOW).what == what


def test_what_somebody_should_see_to_comes_first() -> None:
    due = [Hygiene(what=what).due for what in WORST_FIRST]
    assert due == sorted(due, reverse=True)
    assert [Hygiene(what=what).rank for what in WORST_FIRST] == list(range(7))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_judgement_has_words_and_an_icon(language: str) -> None:
    for what in filter(None, WORST_FIRST):
        assert sentences(language)[f"hygiene.{what}"]
        assert sentences(language)[f"hygiene_means.{what}"]
        assert what in HYGIENE
