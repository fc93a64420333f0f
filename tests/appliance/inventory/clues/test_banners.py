"""What servers say first."""

import pytest

from appliance.facts import BannerHeard, ModbusHeard, RdpAnswered
from appliance.inventory.clues.banners import read, read_modbus, read_rdp
from tests.kit.made import made, says, votes


def heard(protocol: str, software: str, *, server: bool = True):
    return list(read(made(BannerHeard, protocol=protocol, says=software, server=server)))


@pytest.mark.parametrize(
    ("protocol", "software", "what", "value"),
    [
        ("ssh", "OpenSSH_9.2p1 Debian-2+deb12u3", "os", "Debian"),
        ("ssh", "OpenSSH_for_Windows_9.5", "os", "Windows"),
        ("ssh", "dropbear_2020.81", "kind", "iot"),
        ("vnc", "RFB 003.889", "os", "macOS"),
        ("sip", "Yealink SIP-T46S 66.85.0.5", "kind", "phone"),
        ("sip", "Asterisk PBX 18.9", "kind", "server"),
        ("rtsp", "Hipcam RealServer/V1.0", "kind", "camera"),
        ("pjl", "HP LaserJet M402", "kind", "printer"),
        ("pjl", "HP LaserJet M402", "model", "HP LaserJet M402"),
        ("lpd", "", "kind", "printer"),
    ],
)
def test_a_greeting_tells(protocol, software, what, value):
    """Kind, model or system."""
    assert votes(heard(protocol, software), what) == {value}


def test_software_without_a_row_is_shown_without_a_vote():
    """A person may know it."""
    clues = heard("ftp", "ImplantStation 2")
    assert says(clues) == [("banner", "ftp ImplantStation 2")]
    assert votes(clues) == set()


def test_who_asks_says_nothing_of_itself_but_telephones_and_ssh():
    """A computer that prints is no printer."""
    assert heard("pjl", "", server=False) == []
    assert heard("lpd", "", server=False) == []
    assert votes(heard("sip", "snomD785/10.1", server=False)) == {"phone"}


def test_a_controller_says_what_it_is():
    """When it is asked; whoever asks says nothing."""
    said = {"vendor": "Dürr Dental", "product": "Tandem"}
    clues = list(read_modbus(made(ModbusHeard, server=True, **said)))
    assert (votes(clues, "maker"), votes(clues, "model")) == ({"Dürr Dental"}, {"Tandem"})
    assert list(read_modbus(made(ModbusHeard, server=False, **said))) == []


@pytest.mark.parametrize(("protocol", "weight"), [("credssp", 35), ("tls", 15), ("", 15)])
def test_a_remote_desktop_is_windows_most_likely(protocol, weight):
    """Others speak it, too."""
    (clue,) = read_rdp(made(RdpAnswered, protocol=protocol))
    assert (clue.os, clue.weight) == ("Windows", weight)
