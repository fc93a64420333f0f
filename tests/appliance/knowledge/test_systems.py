"""Whether releases of other systems are supported."""

from datetime import date, timedelta

import pytest

from appliance.knowledge.support import Verdict
from appliance.knowledge.systems import systems
from appliance.knowledge.tables import dated

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("system", "version", "verdict"),
    [
        ("macos", "15.7.9", "supported"),
        ("macos", "14", "depends"),
        ("macos", "13.2", "ended"),
        ("macos", "10.15.7", "ended"),
        ("ios", "18.1", "supported"),
        ("android", "9", "ended"),
        ("android", "8.1.0", "ended"),
        ("android", "4.1", "ended"),
        ("android", "17", "supported"),
        ("debian", "13", "supported"),
        ("debian", "12.5", "depends"),
        ("debian", "9", "ended"),
        ("ubuntu", "24.04.1", "supported"),
        ("ubuntu", "20.04", "depends"),
        ("windows_embedded", "posready-7", "ended"),
    ],
)
def test_releases_are_judged_on_the_day_asked(system, version, verdict):
    """The longest beginning of the version that is known counts."""
    assert systems().on(TODAY, system, version) == verdict


def test_the_newest_releases_are_trusted_for_a_year_and_no_longer():
    """An old table makes no promises."""
    old = dated("systems") + timedelta(days=367)
    assert systems().on(old, "macos", "26") is Verdict.DEPENDS


def test_a_release_without_an_end_was_supported_on_the_tables_day():
    """Later it depends on what has appeared since."""
    assert systems().on(dated("systems"), "macos", "14") is Verdict.SUPPORTED


@pytest.mark.parametrize(("system", "version"), [("beos", "5"), ("macos", "99"), ("macos", "")])
def test_an_unheard_release_is_not_judged(system, version):
    """Nothing is guessed."""
    assert systems().on(TODAY, system, version) is None
