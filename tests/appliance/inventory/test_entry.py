"""What the inventory holds of one device while it learns."""

from hypothesis import given
from hypothesis import strategies as st

from appliance.inventory.entry import ADDRESSES, NAMES, Entry
from appliance.model import Ip, Mac, Table
from tests.kit.made import clue

MAC = Mac("02:00:00:00:00:0a")


def test_the_address_used_last_stands_first():
    """Pages show the first."""
    entry = Entry(MAC, 0)
    assert [entry.use(Ip(ip)) for ip in ("10.0.0.1", "10.0.0.2", "10.0.0.1", "10.0.0.1")] == [
        True,
        True,
        False,
        False,
    ]
    assert entry.device().addresses == ("10.0.0.1", "10.0.0.2")


def test_the_name_that_weighs_most_stands_first():
    """Whatever came first."""
    entry = Entry(MAC, 0)
    assert entry.call("guess", 10)
    assert entry.call("certain", 80)
    assert not entry.call("certain", 20)
    assert entry.device().names == ("certain", "guess")


def test_a_clue_may_be_a_name_and_evidence():
    """Or evidence alone; it is news once."""
    entry = Entry(MAC, 0)
    named = clue("dhcp", "pc-1", 80, name="pc-1")
    assert entry.believe(named, 1)
    assert not entry.believe(named, 2)
    assert entry.believe(clue("snmp", "x", kind="printer"), 3)
    assert entry.device().names == ("pc-1",)
    assert [piece.says for piece in entry.device().evidence] == ["pc-1", "x"]


def test_a_device_is_what_its_evidence_says():
    """Kind, maker, model and system."""
    entry = Entry(MAC, 0)
    assert (entry.device().kind, entry.device().maker) == ("unknown", "")
    entry.believe(
        clue("snmp", "x", 60, kind="printer", maker="Brother", model="HL-1", os="Linux"), 1
    )
    device = entry.device()
    assert (device.kind, device.maker, device.model, device.os) == (
        "printer",
        "Brother",
        "HL-1",
        "Linux",
    )


@given(st.lists(st.text(max_size=5), max_size=50))
def test_names_and_addresses_have_a_maximum(words):
    """Whatever the device calls itself."""
    entry = Entry(MAC, 0)
    for number, word in enumerate(words):
        entry.call(word, number)
        entry.use(Ip(f"10.0.0.{number}"))
    assert len(entry.device().names) <= NAMES
    assert len(entry.device().addresses) <= ADDRESSES


def test_a_device_goes_into_an_entry_and_comes_out_the_same():
    """Across a restart."""
    entry = Entry(MAC, 3)
    entry.believe(clue("dhcp", "a", 5, name="a"), 4)
    entry.believe(clue("dhcp", "b", 9, name="b"), 4)
    entry.use(Ip("10.0.0.1"))
    entry.believe(clue("snmp", "Planmeca", 40, maker="Planmeca", kind="panoramic"), 1)
    slot, _ = entry.contacts.get((Table.HYGIENE, "windowsupdate.com"), 5)
    slot.add(900_000, 6)
    again = Entry.of(entry.device())
    assert again.device() == entry.device()
    assert not again.reasons.add(clue("dhcp", "a", 5, name="a"), 9)
