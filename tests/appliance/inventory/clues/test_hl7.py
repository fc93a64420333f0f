"""What HL7 says of its sender."""

from appliance.facts import Hl7Heard
from appliance.inventory.clues.hl7 import read
from tests.kit.made import made, says, votes


def heard(**said):
    return list(read(made(Hl7Heard, **said)))


def test_a_known_application_tells_what_runs_there():
    """By its name."""
    assert votes(heard(sender="ROMEXIS", message="ORU^R01")) == {"acquisition_pc"}


def test_patients_and_orders_come_from_the_practice_software():
    """Weakly: it may run on a server or on somebody's computer."""
    (clue,) = heard(sender="LOGICIEL", message="ADT^A01")
    assert (clue.kind, clue.weight) == ("server", 15)


def test_nothing_that_may_name_a_person_is_kept():
    """Neither facility nor application."""
    clues = heard(
        sender="ROMEXIS DR MARTIN", sender_site="CABINET MARTIN", message="ADT^A01^ADT_A01^MARTIN"
    )
    assert {seen for _, seen in says(clues)} == {"ADT^A01^ADT_A01^"}


def test_an_acknowledgement_tells_nothing():
    """Everybody gives them."""
    assert heard(sender="LOGICIEL", message="ACK") == []
