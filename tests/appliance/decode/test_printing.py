"""Printers, by the examples of HP's manual and RFC 1179."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.decode.printing import begins, read
from appliance.decode.reader import LONGEST_TEXT
from appliance.facts import BannerHeard
from tests.kit.messages import ALICE, ALICE_IP, ANY, SERVER_IP, told

ANSWER = b'@PJL INFO ID\r\n"HP LaserJet 4200"\r\n\x0c'


def heard(message: bytes, sport: int, dport: int) -> BannerHeard:
    assert begins(message)
    (fact,), broken = told(read, message, sport, dport)
    assert isinstance(fact, BannerHeard)
    assert not broken
    assert (fact.mac, fact.src, fact.dst) == (ALICE, ALICE_IP, SERVER_IP)
    return fact


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (ANSWER, "HP LaserJet 4200"),
        (b"@PJL INFO ID\r\nLexmark T640\r\n\x0c", "Lexmark T640"),
        (
            b'@PJL INFO ID\n"HL-L2360D series:84E-E74:Ver.b.26"\n',
            "HL-L2360D series:84E-E74:Ver.b.26",
        ),
        (b'@PJL INFO ID\r\n"Model (Dr Durand)"\r\n', "Model"),
        (b'@PJL USTATUS JOB\r\nSTART\r\nNAME="Durand"\r\n\x0c', ""),
        (b"@PJL INFO ID\r\nHP Laser", ""),
    ],
)
def test_a_printer_says_its_model(answer: bytes, says: str):
    """When it was asked for that; of jobs nothing is told."""
    fact = heard(answer, 9100, ANY)
    assert (fact.protocol, fact.server, fact.says) == ("pjl", True, says)


@pytest.mark.parametrize(
    "command",
    [b"\1lp\n", b"\2lp\n", b"\3durand \n", b"\4durand root 12\n", b"\5lp root 7\n"],
)
def test_who_prints_by_lpd_is_told(command: bytes):
    """Not on which queue."""
    fact = heard(command, 721, 515)
    assert (fact.protocol, fact.server, fact.says) == ("lpd", False, "")
    assert "durand" not in repr(fact)


JOB = b'\x1b%-12345X@PJL JOB NAME="durand.pdf"\r\n@PJL SET USERNAME="durand"\r\n'


@pytest.mark.parametrize(
    ("message", "sport", "dport"),
    [
        (JOB, ANY, 9100),
        (JOB[9:], ANY, 9100),
        (ANSWER, ANY, 9100),
        (ANSWER, 8000, ANY),
        (b"\2lp\n", 515, ANY),
        (b"\2lp\n", ANY, 8000),
        (b"\2lp", ANY, 515),
        (b"\6lp\n", ANY, 515),
        (b"\0", 515, ANY),
        (b"", ANY, 515),
    ],
)
def test_what_goes_to_a_printer_is_not_read(message: bytes, sport: int, dport: int):
    """Nor what looks like it elsewhere."""
    assert told(read, message, sport, dport) == ([], False)


def test_a_model_is_bounded_and_spelt_harmlessly():
    """A longer one is no model."""
    assert heard(b"@PJL INFO ID\r\n<b>\0\xff\r\n", 9100, ANY).says == "<b>\\000\ufffd"
    assert heard(b"@PJL INFO ID\r\n" + b"x" * 101 + b"\r\n", 9100, ANY).says == ""
    assert len(heard(b"@PJL INFO ID\r\n" + b"\1" * 100 + b"\r\n", 9100, ANY).says) <= LONGEST_TEXT


@given(st.integers(0, 40), st.binary(max_size=200))
def test_no_bytes_make_it_raise(size: int, tail: bytes):
    """Cut anywhere, and going on with anything."""
    for message in (ANSWER[:size] + tail, b"\2lp\n"[:size] + tail):
        begins(message)
        for ports in ((9100, ANY), (ANY, 9100), (515, ANY), (ANY, 515)):
            told(read, message, *ports)
