"""pcapng beyond its plainest form: sections, interfaces, simple and old packet blocks."""

from struct import pack

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.model import Link
from appliance.sensor import pcapng
from appliance.sensor.capture_file import CaptureError, CaptureFile
from appliance.sensor.meter import Meter


def made(kind, body, order="<"):
    """Give a block."""
    body += bytes(-len(body) % 4)
    size = pack(order + "I", 12 + len(body))
    return pack(order + "I", kind) + size + body + size


def section(order="<"):
    return made(0x0A0D0D0A, pack(order + "IHHq", 0x1A2B3C4D, 1, 0, -1), order)


def interface(link=1, order="<", options=b"", longest=0):
    return made(1, pack(order + "HHI", link, 0, longest) + options, order)


def option(code, value, order="<"):
    return pack(order + "HH", code, len(value)) + value + bytes(-len(value) % 4)


def packet(data=b"data", number=0, ticks=1_000_000, order="<"):
    head = pack(order + "IIIII", number, ticks >> 32, ticks & 0xFFFFFFFF, len(data), len(data))
    return made(6, head + data, order)


def simple(data, length=None):
    return made(3, pack("<I", len(data) if length is None else length) + data)


@pytest.fixture
def read(tmp_path):
    """Give what reads a file of these blocks: link, time and data of each packet."""

    def packets(*raw):
        path = tmp_path / "x.pcapng"
        path.write_bytes(b"".join(raw))
        found = []
        for block in CaptureFile(path):
            for at, start, size in zip(block.times, block.offsets, block.captured, strict=True):
                found.append((block.link, float(at), bytes(block.buffer[start : start + size])))
        return found

    return packets


def test_each_section_has_its_own_byte_order_and_interfaces(read):
    """As when captures are put one behind another."""
    found = read(
        section(), interface(1), packet(b"one"),
        section(">"), interface(101, ">"), packet(b"two", order=">"),
        section(), interface(113), packet(b"three"),
    )  # fmt: skip
    assert found == [
        (Link.ETHERNET, 1.0, b"one"),
        (Link.RAW_IP, 1.0, b"two"),
        (Link.COOKED, 1.0, b"three"),
    ]


def test_packets_of_several_interfaces_stay_in_order(read):
    found = read(
        section(), interface(1), packet(b"a"), interface(101), packet(b"b", 1), packet(b"c"),
        packet(b"d", 1),
    )  # fmt: skip
    assert [data for _, _, data in found] == [b"a", b"b", b"c", b"d"]
    assert [link for link, _, _ in found] == [Link.ETHERNET, Link.RAW_IP] * 2


def test_packets_of_an_unknown_interface_are_passed_over(read):
    assert read(section(), packet(b"x"), interface(), packet(b"y"), packet(b"z", 7)) == [
        (Link.ETHERNET, 1.0, b"y")
    ]


def test_an_interface_that_is_not_read_hides_no_other(read):
    """Only where there is nothing else, the file is refused."""
    wifi, wired = interface(127), interface(1)
    assert len(read(section(), wifi, wired, packet(number=0), packet(number=1))) == 1
    with pytest.raises(CaptureError, match="radiotap"):
        read(section(), wifi, packet(number=0))


@pytest.mark.parametrize(
    ("resolution", "ticks", "at"),
    [(9, 2_500_000_000, 2.5), (0, 7, 7.0), (0x80 | 10, 1536, 1.5), (0x80 | 127, 5, 0.0)],
)
def test_a_tick_is_as_long_as_the_interface_says(read, resolution, ticks, at):
    """A power of ten, or of two."""
    option = pack("<HHB3xHH", 9, 1, resolution, 0, 0)
    ((_, found, _),) = read(section(), interface(options=option), packet(ticks=ticks))
    assert found == pytest.approx(at)


def test_seconds_are_added_as_the_interface_says(read):
    option = pack("<HHqHH", 14, 8, 1000, 0, 0)
    ((_, at, _),) = read(section(), interface(options=option), packet())
    assert at == 1001.0


def test_a_simple_packet_has_the_time_of_the_one_before(read):
    """It has none of its own."""
    plain = simple(b"plain")
    found = read(section(), interface(), plain, packet(ticks=9_000_000), plain)
    assert [(at, data) for _, at, data in found] == [(0, b"plain"), (9, b"data"), (9, b"plain")]


def test_old_packet_blocks_are_read(read):
    old = made(2, pack("<HHIIII", 0, 77, 0, 3_000_000, 3, 3) + b"old")
    assert read(section(), interface(), old) == [(Link.ETHERNET, 3.0, b"old")]


def test_other_blocks_are_passed_over(read):
    """Statistics, names, secrets, comments."""
    others = [made(kind, b"whatever") for kind in (4, 5, 10, 0x0BAD, 0x80000001)]
    assert len(read(section(), interface(), *others, packet(), *others)) == 1


def test_a_byte_order_that_changes_all_the_time_is_damage(read):
    """The work it makes is bounded."""
    turns = b"".join(section(order) for order in "<>" * 2000)
    assert read(section(), interface(), packet(), turns, interface(), packet()) == [
        (Link.ETHERNET, 1.0, b"data")
    ]


