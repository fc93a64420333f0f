"""What the hosts say that a device calls."""

from appliance.inventory.clues.outside import clues
from tests.kit.made import says, votes


def test_updates_tell_the_system_of_who_gets_them():
    """What is shown is the list's entry, not the name that was called."""
    found = list(clues("eu.update.synology.com"))
    assert votes(found) == {"nas"}
    assert votes(found, "os") == {"DSM"}
    assert says(found) == [("outside_host", "update.synology.com")]


def test_a_makers_cloud_tells_the_maker():
    """Of devices that no hardware address gives away."""
    assert votes(clues("api.iterocloud.com"), "maker") == {"Align"}


def test_other_hosts_tell_nothing():
    """Nor no name at all."""
    assert list(clues("www.example.com")) == list(clues("")) == []
