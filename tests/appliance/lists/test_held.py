"""What is known of the lists, as it is kept."""

from appliance.lists.held import SHELF, Held, State, Tried, read_state


def test_where_nothing_was_kept_nothing_is_known(tmp_path):
    assert read_state(tmp_path) == State()


def test_what_an_earlier_version_kept_is_read(tmp_path):
    """It knew nothing of attempts."""
    (tmp_path / SHELF).write_text('{"lists": [{"name": "a", "origin": "file"}], "on": ["b"]}')
    state = read_state(tmp_path)
    assert state.held("a") == Held(name="a", origin="file")
    assert state.held("b") is None
    assert state.tried == {}


def test_an_attempt_that_failed_has_its_reason():
    assert Tried(at=1.0).trouble == ""
