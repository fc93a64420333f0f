"""Names on the wire: spelling, pointers, bounds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.decode.names import Names, read_name, spell
from appliance.decode.reader import LONGEST_TEXT, Malformed

LABELS = st.lists(st.binary(min_size=1, max_size=63), max_size=3)


def wire(labels: list[bytes]) -> bytes:
    return b"".join(bytes((len(label),)) + label for label in labels) + b"\0"


@given(LABELS, st.binary(max_size=9))
def test_labels_come_out_as_they_went_in(labels: list[bytes], before: bytes):
    """Whatever bytes they hold, wherever the name begins."""
    message = before + wire(labels) + b"behind"
    found, after = Names(message).labels(len(before))
    assert found == labels
    assert message[after:] == b"behind"


@pytest.mark.parametrize(
    ("labels", "spelt"),
    [
        ([], ""),
        ([b"WWW", b"Example", b"COM"], "www.example.com"),
        ([b"HP LaserJet 4.1", b"_ipp"], r"hp\032laserjet\0324\.1._ipp"),
        ([b"a\\b"], r"a\\b"),
        ([b"a\nb\0c"], r"a\010b\000c"),
        (["Cabinet-Éluard".encode(), b"local"], "cabinet-éluard.local"),
        (["a\u202eb".encode()], r"a\226\128\174b"),
        ([b"\xff\xfe"], "\ufffd\ufffd"),
        ([b"<img", b"onerror=x>"], "<img.onerror=x>"),
    ],
)
def test_a_name_is_spelt_in_lower_case_with_its_odd_bytes_escaped(labels: list[bytes], spelt: str):
    """So that it is one line, one word, and its dots part its labels."""
    assert spell(labels) == spelt


@given(LABELS)
def test_every_name_is_a_short_word_that_prints(labels: list[bytes]):
    """No spaces, no controls, at most 255 characters."""
    name = spell(labels)
    assert name.isprintable()
    assert " " not in name
    assert len(name) <= LONGEST_TEXT


def test_a_pointer_leads_to_an_earlier_name_or_into_one():
    """And the name ends behind the pointer."""
    message = wire([b"www", b"example", b"com"]) + b"\xc0\0" + b"\1a\xc0\4" + b"behind"
    names = Names(message)
    assert names.read(0) == ("www.example.com", 17)
    assert names.read(17) == ("www.example.com", 19)
    assert names.read(19) == ("a.example.com", 23)


@pytest.mark.parametrize(
    ("message", "at"),
    [
        (b"\xc0\0", 0),  # to itself
        (b"\xc0\2\xc0\0", 0),  # forward
        (b"\1a\xc0\0", 0),  # to its own beginning
        (b"\1a\xc0\2", 0),  # to the pointer
        (b"\1a\xc0\0", 2),  # to a name that leads back here
        (b"\x40a\0", 0),  # a length that nobody defined
        (b"\x80a\0", 0),
    ],
)
def test_a_pointer_that_does_not_lead_back_is_malformed(message: bytes, at: int):
    """A loop cannot be, for every step goes towards the beginning."""
    with pytest.raises(Malformed):
        Names(message).read(at)


def test_a_name_that_leads_back_is_malformed_even_when_part_of_it_is_known():
    """What was spelt before is no way around the rule."""
    names = Names(wire([b"a"]) + b"\xc0\5" + b"\0")
    assert names.read(5) == ("", 6)
    with pytest.raises(Malformed):
        names.read(3)


@pytest.mark.parametrize(("steps", "fits"), [(20, True), (21, False)])
def test_a_chain_of_pointers_is_bounded(steps: int, fits: bool):
    """Twenty; a ladder of more is malformed."""
    message = wire([b"a"])
    for step in range(steps):
        message += (0xC000 | (3 + 2 * (step - 1) if step else 0)).to_bytes(2)
    last = len(message) - 2
    if fits:
        assert Names(message).read(last) == ("a", last + 2)
    else:
        with pytest.raises(Malformed):
            Names(message).read(last)


@pytest.mark.parametrize(("last", "fits"), [(61, True), (62, False)])
def test_a_name_has_at_most_255_bytes(last: int, fits: bool):
    """Counted as on the wire, with its lengths and its end; pointers do not help."""
    labels = [b"a" * 63] * 3
    whole, parts = wire([*labels, b"b" * last]), wire(labels)
    pointing = parts + bytes((last,)) + b"b" * last + b"\xc0\0"
    assert len(whole) == 255 + (not fits)
    for message, at in ((whole, 0), (pointing, len(parts))):
        if fits:
            assert len(Names(message).labels(at)[0]) == 4
        else:
            with pytest.raises(Malformed):
                Names(message).labels(at)


@given(st.binary(max_size=80), st.integers(0, 90))
def test_any_bytes_are_a_name_or_malformed(message: bytes, at: int):
    """Nothing else comes out."""
    try:
        name, after = Names(message).read(at)
    except Malformed:
        return
    assert at < after <= len(message)
    assert name.isprintable()


def test_a_name_that_stands_alone():
    """Its end may be missing; what is no name is spelt as text."""
    assert read_name(b"\5Alice\7example\0") == "alice.example"
    assert read_name(b"\5Alice") == "alice"
    assert read_name(b"Alice") == "Alice"
    assert read_name(b"") == ""
