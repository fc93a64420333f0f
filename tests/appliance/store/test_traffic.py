"""How much each device sent and received."""

from contextlib import closing

from hypothesis import given
from hypothesis import strategies as st

from appliance.model import NO_MAC
from appliance.store.opening import open_sound
from appliance.store.traffic import DEVICES_A_MINUTE, ROWS_WAITING, STEPS, Tally, load, outside
from tests.appliance.store.samples import ALICE, BOB, NOON, numbered_mac

MINUTE, HOUR, DAY = STEPS.values()

entries = st.lists(
    st.tuples(
        st.integers(0, 4 * 24 * 60).map(lambda minute: int(NOON) + MINUTE * minute),
        st.sampled_from([ALICE, BOB, numbered_mac(1)]),
        st.tuples(*[st.integers(0, 10**12)] * 4),
        st.booleans(),
    ),
    max_size=60,
)


def sums(found):
    """Give the eight sums of *found*, by device."""
    total = {}
    for one in found:
        row = total.setdefault(one.mac, [0] * 8)
        sides = (one.lan, one.outside)
        numbers = [
            number
            for side in sides
            for number in (side.octets_in, side.octets_out, side.packets_in, side.packets_out)
        ]
        row[:] = map(int.__add__, row, numbers)
    return total


@given(batches=st.lists(entries, max_size=4))
def test_minutes_hours_and_days_hold_the_same_sums(tmp_path_factory, batches):
    """Of every device and in every column, however the minutes were cut into writes."""
    expected = {}
    with closing(open_sound(tmp_path_factory.mktemp("traffic") / "vigie.db", NOON)) as db:
        for batch in batches:
            tally = Tally()
            for minute, mac, numbers, outside in batch:
                tally.add(minute, mac, numbers, outside=outside)
                row = expected.setdefault(mac, [0] * 8)
                for place, number in enumerate(numbers, 4 if outside else 0):
                    row[place] += number
            tally.save(db)
        for step, seconds in STEPS.items():
            found = load(db, step, None, 0, 4e9)
            assert sums(found) == expected
            assert all(one.at % seconds == 0 for one in found)
            assert len({(one.at, one.mac) for one in found}) == len(found)


def test_every_day_has_24_hours(tmp_path):
    """Steps are cut in UTC: on the days the clocks change, nothing is counted twice or lost."""
    change = 1_774_746_000  # 2026-03-29 01:00 UTC: clocks in France go forward
    with closing(open_sound(tmp_path / "vigie.db", NOON)) as db:
        tally = Tally()
        for hour in range(-1, 23):
            tally.add(change + hour * HOUR, ALICE, (1, 0, 0, 0), outside=False)
        tally.save(db)
        assert len(load(db, "hour", None, 0, 4e9)) == 24
        (day,) = load(db, "day", None, 0, 4e9)
        assert (day.at, day.lan.octets_in) == (change - HOUR, 24)


def test_the_step_that_has_begun_is_given_whole(tmp_path):
    with closing(open_sound(tmp_path / "vigie.db", NOON)) as db:
        tally = Tally()
        tally.add(int(NOON), ALICE, (1, 2, 3, 4), outside=True)
        tally.add(int(NOON), BOB, (1, 2, 3, 4), outside=True)
        tally.save(db)
        assert len(load(db, "hour", (ALICE,), NOON + 1800, NOON + 1801)) == 1
        assert load(db, "minute", (ALICE,), NOON + 60, NOON + 120) == ()
        assert load(db, "minute", (ALICE,), 0, NOON) == ()


def test_a_flood_of_addresses_is_counted_together(tmp_path):
    """It costs accuracy, not room; nothing is lost from the sum."""
    tally = Tally()
    for number in range(2 * DEVICES_A_MINUTE):
        tally.add(int(NOON), numbered_mac(number), (1, 0, 0, 0), outside=False)
    with closing(open_sound(tmp_path / "vigie.db", NOON)) as db:
        tally.save(db)
        found = sums(load(db, "minute", None, 0, 4e9))
    assert len(found) == DEVICES_A_MINUTE + 1
    assert found[NO_MAC][0] == DEVICES_A_MINUTE


def test_what_waits_is_bounded_and_what_goes_is_counted():
    tally = Tally()
    for minute in range(ROWS_WAITING + 5):
        tally.add(minute * MINUTE, ALICE, (1, 0, 0, 0), outside=False)
    assert (len(tally), tally.dropped) == (ROWS_WAITING, 5)
    tally.clear()
    assert len(tally) == 0


@given(batch=entries)
def test_what_all_did_with_the_internet_is_the_sum_of_what_each_did(tmp_path_factory, batch):
    with closing(open_sound(tmp_path_factory.mktemp("traffic") / "vigie.db", NOON)) as db:
        tally = Tally()
        for minute, mac, numbers, beyond in batch:
            tally.add(minute, mac, numbers, outside=beyond)
        tally.save(db)
        expected = {}
        for one in load(db, "hour", None, 0, 4e9):
            received, sent = expected.get(one.at, (0, 0))
            expected[one.at] = received + one.outside.octets_in, sent + one.outside.octets_out
        found = outside(db, "hour", 0, 4e9)
    assert {at: (received, sent) for at, received, sent in found} == expected
    assert [at for at, *_ in found] == sorted(expected)


def test_what_is_deleted_is_forgotten_before_it_is_written():
    tally = Tally()
    for mac in (ALICE, BOB):
        tally.add(int(NOON), mac, (1, 1, 1, 1), outside=False)
    tally.forget({ALICE})
    assert len(tally) == 1
    tally.forget(None)
    assert len(tally) == 0
