"""The file that is there to be thrown away."""

from appliance.store import ballast as module
from appliance.store.ballast import SIZE, Ballast


def test_the_ballast_holds_its_room(tmp_path):
    """The room is taken from the disk, not only promised."""
    ballast = Ballast(tmp_path)
    assert not ballast.is_aboard
    assert ballast.keep()
    assert ballast.is_aboard
    found = (tmp_path / "ballast").stat()
    assert found.st_size == SIZE
    assert found.st_blocks * 512 >= SIZE


def test_the_ballast_is_thrown_once(tmp_path):
    ballast = Ballast(tmp_path)
    ballast.keep()
    assert ballast.release()
    assert not ballast.release()
    assert not ballast.is_aboard


def test_the_ballast_stays_ashore_while_there_is_no_room(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "room", lambda directory: 2 * SIZE - 1)
    assert not Ballast(tmp_path).keep()
    monkeypatch.setattr(module, "room", lambda directory: 2 * SIZE)
    assert Ballast(tmp_path).keep()
    assert [path.name for path in tmp_path.iterdir()] == ["ballast"]


def test_a_disk_that_refuses_leaves_no_half_ballast(tmp_path):
    """Here the name is taken by a directory."""
    (tmp_path / "ballast.new").mkdir()
    assert not Ballast(tmp_path).keep()
    assert not (tmp_path / "ballast").exists()
