"""Marks of accounts, and logons by NTLM."""

import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st

from appliance.decode import logon
from tests.kit import logons
from tests.kit.messages import envelope

PRINT = "from appliance.decode.logon import mark; print(mark(b'anne'))"


def test_the_same_account_has_the_same_mark_and_others_have_others():
    """However it is written; of no name, nothing."""
    assert logon.mark(b"Anne") == logon.mark(b"anne ") != logon.mark(b"luc")
    assert logon.mark(b"") == logon.mark(b" ") == ""


def test_a_mark_differs_from_run_to_run():
    """The salt is drawn anew: outside the program a mark means nothing."""
    said = subprocess.run([sys.executable, "-c", PRINT], check=True, capture_output=True, text=True)
    assert len(said.stdout.strip()) == len(logon.mark(b"anne"))
    assert said.stdout.strip() != logon.mark(b"anne")


def test_names_that_everybody_gives_are_nobodys():
    assert logon.mark(b"Anonymous") == logon.mark(b"ftp") == logon.NOBODY


@given(st.text("qxzjQXZJ", min_size=4))
def test_no_name_can_be_read_from_a_mark(name: str):
    assert name.lower() not in logon.mark(name.encode())


def test_an_ntlm_proof_names_an_account_and_other_messages_do_not():
    """The same one as elsewhere, without its domain; nobody in particular is no account."""
    proof = bytes(logons.answered(logons.authenticate("PC", user="Anne")))
    (fact,) = logon.by_ntlm(proof, envelope(), "smb")
    assert (fact.account, fact.proof, fact.protocol) == (logon.mark(b"anne"), True, "smb")
    for other in (logons.authenticate("PC", user=""), logons.negotiate(), logons.challenge({})):
        assert list(logon.by_ntlm(bytes(other), envelope(), "smb")) == []


@given(st.binary(max_size=200), st.data())
def test_no_bytes_make_it_raise(after: bytes, data: st.DataObject):
    proof = bytes(logons.authenticate("PC", user="Anne"))
    for blob in (b"NTLMSSP\0\3\0\0\0" + after, proof[: data.draw(st.integers(0, len(proof)))]):
        list(logon.by_ntlm(blob, envelope(), "smb"))


def test_what_the_other_side_says_next_is_told_the_other_way_round():
    there, back = envelope(1, 2), logon.reversed_(envelope(1, 2))
    assert (back.src, back.dst, back.sport, back.mac) == (there.dst, there.src, 2, there.to)
    assert logon.reversed_(back) == there


@given(st.text("AZaz09+/", max_size=40), st.text("=", max_size=4))
def test_letters_of_any_number_are_read(letters: str, end: str):
    """Whatever is at their end."""
    assert len(logon.unspelt((letters + end).encode())) == len(letters) * 3 // 4


def test_base64_is_read_as_others_write_it():
    assert logon.unspelt(b"YTpi") == b"a:b"
    assert logon.unspelt(b"YTpiYw==") == logon.unspelt(b"YTpiYw") == b"a:bc"
