"""How long the sensor ran and saw in each hour."""

from contextlib import closing
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from appliance.model import Health
from appliance.sight import STALE
from appliance.store import vitals, watched
from appliance.store.opening import open_sound
from appliance.store.watched import HOUR, SILENCE, Hour, load, passed
from tests.appliance.store.samples import NOON

WELL = Health(at=NOON, seeing=True)


def lived(path, *healths):
    """Give the hours that are kept when the sensor says *healths*, each a time and if it sees."""
    with closing(open_sound(path / "vigie.db", NOON)) as db:
        for at, seeing in healths:
            vitals.save(db, replace(WELL, at=NOON + at, seeing=seeing))
        return load(db, 0, 4e9)


def hour(number=0, **how):
    return Hour(at=int(NOON) + number * HOUR, **how)


def test_time_between_two_words_is_watched(tmp_path):
    assert lived(tmp_path, (0, True), (15, True), (30, True)) == (hour(ran=30, saw=30),)


def test_time_without_sight_is_run_and_not_seen(tmp_path):
    """Neither before it saw nor after: both ends must see."""
    found = lived(tmp_path, (0, True), (10, False), (20, False), (30, True), (40, True))
    assert found == (hour(ran=40, saw=10),)


def test_a_silence_is_not_watched(tmp_path):
    """A sensor that was not there has said nothing."""
    found = lived(tmp_path, (0, True), (15, True), (15 + SILENCE + 1, True), (60, True))
    assert found == (hour(ran=60 - SILENCE - 1, saw=60 - SILENCE - 1),)


def test_a_silence_is_as_long_here_as_on_the_pages():
    assert SILENCE == STALE


def test_time_is_cut_at_the_hour(tmp_path):
    found = lived(tmp_path, (3590, True), (3605, True), (3620, True))
    assert found == (hour(ran=10, saw=10), hour(1, ran=20, saw=20))


def test_an_hour_that_ended_in_a_silence_is_kept(tmp_path):
    found = lived(tmp_path, (0, True), (15, True), (3 * HOUR, True), (3 * HOUR + 15, True))
    assert found == (hour(ran=15, saw=15), hour(3, ran=15, saw=15))


def test_a_clock_that_was_set_back_has_no_hour_of_more_than_an_hour(tmp_path):
    twice = [(second, True) for _ in range(2) for second in range(0, HOUR + 60, 15)]
    found = lived(tmp_path, *twice)
    assert [each.at for each in found] == [NOON, NOON + HOUR]
    assert all(each.saw <= each.ran <= HOUR for each in found)


def test_a_sensor_that_is_killed_loses_nothing_that_it_said(tmp_path):
    """What runs stands in the same row as its health."""
    lived(tmp_path, (0, True), (15, True))
    assert lived(tmp_path, (30, True)) == (hour(ran=30, saw=30),)


def test_a_body_that_makes_no_sense_stops_nothing(tmp_path):
    lived(tmp_path, (0, True), (15, True))
    with closing(open_sound(tmp_path / "vigie.db", NOON)) as db:
        db.execute("UPDATE health SET body = '{'")
    assert lived(tmp_path, (30, True)) == (hour(ran=30, saw=15),)


def test_what_is_too_old_is_forgotten_a_few_at_a_time(tmp_path):
    with closing(open_sound(tmp_path / "vigie.db", NOON)) as db:
        for number in range(10):
            watched.keep(db, hour(number, ran=1.0))
        assert watched.tidy(db, NOON + 8 * HOUR, 5) == 5
        assert watched.tidy(db, NOON + 8 * HOUR, 5) == 3
        assert watched.first(db) == NOON + 8 * HOUR
        assert [each.at for each in load(db, 0, NOON + 9 * HOUR)] == [NOON + 8 * HOUR]


def test_nothing_is_known_before_an_hour_was_kept(tmp_path):
    with closing(open_sound(tmp_path / "vigie.db", NOON)) as db:
        assert watched.first(db) is None


@given(
    st.lists(
        st.tuples(st.floats(0.01, 40.0), st.booleans()),
        max_size=60,
    ),
    st.floats(0, HOUR),
)
def test_what_is_counted_is_the_time_that_passed(steps, start):
    """To the second, however the words fall: run is what was not silent, seen no more than that."""
    at, saw, runs = NOON + start, False, Hour(at=int(NOON))
    kept, expected = [], 0.0
    for length, sees in steps:
        *over, runs = passed(runs, at, at + length, saw=saw and sees)
        kept += over
        expected += length if length <= SILENCE else 0.0
        at, saw = at + length, sees
    every = [*kept, runs]
    assert abs(sum(each.ran for each in every) - expected) < 0.01
    assert all(0 <= each.saw <= each.ran + 1e-6 <= HOUR + 1e-3 for each in every)
    assert len({each.at for each in every}) == len(every)
