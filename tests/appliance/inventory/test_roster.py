"""The table of devices: who is taken in, what changed, who leaves."""

import pytest

from appliance.inventory.roster import PASSED_AFTER, PASSER_BY, Roster, is_group
from appliance.knowledge.makers import Maker
from appliance.model import NO_MAC, Mac, Trust

OWN, ALICE = Mac("00:00:5e:00:00:01"), Mac("00:19:35:00:00:0a")


def roster(limit: int = 4) -> Roster:
    return Roster(limit, frozenset({OWN}), lambda mac: Maker(name="Dürr Dental", bits=24))


def stranger(number: int) -> Mac:
    return Mac(f"02:00:00:00:00:{number:02x}")


def macs(table: Roster) -> list[Mac]:
    return [entry.mac for entry in table]


@pytest.mark.parametrize("mac", [OWN, NO_MAC, "ff:ff:ff:ff:ff:ff", "01:00:5e:00:00:fb"])
def test_the_box_groups_and_nobody_are_not_taken_in(mac):
    """They are no devices."""
    assert roster().hear(Mac(mac), 1.0, learning=False) == (None, False)


def test_a_device_is_new_once():
    """Afterwards it is only heard again."""
    table = roster()
    first, new = table.hear(ALICE, 1.0, learning=False)
    again, still_new = table.hear(ALICE, 5.0, learning=False)
    assert (first is again, new, still_new, first.last_at) == (True, True, False, 5.0)


@pytest.mark.parametrize(("learning", "trust"), [(True, Trust.LEARNT), (False, Trust.UNKNOWN)])
def test_trust_says_whether_it_came_while_learning(learning, trust):
    """What is there at first belongs there."""
    entry, _ = roster().hear(ALICE, 1.0, learning=learning)
    assert entry.trust is trust


def test_a_full_table_takes_nobody_in_and_counts_them():
    """Those who are in it stay."""
    table = roster(2)
    for number in range(5):
        table.hear(stranger(number), 1.0, learning=False)
    assert macs(table) == [stranger(0), stranger(1)]
    assert table.dropped == 3


def test_of_passers_by_only_those_nobody_knows_leave():
    """And only when the table is half full."""
    table = roster(4)
    table.hear(stranger(1), 1.0, learning=False)
    table.tidy(PASSED_AFTER + 100)
    assert macs(table) == [stranger(1)]
    table.hear(stranger(2), 1.0, learning=False)
    table.hear(stranger(3), 1.0, learning=True)
    table.known = {stranger(2): None}
    table.tidy(PASSED_AFTER + 200)
    assert macs(table) == [stranger(2), stranger(3)]


def test_who_stays_takes_the_place_of_the_passer_by_that_came_last():
    """In a full table, once it was heard for longer than any passer-by; and that is counted."""
    table = roster(2)
    table.hear(stranger(0), 1.0, learning=False)
    table.hear(stranger(1), 2.0, learning=False)
    assert table.hear(ALICE, 20.0, learning=False) == (None, False)
    assert table.hear(ALICE, 21.0, learning=False) == (None, False)
    entry, new = table.hear(ALICE, 20.0 + PASSER_BY, learning=False)
    assert (new, entry.first_at, entry.last_at) == (True, 20.0, 20.0 + PASSER_BY)
    assert macs(table) == [stranger(0), ALICE]
    assert table.dropped == 2


def test_nobody_who_stayed_or_is_known_leaves_for_a_newcomer():
    """However long they are silent."""
    table = roster(2)
    table.hear(stranger(0), 1.0, learning=False)
    table.hear(stranger(0), 1.0 + PASSER_BY, learning=False)
    table.hear(stranger(1), 1.0, learning=False)
    table.known = {stranger(1): None}
    for at in (500.0, 600.0):
        assert table.hear(ALICE, at, learning=False) == (None, False)
    assert macs(table) == [stranger(0), stranger(1)]


def test_what_the_hardware_address_says_is_evidence_from_the_start():
    """A made-up address says nothing."""
    entry, _ = roster().hear(ALICE, 1.0, learning=False)
    assert [piece.source for piece in entry.device().evidence] == ["hardware_address"]
    assert entry.device().maker == "Dürr Dental"


def test_changes_are_given_once():
    """Each device once, however much changed."""
    table = roster()
    table.hear(ALICE, 1.0, learning=False)
    table.note(ALICE)
    table.note(stranger(9))
    assert [device.mac for device in table.take_changed()] == [ALICE]
    assert table.take_changed() == []


def test_a_group_address_has_its_lowest_bit_set():
    """Of the first octet."""
    assert is_group(Mac("33:33:00:00:00:01"))
    assert not is_group(Mac("02:00:00:00:00:01"))
