"""Hosts at which pools take work."""

from appliance.knowledge.pools import pools


def test_a_pool_is_found_with_all_below_it():
    assert pools().find("pool.supportxmr.com") == "pool.supportxmr.com"
    assert pools().find("eu.pool.hashvault.pro") == "pool.hashvault.pro"
    assert pools().find("www.supportxmr.com") is None
