"""The lists that come with the box."""

from appliance.lists.delivered import delivered


def test_each_has_a_name_and_entries_with_a_reason():
    found = {name: list(entries) for name, entries in delivered()}
    assert set(found) == {"attack-callbacks", "tor-gateways", "wannacry-switch"}
    assert all(entries and all(each.why for each in entries) for entries in found.values())
