"""What a fact says of the device that sent it."""

import pytest

from appliance.facts import DhcpAsked, HttpAsked, NameAnswered, Record, SsdpHeard
from appliance.inventory.names import clues
from appliance.model import Ip, Mac

MAC, IP = Mac("02:00:00:00:00:0a"), Ip("192.168.1.10")


def names(fact):
    return [clue.name for clue in clues(fact) if clue.name]


def answered(protocol: str, name: str, value: str = IP, kind: int = 1):
    return NameAnswered(
        at=0,
        mac=MAC,
        src=IP,
        dst=Ip("224.0.0.251"),
        protocol=protocol,
        name="",
        type=0,
        code=0,
        records=(Record(name, kind, value, 60),),
    )


@pytest.mark.parametrize(
    ("fact", "called"),
    [
        (answered("mdns", "imprimante.local"), ["imprimante"]),
        (answered("llmnr", "accueil-1"), ["accueil-1"]),
        (answered("mdns", "other.local", "192.168.1.99"), []),
        (answered("dns", "www.example", "192.168.1.10"), []),
        (answered("mdns", "10.1.168.192.in-addr.arpa"), []),
        (answered("nbns", "FAUTEUIL2<20>", IP, 32), ["FAUTEUIL2"]),
        (answered("nbns", "WORKGROUP<1e>", IP, 32), []),
    ],
)
def test_a_name_counts_when_a_device_answers_it_with_its_own_address(fact, called):
    """Answers for others are somebody else's name, or a lie."""
    assert names(fact) == called


def test_an_empty_host_name_is_no_name():
    """Nor is one of control bytes."""
    for hostname in ("", "\x01", "x" * 64):
        fact = DhcpAsked(at=0, mac=MAC, version=4, message="discover", hostname=hostname)
        assert names(fact) == []


def test_what_a_device_says_of_its_make_is_evidence_not_a_name():
    """Server and user agent strings."""
    ssdp = SsdpHeard(at=0, mac=MAC, src=IP, method="notify", target="", usn="", server="Sagemcom")
    head = HttpAsked(
        at=0,
        mac=MAC,
        src=IP,
        dst=IP,
        dport=80,
        method="GET",
        host="",
        user_agent="curl/8",
        content_type="",
    )
    assert [(clue.source, clue.says, clue.name) for clue in (*clues(ssdp), *clues(head))] == [
        ("ssdp", "Sagemcom", ""),
        ("http", "curl/8", ""),
    ]
