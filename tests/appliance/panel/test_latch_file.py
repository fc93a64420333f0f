"""The latch on disk: whole or damaged, never half."""

import json
import os
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.panel.latch import Latch
from appliance.panel.latch_file import (
    DamagedLatch,
    _checksum,
    decode,
    encode,
    load,
    save,
    set_aside,
    take_up,
)
from tests.kit.front_panel import NOON, isolated

times = st.none() | st.floats(0, 4e9)
latches = st.builds(
    Latch,
    isolated=st.booleans(),
    since=times,
    who=st.text(max_size=64),
    why=st.text(max_size=200),
    isolate_asked_at=times,
    reconnected_at=times,
    doubt=st.booleans(),
    test_until=times,
)


@given(latches)
def test_what_is_kept_comes_back(latch: Latch) -> None:
    assert decode(encode(latch)) == latch


def test_a_file_of_a_former_version_is_read() -> None:
    """An update must not cut a practice: what was not known then is taken as not there."""
    kept = json.loads(encode(isolated()))
    del kept["latch"]["test_until"]
    kept["crc32"] = _checksum(kept["latch"])
    assert decode(json.dumps(kept).encode()) == isolated()


@given(latches, st.data())
def test_a_flipped_bit_is_noticed_or_harmless(latch: Latch, data: st.DataObject) -> None:
    """No single flipped bit turns the latch into another one."""
    kept = bytearray(encode(latch))
    where = data.draw(st.integers(0, len(kept) * 8 - 1))
    kept[where // 8] ^= 1 << where % 8
    with suppress(DamagedLatch):
        assert decode(bytes(kept)) == latch


@given(st.binary(max_size=300))
def test_any_bytes_are_a_latch_or_damaged(data: bytes) -> None:
    with pytest.raises(DamagedLatch):
        decode(data)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[" * 5000,
        b"[]",
        b"null",
        encode(isolated()).replace(b'"version": 1', b'"version": 2'),
        encode(isolated())[:-20],
    ],
)
def test_nonsense_is_damaged(data: bytes) -> None:
    with pytest.raises(DamagedLatch):
        decode(data)


def test_no_file_is_a_new_latch(tmp_path: Path) -> None:
    assert load(tmp_path / "latch.json") == Latch()


def test_a_file_that_cannot_be_read_is_damaged(tmp_path: Path) -> None:
    with pytest.raises(DamagedLatch):
        load(tmp_path)


def test_saving_replaces_whole_and_leaves_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "latch.json"
    (tmp_path / "latch.json.new").write_text("half of a wri", "utf-8")
    save(path, Latch())
    save(path, isolated())
    assert load(path) == isolated()
    assert [*tmp_path.iterdir()] == [path]


def test_saving_flushes_file_then_renames_then_flushes_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the folder is flushed the new file is already in place, and complete."""
    path, seen = tmp_path / "latch.json", []
    real = os.fsync

    def fsync(handle: int) -> None:
        name = Path(f"/proc/self/fd/{handle}").readlink().name
        seen.append((name, path.exists() and load(path) == isolated()))
        real(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    save(path, isolated())
    assert seen == [("latch.json.new", False), (tmp_path.name, True)]


def test_a_damaged_file_is_kept_until_a_good_one_is_there(tmp_path: Path) -> None:
    path = tmp_path / "latch.json"
    path.write_bytes(b"nonsense")
    set_aside(path, NOON)
    set_aside(path, NOON)
    assert path.read_bytes() == (tmp_path / "latch-damaged-1800000000.json").read_bytes()


def test_a_damaged_file_is_taken_up_isolated_in_doubt_and_replaced(tmp_path: Path) -> None:
    path = tmp_path / "latch.json"
    path.write_bytes(b"nonsense")
    taken = take_up(path, NOON)
    assert taken == Latch(isolated=True, since=NOON, doubt=True)
    assert load(path) == taken


def test_a_damaged_file_that_cannot_be_replaced_is_in_doubt_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "latch.json"
    path.write_bytes(b"nonsense")
    (tmp_path / "latch.json.new").mkdir()
    assert take_up(path, NOON).doubt
    assert take_up(path, NOON + 1).doubt


def test_a_good_file_is_taken_up_as_it_is(tmp_path: Path) -> None:
    save(tmp_path / "latch.json", Latch(isolated=True, since=NOON, who="alice"))
    assert take_up(tmp_path / "latch.json", NOON).who == "alice"
