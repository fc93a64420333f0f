"""Hosts that files are sent to, or that a call is hidden behind."""

from appliance.knowledge.uploads import HIDDEN, Use, uploads


def test_the_longest_entry_that_covers_a_name_counts():
    assert uploads().find("gfs270n.userstorage.mega.co.nz") is Use.FILE_SHARING
    assert uploads().find("notmega.nz") is None


def test_a_name_that_anybody_can_have_hides_who_is_behind():
    assert {uploads().find(name) for name in ("x.ddns.net", "x.ngrok.io")} <= HIDDEN
    assert uploads().find("www.wetransfer.com") not in HIDDEN


def test_every_use_is_in_the_table():
    assert set(uploads().below.values()) | set(uploads().exact.values()) == set(Use)
