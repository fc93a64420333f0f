"""Which calls to outside hosts are ordinary."""

import pytest

from appliance.knowledge.calls import calls, is_ordinary


@pytest.mark.parametrize(
    "name",
    ["update.eset.com", "www.doctolib.fr", "outlook.office.com", "17-courier.push.apple.com"],
)
def test_services_of_the_practice_of_upkeep_and_of_systems_are_ordinary(name):
    assert is_ordinary(name)


@pytest.mark.parametrize(
    "name", ["", "stranger.example", "evilmicrosoft.com", "x.azurewebsites.net", "x.ddns.net"]
)
def test_strangers_and_rented_names_are_not(name):
    """Also where a large company rents them out."""
    assert not is_ordinary(name)


def test_ports_are_looked_up_by_protocol():
    ports = calls().ports
    assert (ports[17, 123], ports[6, 5229], ports[17, 19_305]) == ("time", "push", "calls")
    assert (6, 4444) not in ports
    assert (6, 123) not in ports
