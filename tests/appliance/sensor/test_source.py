"""Link types that captures name by number."""

import pytest

from appliance.model import Link
from appliance.sensor.source import CaptureError, link_of


@pytest.mark.parametrize(
    ("number", "link"),
    [
        (1, Link.ETHERNET),
        (12, Link.RAW_IP),
        (14, Link.RAW_IP),
        (101, Link.RAW_IP),
        (228, Link.RAW_IP),
        (229, Link.RAW_IP),
        (113, Link.COOKED),
        (276, Link.COOKED_V2),
    ],
)
def test_links_that_are_read_are_known_by_their_number(number: int, link: Link):
    assert link_of(number, "x") is link


def test_what_else_the_field_says_does_not_matter():
    """Its upper half may tell how long a frame's check sequence is."""
    assert link_of(0x2400_0001, "x") is Link.ETHERNET


@pytest.mark.parametrize(
    ("number", "what"),
    [
        (0, "BSD loopback"),
        (105, "802.11 (Wi-Fi)"),
        (119, "Prism (Wi-Fi)"),
        (127, "radiotap (Wi-Fi)"),
        (163, "AVS (Wi-Fi)"),
        (192, "PPI (Wi-Fi)"),
        (195, "type 195"),
        (0xFFFF, "type 65535"),
    ],
)
def test_other_links_are_refused_by_name_in_one_sentence(number: int, what: str):
    with pytest.raises(CaptureError) as refusal:
        link_of(number, "night.pcap")
    assert str(refusal.value) == f"night.pcap: holds {what} frames, which Vigie does not read"
