"""The channel that is not a client's to ask for."""

from struct import pack

from appliance.decode import rdp_channels
from appliance.decode.traced import traced
from tests.kit.reading import CLIENT


def connect(*channels: bytes) -> bytes:
    """Give a Connect-Initial with *channels* at its end ([MS-RDPBCGR] section 2.2.1.3.4)."""
    named = b"".join(name.ljust(8, b"\0") + pack("<I", 0x8080_0000) for name in channels)
    network = pack("<HHI", 0xC003, 8 + len(named), len(channels)) + named
    body = b"\x7f\x65\x82" + (300 + len(network)).to_bytes(2) + bytes(300) + network
    data = b"\x02\xf0\x80" + body
    return b"\3\0" + (4 + len(data)).to_bytes(2) + data


def test_a_client_that_asks_for_the_servers_own_channel_is_told():
    for name in (b"MS_T120", b"ms_t120"):
        payload = connect(b"rdpdr", name)
        assert rdp_channels.begins(payload)
        assert list(rdp_channels.read(payload, CLIENT)) == [traced(CLIENT, "bluekeep")]


def test_a_client_that_asks_for_ordinary_channels_is_not():
    payload = connect(b"rdpdr", b"cliprdr", b"rdpsnd", b"MS_T1209")
    assert rdp_channels.begins(payload)
    assert list(rdp_channels.read(payload, CLIENT)) == []


def test_other_messages_do_not_begin_so():
    for size in range(9):
        assert not rdp_channels.begins(connect(b"rdpdr")[:size])
    assert not rdp_channels.begins(b"\3\0\0\x13\x0e\xe0\0\0\0\0\0\1\0\x08\0\3\0\0\0")
