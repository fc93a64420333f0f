"""The kinds of device."""

from appliance.knowledge.kinds import Kind


def test_each_kind_is_spelled_as_it_is_named():
    """One spelling in tables, texts and code."""
    assert all(kind.value == kind.name.lower() for kind in Kind)


def test_the_vocabulary_knows_what_a_practice_has_and_an_unknown():
    """From the sensor to the television in the waiting room."""
    assert {"sensor", "unit", "steriliser", "television", "unknown"} < set(Kind)
    assert len(Kind) == 22
