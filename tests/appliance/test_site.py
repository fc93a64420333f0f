"""What is known of a site before its packets are read."""

from ipaddress import ip_network

import pytest

from appliance import site
from appliance.site import SiteError

WHOLE = """
home = ["192.168.50.0/24"]
learn = 60
bad = ["bad.example"]
remote_tools = ["anydesk"]
[known."00:09:21:00:00:01"]
name = "Radio"
role = "panoramic"
hosts = ["maker.example"]
"""


def written(tmp_path, text: str):
    file = tmp_path / "site.toml"
    file.write_text(text)
    return file


def test_a_whole_file_is_read(tmp_path):
    """Every key."""
    found = site.read(written(tmp_path, WHOLE))
    assert (found.home, found.learn) == ((ip_network("192.168.50.0/24"),), 60.0)
    assert found.lists.find_name("x.bad.example", 0.0)
    assert found.remote_tools == {"anydesk"}
    known = found.standing.known["00:09:21:00:00:01"]
    assert (known.approved, known.name, known.role, known.hosts) == (
        True,
        "Radio",
        "panoramic",
        ("maker.example",),
    )


def test_without_known_devices_no_newcomer_can_be_told(tmp_path):
    """Nobody said who belongs there."""
    assert site.read(written(tmp_path, "learn = 1")).standing is None


def test_every_mistake_is_listed_at_once(tmp_path):
    """One run mends them all."""
    text = """
home = ["everything"]
learn = "soon"
bad = ["no entry"]
colour = 1
[known."not a mac"]
[known."00:09:21:00:00:01"]
role = "magician"
hosts = "one"
age = 3
"""
    with pytest.raises(SiteError) as refused:
        site.read(written(tmp_path, text))
    for part in (
        "everything",
        "soon",
        "no entry",
        "colour",
        "not a mac",
        "magician",
        "hosts",
        "age",
    ):
        assert part in str(refused.value)


@pytest.mark.parametrize("text", ["= nonsense", "[known]\nx"])
def test_what_is_not_toml_is_refused(tmp_path, text):
    """In one sentence."""
    with pytest.raises(SiteError, match="is not TOML"):
        site.read(written(tmp_path, text))


def test_a_missing_file_is_refused(tmp_path):
    """In one sentence."""
    with pytest.raises(SiteError, match="cannot be read"):
        site.read(tmp_path / "none.toml")
