"""Names by the thousand in little memory."""

from zlib import crc32

from hypothesis import given
from hypothesis import strategies as st

from appliance.lists.names import PROBES, Growing, Names, Records

TEXTS = st.binary(min_size=1, max_size=40)


def table(texts):
    records = Growing()
    names = Names.sized(len(texts))
    for number, text in enumerate(texts):
        assert names.add(text, 0, 0, number, records)
    return names, records


@given(st.sets(TEXTS, max_size=200), st.sets(TEXTS, max_size=50))
def test_all_that_was_put_in_is_found_and_nothing_else(inside, outside):
    """A hash alone never decides."""
    names, records = table(inside)
    for text in inside:
        assert records.text(names.find(text, crc32(text), records)) == text
    for text in outside - inside:
        assert names.find(text, crc32(text), records) == -1
        assert names.find(text, crc32(next(iter(inside), b"")), records) == -1


def test_of_two_that_say_the_same_the_longer_counts():
    records, names = Growing(), Names.sized(4)
    for until, source in ((100, 1), (50, 2), (200, 3), (0, 4), (300, 5)):
        assert names.add(b"bad.example", until, source, 0, records)
        place = names.find(b"bad.example", crc32(b"bad.example"), records)
    assert records.said(place) == (0, 4, 0)


def test_an_entry_counts_until_its_time_and_no_longer():
    records = Growing()
    place, for_ever = records.append(b"a", 100, 0, 0), records.append(b"b", 0, 0, 0)
    counts = [records.counts(place, 99.9), records.counts(place, 100.0)]
    assert (counts, records.counts(for_ever, 4e9)) == ([True, False], True)


def test_entries_made_to_collide_are_left_out_instead_of_making_the_box_slow():
    """CRC-32 is linear: four bytes behind any text give it the sum one likes."""
    records, names = Growing(), Names.sized(1000)
    taken = sum(names.add(_summing(number), 0, 0, 0, records) for number in range(1000))
    assert taken == PROBES


def _summing(number: int, wanted: int = 0x1234_5678) -> bytes:
    """Give a text that begins with *number* and whose CRC-32 is *wanted*."""
    text = number.to_bytes(4, "big")
    zero = crc32(text + bytes(4))
    basis = [(crc32(text + (1 << bit).to_bytes(4, "big")) ^ zero, 1 << bit) for bit in range(32)]
    rest, tail = zero ^ wanted, 0
    for bit in reversed(range(32)):
        pivot = next((each for each in basis if each[0] >> bit & 1), None)
        if pivot is None:
            continue
        basis = [
            (row ^ pivot[0], by ^ pivot[1]) if row >> bit & 1 else (row, by)
            for row, by in basis
            if row is not pivot[0]
        ]
        if rest >> bit & 1:
            rest, tail = rest ^ pivot[0], tail ^ pivot[1]
    assert rest == 0
    found = text + tail.to_bytes(4, "big")
    assert crc32(found) == wanted
    return found


def test_a_table_read_from_a_file_finds_the_same():
    names, records = table({b"a.example", b"b.example"})
    columns = (names.sieve, names.tags, names.places)
    sieve, tags, places = (memoryview(column.tobytes()) for column in columns)
    again = Names(sieve, tags, places.cast("I"))
    read = Records(memoryview(bytes(records.octets)))
    assert again.find(b"a.example", crc32(b"a.example"), read) >= 0
