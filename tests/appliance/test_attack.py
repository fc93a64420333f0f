"""The table of techniques."""

import re

from appliance.attack import techniques


def test_a_technique_is_named_by_its_identifier() -> None:
    """Identifiers have MITRE's form, and each has a name."""
    assert techniques()["T1557.002"].endswith("ARP Cache Poisoning")
    for identifier, name in techniques().items():
        assert re.fullmatch(r"T\d{4}(\.\d{3})?", identifier)
        assert name
