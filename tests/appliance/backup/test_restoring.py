"""A box made from a backup: old or new, whatever happens."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from io import BytesIO
from pathlib import Path

import pytest

from appliance.backup import restoring
from appliance.backup.lock import Lock
from appliance.backup.making import make
from appliance.backup.restoring import CannotRestore, commit, finish, judge
from appliance.backup.sealed import CannotOpen, lock
from appliance.store.opening import SCHEMA
from tests.kit.boxes import NOON, Kept, kept
from tests.kit.vigie import ROOT

PHRASE = "correct horse battery"
UNTOUCHED = {"state/latch.json", "state/panel-journal.jsonl", "state/ballast"}
"""What a restore leaves as it is."""


@pytest.fixture(scope="module")
def by() -> Lock:
    return lock(PHRASE)


@pytest.fixture
def backup(tmp_path: Path, by: Lock) -> BytesIO:
    """Of a box of Dr Martin's."""
    box, out = kept(tmp_path / "martin"), BytesIO()
    make(box.source, by, out, NOON)
    return out


@pytest.fixture
def box(tmp_path: Path) -> Kept:
    """Another box, of Dr Durand's."""
    made = kept(tmp_path / "durand", user="Dr Durand")
    (made.state / "latch.json").write_text("connected")
    (made.state / "lists/later.csv").write_text("later.example")
    return made


def restored(box: Kept, backup: BytesIO, phrase: str = PHRASE) -> None:
    judge(box.config, box.configuration, backup, phrase)
    commit(box.config, box.configuration)
    finish(box.config, box.configuration)


def own(box: Kept) -> dict[str, bytes]:
    """Give what a restore concerns; the configuration of a box in a checkout names its folder."""
    return {
        name: content
        for name, content in box.files().items()
        if name not in {*UNTOUCHED, "vigie.toml"}
    }


def test_the_box_is_as_the_other_was_and_the_line_as_it_is(
    tmp_path: Path, box: Kept, backup: BytesIO
) -> None:
    configuration = box.configuration.read_text()
    restored(box, backup)
    assert (box.state / "latch.json").read_text() == "connected"
    assert own(box) == own(Kept(tmp_path / "martin"))
    assert (box.state / "tls/ca.key").stat().st_mode & 0o777 == 0o600
    # The file that came names the other folder: it is looked at in this one.
    box.configuration.write_text(configuration)
    assert box.users() == ["Dr Martin"]


def test_what_was_there_before_is_kept(box: Kept, backup: BytesIO) -> None:
    restored(box, backup)
    before = box.state / restoring.BEFORE
    assert (before / "state/tls/ca.key").read_text() == "key of Dr Durand"
    assert (before / "state/lists/later.csv").exists()
    assert b"Dr Durand" in (before / "state/vigie.db").read_bytes()
    assert b"durand" in (before / "vigie.toml").read_bytes()


def refused(box: Kept, backup: BytesIO, phrase: str = PHRASE) -> str:
    before = box.files()
    with pytest.raises((CannotOpen, CannotRestore)) as why:
        judge(box.config, box.configuration, backup, phrase)
    assert box.files() == before
    assert box.users() == ["Dr Durand"]
    return why.value.key


def test_another_pass_phrase_touches_nothing(box: Kept, backup: BytesIO) -> None:
    assert refused(box, backup, "wrong horse battery") == "another_phrase"


def test_a_backup_that_is_cut_off_or_changed_touches_nothing(box: Kept, backup: BytesIO) -> None:
    whole = backup.getvalue()
    assert refused(box, BytesIO(whole[:-3000])) == "no_backup"
    at = len(whole) // 2
    turned = whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]
    assert refused(box, BytesIO(turned)) in {"changed", "no_backup"}


def test_a_backup_of_a_later_version_is_refused(tmp_path: Path, box: Kept, by: Lock) -> None:
    later, out = kept(tmp_path / "later"), BytesIO()
    with closing(sqlite3.connect(later.state / "vigie.db")) as db:
        db.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    make(later.source, by, out, NOON)
    assert refused(box, out) == "too_new"


def test_a_backup_of_a_former_version_is_taken(tmp_path: Path, box: Kept, by: Lock) -> None:
    """The box takes the missing steps when it starts."""
    former, out = kept(tmp_path / "former", user="Dr Petit"), BytesIO()
    (former.state / "vigie.db").unlink()
    with closing(sqlite3.connect(former.state / "vigie.db")) as db:
        db.executescript((ROOT / "tests/golden/vigie-m001.sql").read_text("utf-8"))
    make(former.source, by, out, NOON)
    configuration = box.configuration.read_text()
    restored(box, out)
    box.configuration.write_text(configuration)
    assert "Dr Durand" not in box.users()


def test_without_room_nothing_is_begun(box: Kept, backup: BytesIO, monkeypatch) -> None:
    monkeypatch.setattr(restoring, "room", lambda folder: 1000)
    assert refused(box, backup) == "no_room"


def test_finishing_where_nothing_was_begun_changes_nothing(box: Kept, backup: BytesIO) -> None:
    """Nor where it was begun and not committed: what was laid out goes."""
    before = box.files()
    finish(box.config, box.configuration)
    judge(box.config, box.configuration, backup, PHRASE)
    finish(box.config, box.configuration)
    assert box.files() == before


KILLED = """
import os, signal, sys
from pathlib import Path
from appliance.backup import restoring
from appliance.config_file import load

CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "shutil.copyfile", "shutil.rmtree",
           "os.chmod", "os.truncate"}
configuration, last = Path(sys.argv[1]), int(sys.argv[2])
config, seen = load(configuration), 0

def hook(event, given):
    global seen
    if event in CHANGES or (event == "open" and isinstance(given[1], str) and "w" in given[1]):
        seen += 1
        if seen == last:
            os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(hook)
restoring.commit(config, configuration)
restoring.finish(config, configuration)
"""


def test_killed_anywhere_it_is_the_old_box_or_the_new_one(
    tmp_path: Path, box: Kept, backup: BytesIO
) -> None:
    """Before each change that it makes to the disk in turn, every third; then the box starts."""
    old, new = own(box), own(Kept(tmp_path / "martin"))
    configuration, config = box.configuration.read_text(), box.config
    ends, point = set(), 0
    while True:
        point += 3
        judge(config, box.configuration, backup, PHRASE)
        command = [sys.executable, "-c", KILLED, box.configuration, str(point)]
        done = subprocess.run(command, cwd=ROOT, check=False)
        finish(config, box.configuration)  # as vigie-restore.service does
        now = own(box)
        assert now in (old, new), point
        assert (box.state / "latch.json").read_text() == "connected"
        ends.add(now == new)
        box.configuration.write_text(configuration)
        assert box.users() == (["Dr Martin"] if now == new else ["Dr Durand"])
        if now == new or done.returncode == 0:
            if done.returncode == 0:
                break
            _again(tmp_path, box, configuration)
    assert ends == {False, True}
    assert point > 40


def _again(tmp_path: Path, box: Kept, configuration: str) -> None:
    """Have the box of Dr Durand's once more."""
    for path in sorted(box.state.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    kept(box.folder, user="Dr Durand")
    (box.state / "latch.json").write_text("connected")
    (box.state / "lists/later.csv").write_text("later.example")
    box.configuration.write_text(configuration)
