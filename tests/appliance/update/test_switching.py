"""From a build to another: it runs, or the former one does, also when all is killed meanwhile."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from appliance.services import PANEL, WATCHING
from appliance.store import Reader
from appliance.store.opening import SCHEMA
from appliance.store.swap import schema_of
from appliance.update import trial
from appliance.update.signs import Signs
from appliance.update.switching import KEPT, Box, CannotSwitch, Ended, judge, switch
from tests.kit.switched import NOON, UNITS, Pretended, box_in, build, say
from tests.kit.vigie import ROOT

OLD, NEW = "0.2.0-aaaaaaaa", "0.3.0-bbbbbbbb"


@pytest.fixture
def services(tmp_path: Path) -> Pretended:
    return Pretended(tmp_path)


@pytest.fixture
def box(tmp_path: Path, services: Pretended) -> Box:
    """A box on which the old build runs."""
    made = box_in(tmp_path, services)
    build(tmp_path, OLD, "vigie-gone.service")
    assert switch(made, OLD) is Ended.WELL
    say(made, "before")
    return made


def said(box: Box) -> set[str]:
    with closing(Reader(box.state)) as reader:
        return {entry.who for entry in reader.audit_entries()}


def units(root: Path) -> set[str]:
    return {link.name for link in (root / "etc/systemd/system").iterdir() if link.is_symlink()}


def test_all_is_switched_at_one_moment(tmp_path: Path, box: Box, services: Pretended) -> None:
    """The links of the system stay as they are; only where they lead through changes."""
    web = tmp_path / "etc/systemd/system/vigie-web.service"
    before = web.lstat()
    build(tmp_path, NEW, "vigie-more.service")
    assert switch(box, NEW) is Ended.WELL
    assert web.lstat().st_ino == before.st_ino
    assert web.read_text() == NEW
    assert set(services.runs.values()) == {NEW}
    assert (box.builds.current, box.builds.former) == (NEW, OLD)
    assert "vigie-more.service" in units(tmp_path)
    assert "vigie-gone.service" not in units(tmp_path)
    assert trial.running(box.builds.base) is None


def test_the_former_build_judges(tmp_path: Path, box: Box) -> None:
    build(tmp_path, NEW)
    switch(box, NEW)
    assert (tmp_path / "etc/systemd/system/vigie-judge.service").read_text() == OLD


def test_the_panel_is_begun_anew_last(tmp_path: Path, box: Box, services: Pretended) -> None:
    build(tmp_path, NEW)
    services.started.clear()
    switch(box, NEW)
    assert services.started == [*WATCHING, PANEL]


def test_a_build_that_does_not_run_is_taken_back_before_the_panel_knows(
    tmp_path: Path, box: Box, services: Pretended
) -> None:
    build(tmp_path, NEW, broken=True)
    assert switch(box, NEW) is Ended.BACK
    assert (box.builds.current, set(services.runs.values())) == (OLD, {OLD})
    assert "before" in said(box)
    assert trial.running(box.builds.base) is None


def test_what_did_not_run_before_is_not_the_new_builds_fault(
    tmp_path: Path, box: Box, services: Pretended
) -> None:
    build(tmp_path, NEW)
    services.stop([WATCHING[1]])
    assert switch(box, NEW) is Ended.WELL


def test_a_sensor_that_sees_nothing_any_more_is_no_success(
    tmp_path: Path, box: Box, services: Pretended
) -> None:
    """It saw packets before: that it runs is not enough."""
    build(tmp_path, NEW)

    def look() -> Signs:
        sees = services.runs.get(WATCHING[0]) == OLD
        services.looks += 1
        return Signs(state="isolated", looked_at=NOON + services.looks, seeing=sees)

    assert switch(box_in(tmp_path, services, look=look), NEW) is Ended.BACK


def test_a_line_that_is_another_after_it_is_no_success(
    tmp_path: Path, box: Box, services: Pretended
) -> None:
    build(tmp_path, NEW)

    def look() -> Signs:
        services.looks += 1
        state = "isolated" if services.runs.get(PANEL) == OLD else "connected"
        looked_at = NOON + services.looks
        return Signs(state=state, since=NOON - 60, looked_at=looked_at, seeing=True)

    assert switch(box_in(tmp_path, services, look=look), NEW) is Ended.BACK


def test_a_build_that_cannot_take_up_a_copy_of_the_data_touches_nothing(
    tmp_path: Path, box: Box, services: Pretended
) -> None:
    build(tmp_path, NEW, rehearses=False)
    services.started.clear()
    with pytest.raises(CannotSwitch, match="no_rehearsal"):
        switch(box, NEW)
    assert (services.started, box.builds.current) == ([], OLD)
    assert not (box.state / "rehearsal").exists()


@pytest.mark.parametrize("name", ["0.9.9-cccccccc", "../../etc", "", "half"])
def test_what_is_no_build_is_not_switched_to(tmp_path: Path, box: Box, name: str) -> None:
    (tmp_path / "opt/vigie/half").mkdir()
    with pytest.raises(CannotSwitch, match="no_build"):
        switch(box, name)


def test_what_the_new_build_wrote_in_the_old_schema_is_not_lost_on_the_way_back(
    tmp_path: Path, box: Box, services: Pretended
) -> None:
    build(tmp_path, NEW, broken=True)
    services.reload = lambda links: say(box, "meanwhile")
    assert switch(box, NEW) is Ended.BACK
    assert said(box) >= {"before", "meanwhile"}


def test_steps_that_the_new_build_took_are_taken_back(
    tmp_path: Path, box: Box, services: Pretended
) -> None:
    build(tmp_path, NEW, broken=True)

    def steps(links: object) -> None:
        services.reload = lambda links: None
        with closing(sqlite3.connect(box.state / "vigie.db")) as db:
            db.execute(f"PRAGMA user_version = {SCHEMA + 1}")

    services.reload = steps
    assert switch(box, NEW) is Ended.BACK
    assert schema_of(box.state / "vigie.db") == SCHEMA
    assert "before" in said(box)
    assert schema_of(box.state / KEPT / "vigie.db") == SCHEMA


def test_where_nothing_runs_it_is_in_place_for_the_next_start(tmp_path: Path) -> None:
    class Chroot(Pretended):
        def running(self) -> bool:
            return False

    services = Chroot(tmp_path)
    build(tmp_path, OLD)
    assert switch(box_in(tmp_path, services), OLD) is Ended.LATER
    services.boot()
    assert set(services.runs) == set(UNITS)


def test_only_the_build_in_use_and_the_one_before_are_kept(tmp_path: Path, box: Box) -> None:
    for name in ("0.3.0-b", "0.4.0-c", "0.5.0-d"):
        build(tmp_path, name)
        assert switch(box, name) is Ended.WELL
    found = {entry.name for entry in box.builds.base.iterdir()}
    assert found == {"0.4.0-c", "0.5.0-d", "current", "former"}


def killed(root: Path, point: int) -> bool:
    """Switch in a process that is killed before its change number *point*; tell whether it was."""
    command = [sys.executable, "-m", "tests.kit.switched", root, NEW, str(point)]
    return subprocess.run(command, cwd=ROOT, check=False, stdout=-3).returncode != 0


def after_a_kill(root: Path, point: int, *, broken: bool) -> tuple[bool, str]:
    """Tell whether a switch was killed at *point*, and the build that runs in the end."""
    services = Pretended(root)
    box = box_in(root, services)
    build(root, OLD)
    switch(box, OLD)
    say(box, "before")
    build(root, NEW, "vigie-more.service", broken=broken)
    hit = killed(root, point)
    services.boot()
    first = set(services.runs.values())
    assert first in ({OLD}, {NEW}) or broken, point  # all parts of one build
    assert (root / "etc/systemd/system/multi-user.target.wants/vigie.target").exists(), point
    judge(box)  # as vigie-judge.service does
    runs = set(services.runs.values())
    assert set(services.runs) == set(UNITS), point
    assert "before" in said(box), point
    assert trial.running(box.builds.base) is None, point
    (name,) = runs
    assert box.builds.current == name, point
    return hit, name


def test_what_was_cut_off_before_the_switch_is_no_success(box: Box) -> None:
    trial.begin(box.builds.base, trial.Trial(old=OLD, new=NEW))
    assert judge(box) is Ended.UNDONE
    assert trial.running(box.builds.base) is None
    assert judge(box) is Ended.WELL


def ends_at(root: Path, points: range, *, broken: bool) -> list[str]:
    """Give which build ran in the end, for each of *points* at which a switch was killed."""
    ends = []
    for point in points:
        hit, name = after_a_kill(root / str(point), point, broken=broken)
        if not hit:
            break
        ends.append(name)
    return ends


@pytest.mark.parametrize("broken", [False, True])
def test_killed_at_points_all_along_the_old_build_runs_or_the_new_one(
    tmp_path: Path, broken: bool
) -> None:
    """Before every third change that it makes to the disk; a broken one never stays."""
    ends = ends_at(tmp_path, range(1, 400, 3), broken=broken)
    assert len(ends) >= 10
    assert set(ends) == ({OLD} if broken else {OLD, NEW})


@pytest.mark.long
@pytest.mark.parametrize("broken", [False, True])
def test_killed_before_any_change_the_old_build_runs_or_the_new_one(
    tmp_path: Path, broken: bool
) -> None:
    ends = ends_at(tmp_path, range(1, 400), broken=broken)
    assert len(ends) >= 30
    assert set(ends) == ({OLD} if broken else {OLD, NEW})
