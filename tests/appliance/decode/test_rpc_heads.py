"""What is bound and called, against scapy's encoder and one by hand."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.decode import rpc_heads
from appliance.decode.reader import Malformed
from appliance.decode.rpc_heads import Bound, Called, Said
from tests.kit import procedures
from tests.kit.procedures import NETLOGON, SAMR, SPOOLSS
from tests.kit.reading import CLIENT
from tests.kit.scapy_layers import layer

dcerpc = layer("dcerpc")


def said(payload: bytes) -> list[Said]:
    return list(rpc_heads.read(payload, CLIENT))


@pytest.mark.parametrize("little", [True, False])
def test_a_bind_names_its_interfaces(little: bool):
    """In either order of bytes."""
    payload = procedures.bind(SAMR, NETLOGON, little=little, first=3)
    assert rpc_heads.begins(payload)
    assert said(payload) == [Bound(CLIENT, 0, ((3, SAMR), (4, NETLOGON)), False)]
    more = procedures.bind(SPOOLSS, kind=procedures.ALTER, first=9, little=little)
    assert said(more) == [Bound(CLIENT, 0, ((9, SPOOLSS),), True)]


@pytest.mark.parametrize("little", [True, False])
def test_a_call_has_its_number_and_what_is_handed_over(little: bool):
    """Without the object before it, and the verifier behind it."""
    for flags, verifier in ((3, b""), (0x83, b""), (3, b"seal"), (0x83, b"seal")):
        payload = procedures.call(
            26, b"stub", context=2, little=little, flags=flags, verifier=verifier
        )
        assert said(payload) == [Called(CLIENT, 0, 2, 26, b"stub")]


def test_scapys_messages_are_read_alike():
    """Its own fields, filled in by itself."""
    abstract = dcerpc.DceRpc5AbstractSyntax(if_uuid=UUID(SAMR), if_version=1)
    context = dcerpc.DceRpc5Context(
        cont_id=5, abstract_syntax=abstract, transfer_syntaxes=[dcerpc.DceRpc5TransferSyntax()]
    )
    bind = dcerpc.DceRpc5(ptype=11) / dcerpc.DceRpc5Bind(context_elem=[context])
    assert said(bytes(bind)) == [Bound(CLIENT, 0, ((5, SAMR),), False)]
    request = dcerpc.DceRpc5Request(cont_id=5, opnum=40)
    call = dcerpc.DceRpc5(ptype=0, pfc_flags=3) / request / b"stub"
    assert said(bytes(call)) == [Called(CLIENT, 0, 5, 40, b"stub")]


def test_only_the_first_part_of_a_call_is_one():
    assert said(procedures.call(1, flags=0)) == []
    assert said(procedures.call(1, flags=2)) == []
    assert len(said(procedures.call(1, flags=1))) == 1


def test_several_fragments_in_one_segment_are_all_read():
    """As the last message of a logon and the first call; up to a maximum."""
    last = procedures.fragment(procedures.AUTH3, bytes(4), verifier=b"NTLMSSP\0")
    assert not rpc_heads.begins(last)
    assert [type(it) for it in said(last + procedures.call(1))] == [Called]
    assert len(said(procedures.call(1) * 99)) == 8


def test_an_answer_says_nothing():
    assert said(procedures.fragment(12, bytes(40))) == []
    assert said(procedures.fragment(2, bytes(40))) == []


def test_what_goes_on_in_another_segment_is_read_as_far_as_it_is_here():
    assert said(procedures.call(1, b"0123456789")[:-4]) == [Called(CLIENT, 0, 0, 1, b"012345")]
    two = procedures.bind(SAMR, NETLOGON)
    assert said(two[:-30]) == [Bound(CLIENT, 0, ((0, SAMR),), False)]


def test_the_interfaces_of_one_bind_have_a_maximum():
    (bound,) = said(procedures.bind(*[SAMR] * 40))
    assert isinstance(bound, Bound)
    assert len(bound.contexts) == rpc_heads.MOST_CONTEXTS


@pytest.mark.parametrize(("place", "value"), [(8, b"\x0f\0"), (10, b"\xff\xff"), (4, b"\x99")])
def test_sizes_that_cannot_be_are_malformed(place: int, value: bytes):
    """As an order of bytes that nobody has."""
    payload = bytearray(procedures.call(1))
    payload[place : place + len(value)] = value
    with pytest.raises(Malformed):
        said(bytes(payload))


@given(st.sampled_from((b"\5\0\x0b\3\x10\0\0\0", b"\5\0\0\3\0\0\0\0")), st.binary(max_size=200))
def test_no_bytes_make_it_raise(head: bytes, after: bytes):
    """Anything but Malformed."""
    try:
        for it in rpc_heads.read(head + after, CLIENT):
            assert isinstance(it, Bound | Called)
    except Malformed:
        return


@given(st.data())
def test_no_prefix_makes_it_raise(data: st.DataObject):
    whole = procedures.bind(SAMR, NETLOGON) + procedures.call(1, b"stub", verifier=b"x")
    said(whole[: data.draw(st.integers(0, len(whole)))])
