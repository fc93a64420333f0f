"""An update on an installed Debian 13: taken, refused, and killed at twenty points.

Killed means: the process that updates dies before a change to the disk, and so does the machine,
which then starts again from what is there.
"""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.kit.booted import SOURCE, Machine, booted, debian, wheelhouse
from tests.kit.installed import CONFIG, PARTS, fetched, install, speaking, status
from tests.kit.releases import key_of, public, real_bundle
from tests.kit.vigie import ROOT
from tests.lab.awaiting import until

pytestmark = [
    pytest.mark.long,
    pytest.mark.timeout(3600),
]

OURS, THEIRS = key_of(1), key_of(2)
NEWER = "99.0.0"
POINTS = 20

QUICK = ("--settle", "2", "--patience", "60")

# As tests/kit/switched.py, in the box; at the end it says how many changes there were.
KILLED = """
import os, signal, sys
last, seen = int(sys.argv[1]), 0
names = set(sys.argv[2].split())
def hook(event, given):
    global seen
    if event in names or (event == "open" and isinstance(given[2], int)
                          and given[2] & (os.O_WRONLY | os.O_RDWR)):
        seen += 1
        if seen == last:
            os.kill(os.getpid(), signal.SIGKILL)
from appliance.cli import main
sys.addaudithook(hook)
status = main(sys.argv[3:])
print("changes", seen)
sys.exit(status)
"""


@dataclass
class Disk:
    """What lasts while the machine is off."""

    root: Path

    @contextmanager
    def on(self) -> Iterator[Machine]:
        """Start the machine from it; all parts run, and no trial is left."""
        with booted(self.root, {}, keeps=True) as machine, speaking(machine):
            until("all runs", 120, lambda: machine.is_active(*PARTS))
            until("the trial is over", 180, lambda: not _trial(machine))
            until("all runs", 120, lambda: machine.is_active(*PARTS))
            yield machine


def _trial(machine: Machine) -> bool:
    return machine.run("test", "-e", "/opt/vigie/trial.json").returncode == 0


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Disk:
    """A box that is installed, with two bundles beside it."""
    packages = wheelhouse("trixie")
    place = tmp_path_factory.mktemp("disk") / "root"
    # cp, for it copies devices as such: read as files they have no end.
    subprocess.run(["cp", "-a", debian("trixie"), place], check=True)
    source = place / SOURCE.lstrip("/")
    source.mkdir(parents=True)
    shutil.copytree(ROOT / "systemd", source / "systemd")
    shutil.copytree(packages, source / "wheelhouse")
    shutil.copy(ROOT / "install.sh", source)
    for name, key, version in (
        ("newer", OURS, NEWER),
        ("foreign", THEIRS, NEWER),
        ("older", OURS, "0.0.1"),
    ):
        made = real_bundle(tmp_path_factory.mktemp(name), packages, key, version)
        made.rename(place / f"root/{name}.bundle")
    (place / "etc/vigie").mkdir()
    (place / "etc/vigie/vigie.toml").write_text(CONFIG)
    (place / "etc/vigie/release.pem").write_bytes(public(OURS))
    with booted(place, {}, keeps=True) as machine, speaking(machine):
        done = install(machine)
        assert done.returncode == 0, done.stdout + done.stderr
        machine.run("vigie", "isolate", "--why", "test")
    return Disk(place)


def build(machine: Machine) -> str:
    return machine.sh("readlink /opt/vigie/current")


@pytest.mark.parametrize(("name", "word"), [("foreign", "not signed"), ("older", "not newer")])
def test_what_is_not_ours_or_older_is_refused_in_one_sentence(
    disk: Disk, name: str, word: str
) -> None:
    with disk.on() as machine:
        before = build(machine)
        done = machine.run("vigie", "update", f"/root/{name}.bundle")
        assert (done.returncode, done.stdout) == (2, "")
        assert word in done.stderr
        assert len(done.stderr.splitlines()) == 1
        assert build(machine) == before


def test_a_signed_newer_bundle_is_taken_and_the_line_stays_cut(disk: Disk) -> None:
    with disk.on() as machine:
        before = build(machine)
        panel = machine.show("vigie-panel", "MainPID")
        done = machine.run("vigie", "update", "/root/newer.bundle", *QUICK, timeout=900)
        assert done.returncode == 0, done.stdout + done.stderr
        assert build(machine).startswith(NEWER)
        assert machine.show("vigie-panel", "MainPID") != panel
        assert status(machine)["state"] == "isolated"
        assert fetched(machine, "https://192.168.77.2/login") == 200
        _back_to(machine, before)


def _back_to(machine: Machine, name: str) -> None:
    done = machine.run("vigie", "update", "--switch", name, *QUICK, timeout=900)
    assert done.returncode == 0, done.stdout + done.stderr


def _killed(machine: Machine, point: int) -> str:
    """Update, and be killed before change number *point*; give what was said in the end."""
    from tests.kit.switched import CHANGES  # noqa: PLC0415 - what is a change there is one here

    program = ("/opt/vigie/current/bin/python", "-c", KILLED, str(point), " ".join(CHANGES))
    done = machine.run(*program, "update", "/root/newer.bundle", *QUICK, timeout=900)
    assert done.returncode in {0, -9, 137}, done.stdout + done.stderr
    return done.stdout


def test_killed_at_twenty_points_it_starts_with_the_old_or_the_new_and_loses_nothing(
    disk: Disk,
) -> None:
    """The line stays cut and what was decided stays known."""
    with disk.on() as machine:
        old = build(machine)
        changes = int(_killed(machine, 0).rpartition("changes")[2])
        _back_to(machine, old)
        machine.sh("vigie incident open --why remember")
        machine.sh("rm -rf /opt/vigie/99*")  # so that building it is killed as well
    ends = []
    for number in reversed(range(POINTS)):
        # Most of what is changed is unpacking: the half of the points is for the switch itself.
        last = changes - 80
        point = number * last // 10 + 1 if number < 10 else last + 8 * (number - 10)
        with disk.on() as machine:
            _killed(machine, point)
        with disk.on() as machine:
            ends.append(build(machine))
            print(f"killed before change {point} of {changes}: {ends[-1]}", flush=True)
            assert status(machine)["state"] == "isolated", point
            assert "remember" in machine.sh("vigie incident list"), point
            assert set(machine.sh("systemctl --failed --no-legend --plain").splitlines()) == set()
            if build(machine) != old:
                _back_to(machine, old)
    assert {end.startswith(NEWER) for end in ends} == {True, False}
