"""A backup is made while the box runs."""

import os
import tarfile
from io import BytesIO

import pytest

from appliance.backup.contents import Piece
from appliance.backup.making import STALE, _add, make
from appliance.backup.sealed import lock, unseal
from appliance.store import Office
from appliance.store.opening import SCHEMA
from appliance.store.swap import schema_of
from tests.kit.boxes import NOON, Kept, kept

PHRASE = "correct horse battery"


def content_of(box: Kept) -> tarfile.TarFile:
    sealed, out = BytesIO(), BytesIO()
    make(box.source, lock(PHRASE), sealed, NOON)
    unseal(sealed, PHRASE, out)
    out.seek(0)
    return tarfile.open(fileobj=out)


def test_the_database_in_it_is_whole_while_people_decide(tmp_path) -> None:
    box = kept(tmp_path / "box")
    office = Office(box.state, lambda: NOON)
    office.audit("in the WAL", "sign_in")
    with content_of(box) as tar:
        tar.extractall(tmp_path / "out", filter="data")
    office.close()
    copy = tmp_path / "out/state/vigie.db"
    assert schema_of(copy) == SCHEMA
    assert b"in the WAL" in copy.read_bytes()


def test_it_says_what_it_is_first(tmp_path) -> None:
    with content_of(kept(tmp_path / "box")) as tar:
        first = tar.next()
        assert first.name == "manifest.json"
        told = tar.extractfile(first).read()
    assert b'"practice":"Cabinet"' in told
    assert f'"schema":{SCHEMA}'.encode() in told


def test_nothing_in_clear_stays_behind(tmp_path) -> None:
    """Nor what a killed one left a day ago; one that runs is left alone."""
    box = kept(tmp_path / "box")
    for name, age in (("backup-old.new", STALE + 1), ("backup-runs.new", 60)):
        (box.state / name).mkdir()
        os.utime(box.state / name, (NOON - age, NOON - age))
    content_of(box).close()
    assert [path.name for path in box.state.glob("backup-*")] == ["backup-runs.new"]


def test_a_link_that_took_the_place_of_a_file_ends_it(tmp_path) -> None:
    """It was a file when it was listed."""
    box = kept(tmp_path / "box")
    (box.state / "lists/own.csv").unlink()
    (box.state / "lists/own.csv").symlink_to("/etc/shadow")
    with tarfile.open(fileobj=BytesIO(), mode="w") as tar, pytest.raises(OSError, match="symbolic"):
        _add(tar, Piece("state/lists/own.csv", box.state / "lists/own.csv"))
