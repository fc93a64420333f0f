"""What devices tell the one at the other end of the cable."""

import pytest

from appliance.facts import NeighbourTold
from appliance.inventory.clues.neighbours import read
from tests.kit.made import made, votes


@pytest.mark.parametrize(
    ("does", "endpoint", "kind"),
    [
        (("bridge", "telephone"), "", {"phone"}),
        ((), "telephone", {"phone"}),
        (("bridge", "wlan_ap"), "", {"access_point"}),
        (("bridge", "router", "wlan_ap"), "", {"access_point"}),
        (("bridge",), "", {"switch"}),
        (("switch", "router"), "", {"switch"}),
        (("router",), "", {"internet_box"}),
        (("station",), "", set()),
        (("bridge", "router", "station", "wlan_ap"), "", set()),  # a computer with containers
        ((), "", set()),
    ],
)
def test_what_it_does_tells_what_it_is(does, endpoint, kind):
    """A telephone passes frames on, too, and is no switch."""
    assert votes(read(made(NeighbourTold, capabilities=does, endpoint=endpoint))) == kind


def test_maker_and_model_are_said_outright():
    """LLDP-MED; and a name that somebody set up."""
    clues = list(read(made(NeighbourTold, maker="Yealink", model="SIP-T46S", name="poste-accueil")))
    assert votes(clues, "maker") == {"Yealink"}
    assert votes(clues, "model") == {"SIP-T46S"}
    assert clues[0].name == "poste-accueil"


def test_descriptions_tell_by_their_words():
    """CDP names a platform."""
    clues = list(read(made(NeighbourTold, protocol="cdp", model="cisco WS-C2960-24TT-L")))
    assert votes(clues) == {"switch"}
    assert votes(clues, "maker") == {"Cisco"}
