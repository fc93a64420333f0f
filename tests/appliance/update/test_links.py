"""What the system is told of a build."""

import fnmatch
import os
from pathlib import Path

import pytest

from appliance.update.links import put, remove_others, wanted
from tests.kit.vigie import ROOT

BASE = Path("/opt/vigie")


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """Builds of which one is this checkout."""
    (tmp_path / "builds/a").mkdir(parents=True)
    (tmp_path / "builds/a/systemd").symlink_to(ROOT / "systemd")
    return tmp_path / "builds"


def test_all_that_lies_in_the_folder_has_a_place_but_what_is_called_there(base: Path) -> None:
    found = {to.split("/current/")[-1].split("/former/")[-1] for to in wanted(base, "a").values()}
    files = {
        str(path.relative_to(ROOT)) for path in (ROOT / "systemd").rglob("*") if path.is_file()
    }
    others = {name for name in files - found if not fnmatch.fnmatch(name, "systemd/upgrades/*")}
    assert others == {"systemd/places", "systemd/alarm", "systemd/clock"}


def test_each_leads_through_current_but_the_judge(base: Path, tmp_path: Path) -> None:
    told = wanted(base, "a", tmp_path)
    units = tmp_path / "etc/systemd/system"
    assert told[units / "vigie-panel.service"] == f"{base}/current/systemd/vigie-panel.service"
    assert told[units / "vigie-judge.service"] == f"{base}/former/systemd/vigie-judge.service"
    assert told[units / "multi-user.target.wants/vigie.target"].endswith("vigie.target")
    assert told[tmp_path / "usr/local/bin/vigie"] == f"{base}/current/systemd/bin/vigie"


def test_what_stood_there_is_replaced_and_what_is_not_wanted_any_more_goes(tmp_path: Path) -> None:
    folder = tmp_path / "units"
    folder.mkdir()
    (folder / "a.service").write_text("a file, as older installers left it")
    (folder / "own.service").write_text("the technician's")
    (folder / "far.service").symlink_to("/usr/lib/far.service")
    (folder / "gone.service").symlink_to(f"{BASE}/current/systemd/gone.service")
    links = {folder / "a.service": f"{BASE}/current/systemd/a.service"}
    for _ in range(2):
        put(links)
        remove_others(BASE, links)
    assert {entry.name for entry in folder.iterdir()} == {"a.service", "own.service", "far.service"}
    assert str((folder / "a.service").readlink()) == f"{BASE}/current/systemd/a.service"


def test_a_folder_that_is_made_can_be_read_by_others(tmp_path: Path) -> None:
    """The command sets a umask that would keep them out."""
    before = os.umask(0o077)
    try:
        put({tmp_path / "sysctl.d/60.conf": "/somewhere"})
    finally:
        os.umask(before)
    assert (tmp_path / "sysctl.d").stat().st_mode & 0o777 == 0o755
