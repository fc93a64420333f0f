"""What a call to an outside host says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.knowledge.hosts import Suffixes, hosts


def test_the_longest_suffix_wins():
    """The list of trusted certificates is below the updates and is none."""
    hygiene = hosts().hygiene
    assert hygiene.find("ctldl.windowsupdate.com").proves == "nothing"
    assert hygiene.find("au.download.windowsupdate.com").host == "windowsupdate.com"
    assert (
        hygiene.find("11.tlu.dl.delivery.mp.microsoft.com").host == "dl.delivery.mp.microsoft.com"
    )


def test_an_exact_entry_covers_nothing_below():
    """There the shorter one counts."""
    assert hosts().practice.find("espacepro.ameli.fr").host == "espacepro.ameli.fr"
    assert hosts().practice.find("x.espacepro.ameli.fr").host == "ameli.fr"


def test_the_test_environment_of_a_health_service_is_told_apart():
    """A practice has no business there."""
    found = hosts().practice.find("qualiflps.services-ps.ameli.fr")
    assert found.category == "health_service_test"


@pytest.mark.parametrize("name", ["evilameli.fr", "ameli.fr.evil.example", "fr", "", "."])
def test_a_name_that_only_looks_alike_is_not_covered(name):
    """Labels count, not letters."""
    assert hosts().practice.find(name) is None


def test_a_practice_without_its_cloud_loses_its_files():
    """Which a page says before the uplink is cut."""
    assert hosts().practice.find("app.veasy-solution.com").cut == "files_lost"
    assert hosts().practice.find("www.logosw.net").cut == "works"


def test_makers_without_addresses_are_given_away_by_whom_they_call():
    """Weakly: a computer that opens their pages calls them too."""
    hint = hosts().makers.find("eu.meditlink.com")
    assert (hint.maker, hint.kind, hint.weight) == ("Medit", "intraoral_scanner", 15)


def test_a_caller_may_be_told_by_whom_it_asks_for_updates():
    """A NAS asks its maker."""
    assert hosts().hygiene.find("autoupdate.synology.com").says.kind == "nas"


@given(st.text(max_size=300))
def test_any_name_may_be_asked(name):
    """Whatever the wire holds."""
    assert Suffixes({}, {}).find(name) is None
    hosts().hygiene.find(name)
