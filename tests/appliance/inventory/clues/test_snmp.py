"""What a device answers by SNMP."""

from appliance.facts import SnmpHeard
from appliance.inventory.clues.snmp import read
from tests.kit.made import made, votes


def test_description_and_number_tell_maker_and_kind():
    """Two signs of one source."""
    fact = made(
        SnmpHeard,
        message="response",
        description="Brother NC-8300h, Firmware Ver.1.10",
        object_id="1.3.6.1.4.1.2435.2.3.9.1",
        name="BRN001",
        device="Brother HL-L2350DW series",
    )
    clues = list(read(fact))
    assert votes(clues) == {"printer"}
    assert votes(clues, "maker") == {"Brother"}
    assert votes(clues, "model") == {"Brother HL-L2350DW series"}
    assert "BRN001" in {clue.name for clue in clues}


def test_the_first_device_of_a_computer_is_its_processor():
    """Only of a printer it is the model."""
    fact = made(
        SnmpHeard,
        message="response",
        description="Hardware: Intel64 - Software: Windows Version 10.0",
        device="Intel",
    )
    assert votes(read(fact), "model") == set()
    assert votes(read(fact), "os") == {"Windows"}


def test_questions_say_nothing_of_the_asker():
    """A management station asks everybody."""
    fact = made(SnmpHeard, message="get", description="Brother NC-8300h", name="x")
    assert list(read(fact)) == []


def test_an_unheard_number_tells_nothing():
    """Nor one of software that many use."""
    for number in ("1.3.6.1.4.1.8072.3.2.10", "1.3.6.1.4.1.99999999", "1.3.6.1.2.1", ""):
        assert list(read(made(SnmpHeard, message="response", object_id=number))) == []
