"""What the inventory holds of one device while it learns."""

from hypothesis import given
from hypothesis import strategies as st

from appliance.inventory.entry import ADDRESSES, EVIDENCE, NAMES, Entry
from appliance.model import Ip, Mac

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


def test_evidence_seen_again_keeps_its_first_time():
    """And moves its last."""
    entry = Entry(MAC, 0)
    assert entry.believe("oui", "Planmeca", 40, 1)
    assert not entry.believe("oui", "Planmeca", 40, 9)
    (evidence,) = entry.device().evidence
    assert (evidence.first_at, evidence.last_at) == (1, 9)


def test_of_too_much_evidence_the_lightest_leaves():
    """A device that says a hundred things is still known by the best of them."""
    entry = Entry(MAC, 0)
    entry.believe("oui", "Planmeca", 90, 0)
    for number in range(100):
        entry.believe("http", str(number), 1, number)
    assert len(entry.device().evidence) == EVIDENCE
    assert entry.device().evidence[0].says == "Planmeca"


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
    entry.call("a", 5)
    entry.call("b", 9)
    entry.use(Ip("10.0.0.1"))
    entry.believe("oui", "Planmeca", 40, 1)
    assert Entry.of(entry.device()).device() == entry.device()
