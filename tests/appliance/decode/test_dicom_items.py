"""The items of association PDUs, as PS3.8 and PS3.7 draw them."""

import pytest

from appliance.decode.dicom_items import Items, spell
from appliance.decode.reader import Malformed, Reader


def item(kind: int, *contents: bytes) -> bytes:
    content = b"".join(contents)
    return bytes((kind, 0)) + len(content).to_bytes(2) + content


def understood(*items: bytes) -> Items:
    found = Items()
    found.read(Reader(b"".join(items)))
    return found


ABSTRACT, TRANSFER = item(0x30, b"1.2.840.10008.1.1"), item(0x40, b"1.2.840.10008.1.2")
PROPOSED = item(0x20, b"\1\0\0\0", ABSTRACT, TRANSFER, TRANSFER)
USER = item(0x50, item(0x51, b"\0\0\x40\0"), item(0x52, b"1.2.3"), item(0x55, b"VERSION 7"))


@pytest.mark.parametrize("items", [(PROPOSED, USER), (USER, PROPOSED)])
def test_items_are_read_in_any_order(items: tuple[bytes, bytes]):
    """PS3.8 says which there are, not which comes first."""
    found = understood(*items)
    assert list(found.syntaxes) == ["1.2.840.10008.1.1"]
    assert (found.implementation, found.implementation_name) == ("1.2.3", "VERSION 7")
    assert not found.agreed


@pytest.mark.parametrize(
    ("results", "agreed"), [((0,), True), ((1, 2, 3, 4), False), ((4, 0, 3), True), ((), False)]
)
def test_one_accepted_context_is_enough(results: tuple[int, ...], agreed: bool):
    """What stands in those that were not accepted counts for nothing."""
    answers = [item(0x21, bytes((1, 0, result, 0)), b"\x52\0\0\1" * 9) for result in results]
    found = understood(*answers)
    assert found.agreed is agreed
    assert found.implementation == ""


@pytest.mark.parametrize("uid", [b"1.2.3", b"1.2.3\0", b"1.2.3 "])
def test_uids_may_be_filled_up(uid: bytes):
    """To an even length, as in data sets."""
    assert understood(item(0x52, uid)).implementation == "1.2.3"


@pytest.mark.parametrize("uid", [b"", b"\0", b"Alice", b"1.2.3\n", b"1" * 65, b"1.2\xb2"])
def test_what_is_no_uid_is_left_out(uid: bytes):
    """It could be anything, and is nothing that a technician could look up."""
    found = understood(item(0x52, uid), item(0x20, b"\1\0\0\0", item(0x30, uid)))
    assert found.implementation == ""
    assert not found.syntaxes


def test_who_the_user_is_is_passed_over():
    """Name and password are skipped as one block of bytes, whatever they look like."""
    identity = item(0x58, b"\2\0\0\x0f", ABSTRACT, item(0x55, b"Alice"))
    found = understood(item(0x50, identity))
    assert not found.syntaxes
    assert found.implementation_name == ""


@pytest.mark.parametrize("size", range(1, len(USER)))
def test_items_that_end_too_early(size: int):
    """Those before are understood, the one that is cut is not."""
    found = Items()
    if size in (4, 12, 21):  # behind an item
        found.read(Reader(USER[:size]))
    else:
        with pytest.raises(Malformed):
            found.read(Reader(USER[:size]))
    assert found.implementation == ("1.2.3" if size >= 21 else "")
    assert found.implementation_name == ""


def test_an_answer_without_its_result_is_malformed():
    """Four bytes stand before its sub-items."""
    with pytest.raises(Malformed):
        understood(item(0x21, b"\1\0\0"))


def test_names_have_sixteen_bytes():
    """Of a longer one the beginning is told."""
    assert spell(b"  A NAME ") == "A NAME"
    assert spell(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "ABCDEFGHIJKLMNOP"
    assert understood(item(0x55, b"X" * 60_000)).implementation_name == "X" * 16
