"""The units on paper: how exposed each part is, and that they agree with the rest.

That they work under these limits is shown in ``test_booted.py``.
"""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from appliance.cli import COMMANDS
from appliance.config_place import DIRECTORIES, INSTALLED
from appliance.panel.rights import PAGES, PROBE, SENSOR, SWITCH
from appliance.settings import SECRETS
from tests.kit.vigie import ROOT

SYSTEMD = ROOT / "systemd"
SERVICES = sorted(SYSTEMD.glob("*.service"))

EXPOSURE = {
    "vigie-panel": 0.5,
    # A raw socket, and hosts of the internet to ask: docs/decisions/panel-raw-socket.md.
    "vigie-probe": 1.7,
    "vigie-sensor": 1.5,
    "vigie-web": 1.5,
    "vigie-outputs": 2.0,
    "vigie-switch": 1.5,
    "vigie-lists": 2.0,
    "vigie-lists-asked": 2.0,
    "vigie-alarm@": 1.0,
    "vigie-clock": 1.0,
    # Root, each with the one or three rights of its job.
    "vigie-backup": 1.0,
    "vigie-judge": 1.0,
    "vigie-restore": 1.3,
    # As far as a version may change the system: users, owners of directories, rules.
    "vigie-update": 1.5,
}
"""The most that ``systemd-analyze security`` may say of a unit; 10 is one without any limit."""

service = pytest.mark.parametrize("unit", SERVICES, ids=lambda file: file.stem)


def values(unit: Path, key: str) -> Iterator[str]:
    for line in unit.read_text("utf-8").splitlines():
        if line.startswith(f"{key}="):
            yield line.partition("=")[2]


@service
def test_a_part_is_hardly_exposed(unit: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is missing")
    file = str(unit).replace("@", "@vigie-web") if "@" in unit.name else str(unit)
    said = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--no-pager", file],
        capture_output=True,
        text=True,
        check=False,
    )
    (exposure,) = re.findall(r"exposure level for \S+: ([\d.]+)", said.stdout)
    assert float(exposure) <= EXPOSURE[unit.stem]
    assert said.stderr == ""


@service
def test_a_part_runs_a_command_that_there_is(unit: Path) -> None:
    """Or, as long as there is none, is not started without it."""
    for line in values(unit, "ExecStart"):
        words = line.split()
        if words[0].endswith("/bin/vigie") and words[1] not in COMMANDS:
            assert f"commands/{words[1]}.py" in unit.read_text("utf-8")
        if "--config" in words:
            assert words[words.index("--config") + 1] == str(INSTALLED)


def test_every_user_of_a_unit_is_made() -> None:
    """And no two parts are one user, but what has to do with lists, an output, and the clock."""
    made = re.findall(
        r"^u +(\S+)", (SYSTEMD / "sysusers.d/vigie.conf").read_text("utf-8"), re.MULTILINE
    )
    used = [user for unit in SERVICES for user in values(unit, "User")]
    assert sorted(used) == sorted([*made, "vigie-outputs", "vigie-outputs", "vigie-sensor"])
    assert {SENSOR, PAGES, SWITCH, PROBE} < set(made)


def test_the_directories_are_those_of_the_configuration() -> None:
    made = (SYSTEMD / "tmpfiles.d/vigie.conf").read_text("utf-8")
    (kept,) = values(SYSTEMD / "vigie-panel.service", "StateDirectory")
    assert {f"/var/lib/{kept}", *re.findall(r"^d +(\S+)", made, re.MULTILINE)} == {
        *map(str, DIRECTORIES.values()),
        str(INSTALLED.parent),
        f"{DIRECTORIES['settings']}/{SECRETS}",
    }


def test_what_ways_to_people_must_know_is_for_the_outputs_and_who_writes_it() -> None:
    """A new file has the group of its directory, which no other part is in."""
    made = (SYSTEMD / "tmpfiles.d/vigie.conf").read_text("utf-8")
    folder = re.escape(f"{DIRECTORIES['settings']}/{SECRETS}")
    assert re.search(rf"^d +{folder} +2750 +vigie-web +vigie-outputs$", made, re.MULTILINE)
    groups = {unit.name: list(values(unit, "SupplementaryGroups")) for unit in SERVICES}
    assert [name for name, more in groups.items() if more] == ["vigie-outputs.service"]
    assert groups["vigie-outputs.service"] == ["vigie-outputs"]


@service
def test_a_part_has_bounds_for_memory_and_tasks(unit: Path) -> None:
    assert len([*values(unit, "MemoryMax")]) == len([*values(unit, "TasksMax")]) == 1


def test_everything_that_is_wanted_is_there() -> None:
    (wanted,) = values(SYSTEMD / "vigie.target", "Wants")
    assert all((SYSTEMD / name).exists() for name in wanted.split())
    (alarm,) = {name for unit in SERVICES for name in values(unit, "OnFailure")}
    assert (SYSTEMD / alarm.replace("%p", "")).exists()
