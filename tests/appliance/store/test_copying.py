"""Copies of a database that is in use."""

import pytest

from appliance.store import StoreTrouble
from appliance.store.copying import copy
from appliance.store.swap import schema_of
from tests.appliance.store.samples import alert


def test_a_copy_is_whole_while_somebody_writes(box, tmp_path):
    """What is still in the WAL is in it; a copy that was there before is replaced."""
    watch = box.watch()
    watch.save_alerts([alert()])
    to = tmp_path / "copy.db"
    for _ in range(2):
        copy(box.directory / "vigie.db", to)
        assert schema_of(to) == schema_of(box.directory / "vigie.db")
    assert not to.with_name("copy.db.new").exists()
    assert alert().id.encode() in to.read_bytes()


def test_what_cannot_be_copied_leaves_the_copy_of_before(box, tmp_path):
    to = tmp_path / "copy.db"
    to.write_bytes(b"old")
    with pytest.raises(StoreTrouble):
        copy(tmp_path / "nothing.db", to)
    assert to.read_bytes() == b"old"
