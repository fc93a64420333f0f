"""Which listed hosts devices talk to."""

from hypothesis import given
from hypothesis import strategies as st

from appliance.facts import FlowDelta, NameAnswered, Record
from appliance.inventory.contacts import (
    CONTACTS,
    DAY,
    DOWNLOAD,
    OPEN,
    Calls,
    Contacts,
    is_of_neighbours,
    listed,
)
from appliance.inventory.outside_names import OutsideNames
from appliance.model import Ip, Table
from tests.kit.made import ALICE, BOB, BOB_IP, OUTSIDE, made

UPDATES, HEALTH = "au.download.windowsupdate.com", "services-ps.ameli.fr"


def calls():
    names, alice, bob = OutsideNames(), Contacts(), Contacts()
    return names, Calls(names, {ALICE: alice, BOB: bob}.get), alice, bob


def brought(octets: int, at: float = 1.0, **said):
    return made(FlowDelta, dst=OUTSIDE, payload_in=octets, at=at, **said)


def test_names_are_found_in_both_lists():
    """By the entry that covers them."""
    assert listed(UPDATES) == ((Table.HYGIENE, "windowsupdate.com"),)
    assert [table for table, _ in listed(HEALTH)] == [Table.PRACTICE]
    assert listed("www.example.com") == listed("") == ()


def test_a_called_name_begins_a_contact_once():
    """Later calls move its last time."""
    _, found, alice, _ = calls()
    assert found.named(ALICE, OUTSIDE, UPDATES, 1)
    assert not found.named(ALICE, OUTSIDE, UPDATES, 9)
    (contact,) = alice.all()
    assert (contact.host, contact.first_at, contact.last_at) == ("windowsupdate.com", 1, 9)


def test_bytes_are_added_up_over_all_that_an_entry_covers():
    """Two names, two addresses, one entry."""
    _, found, alice, _ = calls()
    found.named(ALICE, OUTSIDE, UPDATES, 1)
    found.named(ALICE, Ip("203.0.113.9"), "download.delivery.windowsupdate.com", 1)
    found.flowed(brought(100))
    found.flowed(made(FlowDelta, dst=Ip("203.0.113.9"), payload_in=50, at=2.0))
    (contact,) = alice.all()
    assert (contact.octets_in, contact.loaded_at) == (150, 0)


def test_a_name_that_was_only_asked_for_counts_too():
    """Where the call itself is not read."""
    names, found, alice, _ = calls()
    assert not found.opened(ALICE, OUTSIDE, 1)
    record = Record(UPDATES, 1, OUTSIDE, 60)
    names.learn(made(NameAnswered, protocol="dns", name=UPDATES, records=(record,)))
    assert found.opened(ALICE, OUTSIDE, 2)
    assert not found.opened(ALICE, OUTSIDE, 3)
    found.flowed(brought(7))
    assert alice.all()[0].octets_in == 7


def test_what_comes_from_an_address_under_another_name_is_not_counted():
    """Delivery networks have many names at one address."""
    _, found, alice, _ = calls()
    found.named(ALICE, OUTSIDE, UPDATES, 1)
    found.named(ALICE, OUTSIDE, "www.example.com", 2)
    found.flowed(brought(DOWNLOAD))
    assert alice.all()[0].octets_in == 0


def test_enough_in_a_day_is_a_download():
    """In one piece or many; more of it is no news."""
    _, found, alice, _ = calls()
    found.named(ALICE, OUTSIDE, UPDATES, 0)
    assert not found.flowed(brought(DOWNLOAD - 1, 100))
    assert found.flowed(brought(1, 200))
    assert not found.flowed(brought(1, 300))
    assert alice.all()[0].loaded_at == 300


def test_questions_every_hour_are_no_download():
    """However many days they go on."""
    _, found, alice, _ = calls()
    found.named(ALICE, OUTSIDE, UPDATES, 0)
    assert not any(found.flowed(brought(8_000, 3600 * hour)) for hour in range(24 * 7))
    assert alice.all()[0].loaded_at == 0
    assert alice.all()[0].octets_in == 8_000 * 24 * 7


def test_the_next_days_download_is_news_again():
    """The page shows when the last was."""
    _, found, _, _ = calls()
    found.named(ALICE, OUTSIDE, UPDATES, 0)
    assert found.flowed(brought(DOWNLOAD, 10))
    assert found.flowed(brought(DOWNLOAD, 20 + DAY))


def test_updates_from_neighbours_count_for_both_by_what_each_got():
    """The one that gives them got questions only."""
    _, found, alice, bob = calls()
    delta = made(
        FlowDelta, dport=7680, proto=6, dst=BOB_IP, payload_in=DOWNLOAD, payload_out=900, at=5.0
    )
    assert is_of_neighbours(delta)
    assert found.neighbours(delta) == [ALICE, BOB]
    assert [(it.host, it.loaded_at) for it in (*alice.all(), *bob.all())] == [
        ("lan:7680", 5),
        ("lan:7680", 0),
    ]
    assert found.neighbours(delta) == []
    assert not is_of_neighbours(made(FlowDelta, dport=7680, proto=6, payload_in=0))


def test_contacts_have_a_maximum_and_the_quietest_leaves():
    """Both tables have more entries."""
    contacts = Contacts()
    for number in range(CONTACTS + 5):
        contacts.get((Table.HYGIENE, f"{number}.example"), number)
    kept = contacts.all()
    assert len(kept) == CONTACTS
    assert kept[0].host == "5.example"


def test_addresses_have_a_maximum():
    """A device may call many."""
    _, found, _, _ = calls()
    for number in range(OPEN + 5):
        found.named(ALICE, Ip(f"host {number}"), UPDATES, 1)
    assert len(found._open) == OPEN


@given(st.lists(st.tuples(st.integers(0, 99), st.floats(0, 1e6)), max_size=200))
def test_contacts_go_on_after_a_restart(told):
    """With all that was counted."""
    contacts = Contacts()
    for number, at in told:
        slot, _ = contacts.get((Table.PRACTICE, f"{number}.example"), at)
        slot.add(number, at)
    assert Contacts(contacts.all()).all() == contacts.all()
