"""Exploits of the file service, in messages by the letter of [MS-CIFS]."""

from struct import pack

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.decode import smb
from appliance.facts import ExploitTraced
from tests.kit import files, procedures
from tests.kit.procedures import session1
from tests.kit.reading import CLIENT, gather

ANSWER = 0x98
NO_RESOURCES, NOT_IMPLEMENTED, DENIED = 0xC0000205, 0xC0000002, 0xC0000022


def traces(payload: bytes) -> list[tuple[str, bool]]:
    found, _ = gather(smb.read(payload, CLIENT))
    return [(it.trace, it.answer) for it in found if isinstance(it, ExploitTraced)]


def transaction2(what: int) -> bytes:
    """Give a TRANSACTION2 that does *what* ([MS-CIFS] section 2.2.4.46.1)."""
    words = pack("<HHHHBBHIHHHHHBBH", 12, 0, 1, 0, 0, 0, 0, 0, 0, 12, 66, 0, 78, 1, 0, what)
    return session1(0x32, words, bytes(15))


def nt_transaction(function: int) -> bytes:
    """Give an NT_TRANSACT ([MS-CIFS] section 2.2.4.62.1)."""
    words = pack("<BHIIIIIIIIBH", 1, 0, 30, 66_512, 30, 0, 30, 75, 976, 104, 0, function)
    return session1(0xA0, words + b"\0", bytes(40))


def test_a_look_into_pipe_0_is_a_look_for_the_hole():
    """Not one into a pipe that is open."""
    assert traces(procedures.exchanged1(b"", pipe=0, what=0x23)) == [("ms17_010", False)]
    assert traces(procedures.exchanged1(b"", pipe=0x4000, what=0x23)) == []
    assert traces(procedures.exchanged1(b"", pipe=0, what=0x26)) == []


def test_a_server_without_the_update_says_so():
    """One with it has another answer."""
    for status, expected in ((NO_RESOURCES, [("ms17_010", True)]), (DENIED, [])):
        assert traces(session1(0x25, b"", b"", flags=ANSWER, status=status)) == expected


@pytest.mark.parametrize("number", [0x51, 0x52])
def test_doublepulsar_answers_with_another_number(number: int):
    """65 and 16; a server without it gives back the one it was asked with."""
    assert traces(transaction2(0x0E)) == [("doublepulsar", False)]
    answer = {"flags": ANSWER, "status": NOT_IMPLEMENTED}
    assert traces(session1(0x32, b"", b"", number=number, **answer)) == [("doublepulsar", True)]
    assert traces(session1(0x32, b"", b"", number=0x41, **answer)) == []


def test_ordinary_transactions_are_none():
    """Questions about files, notices of changes."""
    assert traces(transaction2(5)) == []
    assert traces(nt_transaction(4)) == []
    assert traces(procedures.exchanged1(procedures.bind(procedures.SAMR))) == []


@pytest.mark.parametrize("function", [0, 5])
def test_functions_that_are_not_in_use_prepare_memory(function: int):
    assert traces(nt_transaction(function)) == [("eternal", False)]


def compressed(size: int, start: int) -> bytes:
    """Give a compressed message ([MS-SMB2] section 2.2.42.1)."""
    return files.session(b"\xfcSMB" + pack("<IHHI", size, 1, 0, start) + bytes(40))


def test_a_compressed_message_whose_sizes_run_over_is_smbghost():
    """Ordinary ones stay below the largest message."""
    assert traces(compressed(0xFFFF_FFFF, 0)) == [("smbghost", False)]
    assert traces(compressed(100, 0xFFFF_FFFF)) == [("smbghost", False)]
    assert traces(compressed(65_536, 0)) == []
    assert traces(compressed(1 << 24, 128)) == []


@given(st.data())
def test_no_prefix_makes_it_raise(data: st.DataObject):
    whole = data.draw(
        st.sampled_from((transaction2(14), nt_transaction(0), compressed(0xFFFF_FFFF, 0)))
    )
    traces(whole[: data.draw(st.integers(0, len(whole)))])
