"""Fragments in named pipes, against scapy's SMB and messages by the letter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.decode import smb
from appliance.decode.rpc_heads import Bound, Called, Said
from appliance.facts import Fact
from tests.kit import files, procedures
from tests.kit.procedures import SAMR
from tests.kit.reading import CLIENT, gather
from tests.kit.scapy_layers import layer

smb2 = layer("smb2")


def said(payload: bytes) -> list[Fact | Said]:
    found, _ = gather(smb.read(payload, CLIENT))  # type: ignore[arg-type]
    return [it for it in found if isinstance(it, Bound | Called)]


@pytest.mark.parametrize("send", [procedures.written, procedures.exchanged])
def test_binds_and_calls_of_smb2(send):
    """Written, or exchanged in one message; the pipe is told by its number."""
    (bound,), (called,) = said(send(procedures.bind(SAMR))), said(send(procedures.call(5, b"x")))
    assert isinstance(bound, Bound)
    assert isinstance(called, Called)
    assert (bound.contexts, called.operation, called.stub) == (((0, SAMR),), 5, b"x")
    assert bound.file == called.file != 0
    (other,) = said(send(procedures.call(5), pipe=9))
    assert isinstance(other, Called)
    assert other.file != called.file


@pytest.mark.parametrize("send", [procedures.written1, procedures.exchanged1])
def test_binds_and_calls_of_smb1(send):
    (bound,), (called,) = said(send(procedures.bind(SAMR))), said(send(procedures.call(5, b"x")))
    assert isinstance(bound, Bound)
    assert isinstance(called, Called)
    assert (bound.contexts, called.operation, called.stub) == (((0, SAMR),), 5, b"x")
    assert bound.file == called.file != 0


def test_scapys_control_is_read_alike():
    data = procedures.call(5, b"x")
    asked = smb2.SMB2_IOCTL_Request(CtlCode=0x11C017, FileId=files.handle(), Input=data)
    (called,) = said(files.session(bytes(files.head(11) / asked)))
    assert isinstance(called, Called)
    assert (called.operation, called.stub) == (5, b"x")


def test_other_controls_and_other_transactions_are_left():
    """And what is written to files."""
    assert said(procedures.exchanged(procedures.call(5), control=0x0014_0204)) == []
    assert said(procedures.exchanged1(procedures.call(5), what=0x23)) == []
    assert said(procedures.written(b"\5\0 a file that begins like one, and is none")) == []
    assert said(files.session(files.opens("a"))) == []


@given(st.data())
def test_no_prefix_and_no_changed_byte_makes_it_raise(data: st.DataObject):
    """Anything but Malformed."""
    send = data.draw(
        st.sampled_from(
            (
                *(procedures.written, procedures.exchanged),
                *(procedures.written1, procedures.exchanged1),
            )
        )
    )
    whole = bytearray(send(procedures.bind(SAMR)))
    said(bytes(whole[: data.draw(st.integers(0, len(whole)))]))
    whole[data.draw(st.integers(4, len(whole) - 1))] = data.draw(st.integers(0, 255))
    said(bytes(whole))