def test_a_simple_packet_has_that_time_also_when_it_is_handed_over_later(read, monkeypatch):
    """As in a file so long that its packets come in several blocks."""
    monkeypatch.setattr(pcapng, "_PACKETS", 1)
    found = read(section(), interface(), packet(ticks=9_000_000), *[simple(b"plain")] * 3)
    assert [at for _, at, _ in found] == [9.0] * 4


def test_of_a_simple_packet_that_was_cut_no_padding_is_read(read):
    """What was kept of it is as long as the interface says."""
    found = read(section(), interface(longest=5), simple(b"12345\0\0\0", 1500), simple(b"123"))
    assert [data for _, _, data in found] == [b"12345", b"123"]


@pytest.mark.parametrize("order", "<>")
@pytest.mark.parametrize("resolution", [0, 3, 6, 9, 0x80 | 20])
def test_whole_seconds_are_read_to_the_tick(read, order, resolution):
    """Or a packet would count in the second before it, and not as in a pcap file."""
    seconds = [1_700_000_000 + n * 997 for n in range(200)]
    ticks = (2 if resolution & 0x80 else 10) ** (resolution & 0x7F)
    raw = [packet(ticks=second * ticks, order=order) for second in seconds]
    length = option(9, bytes([resolution]), order)
    found = read(section(order), interface(1, order, length), *raw)
    assert [at for _, at, _ in found] == seconds


@pytest.mark.parametrize("offset", [-(2**63), -1000, 0, 2**62])
@pytest.mark.parametrize("ticks", [0, 1, 2**64 - 1])
@pytest.mark.parametrize("resolution", [0, 0x80, 6, 127, 0xFF])
def test_times_that_cannot_be_are_brought_into_range(read, offset, ticks, resolution):
    """Into that of pcap files: what comes behind can always make a date of them."""
    options = option(14, pack("<q", offset)) + option(9, bytes([resolution]))
    ((_, at, _),) = read(section(), interface(options=options), packet(ticks=ticks))
    assert 0 <= at < 2**32


def test_options_are_read_up_to_their_end(read):
    """Unknown ones are passed over, and one that lies about its length is the last."""
    seconds = option(9, b"\0")
    lies = pack("<HH", 2, 60_000)
    known = [option(2, b"eth0") + seconds, seconds + option(0, b"") + option(9, b"\6")]
    unknown = [lies + seconds, option(9, b"\0\0"), b"\x09"]
    for options in (*known, seconds + lies):
        assert read(section(), interface(options=options), packet(ticks=7))[0][1] == 7.0
    for options in unknown:
        assert read(section(), interface(options=options), packet(ticks=7))[0][1] == 7e-6


FILE = [section(), interface(), packet(b"one"), packet(b"number two"), packet(b""), packet(b"4")]


@pytest.mark.parametrize("chunk", [12, 50, pcapng.CHUNK])
def test_a_file_cut_at_any_byte_gives_the_whole_packets_before_it(read, monkeypatch, chunk):
    """Wherever chunks end."""
    monkeypatch.setattr(pcapng, "CHUNK", chunk)
    whole, end = b"".join(FILE), 0
    packets = [(end := end + len(each), each) for each in FILE][2:]
    for cut in range(28, len(whole)):
        expected = sum(end <= cut for end, _ in packets)
        assert len(read(whole[:cut])) == expected, cut


@pytest.mark.parametrize("cut", range(4, 28))
def test_a_file_cut_within_its_head_is_refused(read, cut):
    with pytest.raises(CaptureError, match="is cut or damaged within its head"):
        read(section()[:cut])


def test_text_that_begins_like_a_capture_is_refused(read):
    """Its first four bytes are line ends."""
    with pytest.raises(CaptureError, match="within its head"):
        read(b"\n\r\r\n" + b"dear diary, " * 9)


@pytest.mark.parametrize("claimed", [0, 11, 2**24 + 4, 2**31, 2**32 - 1])
def test_a_length_that_cannot_be_ends_the_file(read, claimed):
    """What came before it is read, and nothing is allocated for it."""
    damaged = pack("<II", 6, claimed) + bytes(100)
    assert len(read(*FILE, damaged, *FILE)) == 4


@pytest.mark.parametrize("kind", [1, 2, 3, 6])
@pytest.mark.parametrize("size", [0, 3, 7, 19])
def test_a_block_too_short_for_its_kind_is_passed_over(read, kind, size):
    short = pack("<II", kind, 12 + size) + bytes(size) + pack("<I", 12 + size) + bytes(-size % 4)
    found = read(*FILE[:2], short, *FILE[2:])
    assert [data for _, _, data in found if data][-3:] == [b"one", b"number two", b"4"]


@given(st.data())
def test_changed_bytes_give_times_and_packets_that_can_be_metered(tmp_path_factory, data):
    """Whatever they say: the meter behind takes them, or there is the refusal in a sentence."""
    options = option(9, bytes([data.draw(st.integers(0, 255))])) + option(14, bytes(8))
    raw = bytearray(b"".join([section(), interface(options=options), *FILE[2:], simple(b"end")]))
    for place in data.draw(st.lists(st.integers(0, len(raw) - 1), max_size=9)):
        raw[place] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.getbasetemp() / "changed.pcapng"
    path.write_bytes(raw)
    meter = Meter()
    try:
        for block in CaptureFile(path):
            meter.feed(block)
    except CaptureError:
        return
    meter.finish()
    assert meter.counters.packets <= 9
