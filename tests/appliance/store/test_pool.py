"""Read-only connections, lent and taken back."""

from contextlib import ExitStack, closing

import pytest

from appliance.store.opening import open_sound
from appliance.store.pool import IDLE, Pool
from appliance.store.trouble import StoreTrouble
from tests.appliance.store.samples import NOON


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "vigie.db"
    with closing(open_sound(path, NOON)):
        yield path


@pytest.fixture
def pool(path):
    with closing(Pool(path)) as pool:
        yield pool


def test_a_connection_is_lent_again(pool):
    with pool.lend() as first:
        pass
    with pool.lend() as second:
        assert first is second


def test_no_connection_is_lent_twice_at_once(pool):
    with pool.lend() as first, pool.lend() as second:
        assert first is not second


def test_only_a_few_are_kept_open(pool):
    with ExitStack() as stack:
        for _ in range(IDLE + 3):
            stack.enter_context(pool.lend())
    assert len(pool._idle) == IDLE


def test_a_connection_that_failed_is_not_lent_again(pool):
    with pytest.raises(StoreTrouble), pool.lend() as first:
        first.execute("DELETE FROM alerts")
    with pool.lend() as second:
        assert first is not second


def test_connections_to_a_file_that_was_exchanged_are_closed(pool, path):
    with pool.lend() as first:
        path.rename(path.with_name("old.db"))
        with closing(open_sound(path, NOON)), pool.lend() as second:
            assert first is not second
    assert len(pool._idle) == 1


def test_without_a_file_there_is_nothing_to_lend(tmp_path):
    with Pool(tmp_path / "nothing.db").lend() as lent:
        assert lent is None
