"""Names that a device answers to."""

import pytest

from appliance.facts import NameAnswered, Record
from appliance.inventory.clues.names import read
from tests.kit.made import ALICE_IP, made


def answered(protocol: str, name: str, value: str = ALICE_IP, kind: int = 1):
    record = Record(name, kind, value, 60)
    return made(NameAnswered, protocol=protocol, records=(record,))


@pytest.mark.parametrize(
    ("fact", "called"),
    [
        (answered("mdns", "imprimante.local"), ["imprimante"]),
        (answered("llmnr", "accueil-1"), ["accueil-1"]),
        (answered("mdns", "other.local", "192.168.1.99"), []),
        (answered("dns", "www.example", ALICE_IP), []),
        (answered("mdns", "10.1.168.192.in-addr.arpa"), []),
        (answered("nbns", "FAUTEUIL2<20>", ALICE_IP, 32), ["FAUTEUIL2"]),
        (answered("nbns", "WORKGROUP<1e>", ALICE_IP, 32), []),
    ],
)
def test_a_name_counts_when_a_device_answers_it_with_its_own_address(fact, called):
    """Answers for others are somebody else's name, or a lie."""
    assert [clue.name for clue in read(fact) if clue.name] == called


def test_the_protocol_is_where_it_was_seen():
    """One name in three protocols is one witness of what it is, and three of how it is called."""
    for protocol in ("mdns", "llmnr"):
        first, *others = read(answered(protocol, "brw008092abcdef"))
        assert first.source == protocol
        assert {clue.source for clue in others} == {"name"}
