"""Something seen of a device."""

from hypothesis import given
from hypothesis import strategies as st

from appliance.inventory.clues.clue import LONGEST, Clue, hinted, named, of
from appliance.knowledge.hint import Hint, Source
from appliance.knowledge.kinds import Kind


def test_a_hint_becomes_a_clue_with_what_was_seen():
    """An unknown kind is no vote."""
    hint = Hint(kind=Kind.NAS, maker="Synology", weight=60, source_key=Source.SSDP)
    assert of(hint, "x" * 999) == Clue("ssdp", "x" * LONGEST, 60, kind="nas", maker="Synology")
    assert of(Hint(os="Linux", weight=15, source_key=Source.SNMP), "x").kind == ""


def test_a_name_is_a_clue_and_so_is_what_is_known_of_such_names():
    """The names of service instances end in .local."""
    first, other, *more = named(Source.MDNS, "livebox.local", 60)
    assert (first.name, first.says, first.weight) == ("livebox", "livebox", 60)
    assert (other.source, other.kind, other.name) == ("name", "internet_box", "")
    assert {each.kind for each in more} == {"internet_box"}


def test_what_is_no_name_is_none():
    """Control bytes, too long, an address backwards, this machine, a browser's mask."""
    for name in (
        "",
        "\x01",
        "x" * 64,
        "10.1.168.192.in-addr.arpa",
        "localhost",
        "f0e4c2f7-6c1d-4a5f-8d43-0123456789ab.local",
    ):
        assert list(named(Source.MDNS, name, 60)) == []


def test_a_name_seen_elsewhere_only_hints():
    """It does not become what the device is called."""
    assert {each.name for each in hinted("livebox")} == {""}


@given(st.text(max_size=300))
def test_whatever_a_device_calls_itself_stays_short(name):
    """Whatever the wire holds."""
    assert all(len(each.says) <= LONGEST for each in named(Source.DHCP, name, 80))
