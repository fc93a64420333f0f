"""pcapng beyond its plainest form: sections, interfaces, simple and old packet blocks."""

from struct import pack

import pytest

from appliance.model import Link
from appliance.sensor.capture_file import CaptureError, CaptureFile


def made(kind, body, order="<"):
    """Give a block."""
    body += bytes(-len(body) % 4)
    size = pack(order + "I", 12 + len(body))
    return pack(order + "I", kind) + size + body + size


def section(order="<"):
    return made(0x0A0D0D0A, pack(order + "IHHq", 0x1A2B3C4D, 1, 0, -1), order)


def interface(link=1, order="<", options=b""):
    return made(1, pack(order + "HHI", link, 0, 0) + options, order)


def packet(data=b"data", number=0, ticks=1_000_000, order="<"):
    head = pack(order + "IIIII", number, ticks >> 32, ticks & 0xFFFFFFFF, len(data), len(data))
    return made(6, head + data, order)


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
    simple = made(3, pack("<I", 5) + b"plain")
    found = read(section(), interface(), simple, packet(ticks=9_000_000), simple)
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
