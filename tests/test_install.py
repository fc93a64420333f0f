"""install.sh on fresh Debians: it installs, upgrades, falls back, and leaves nothing behind.

The tests are about one machine, in their order: each goes on where the one before it ended.
"""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kit.booted import PYTHONS, SOURCE, Machine, booted, debian, wheelhouse
from tests.kit.installed import CONFIG, PARTS, WAITING, bare, fetched, install, speaking, status
from tests.lab.awaiting import until

pytestmark = [
    pytest.mark.long,
    pytest.mark.timeout(1800),
]

NEXT, BROKEN = "/opt/next", "/opt/broken"


@pytest.fixture(scope="module")
def packages() -> Path:
    return wheelhouse(*PYTHONS)


@pytest.fixture(scope="module", params=PYTHONS)
def machine(request: pytest.FixtureRequest, packages: Path) -> Iterator[Machine]:
    """A fresh Debian."""
    with bare(request.param, packages) as fresh, speaking(fresh):
        yield fresh


def build(machine: Machine) -> str:
    return machine.sh("readlink /opt/vigie/current")


def another(machine: Machine, place: str, change: str) -> None:
    """Have another build at *place*, which *change* has made another."""
    machine.sh(f"mkdir {place} && cp -r {SOURCE}/* {place}/ && cd {place} && {change}")
    machine.sh(f"echo '# {place}' >>{place}/wheelhouse/requirements.txt")


def test_it_installs_without_the_internet_and_asks_nothing(machine: Machine) -> None:
    """No card has a default route here: that is told, and mended by the configuration."""
    machine.sh("rm /etc/vigie/vigie.toml")
    done = install(machine, patience=10)
    assert done.returncode == 1
    assert "systemctl status" in done.stderr
    assert machine.sh("cat /etc/vigie/vigie.toml").endswith('listen = "0.0.0.0:443"')
    machine.sh("printf '[capture]\\ncard = \"capture0\"\\n' >>/etc/vigie/vigie.toml")
    machine.sh("systemctl reset-failed 'vigie-*' && systemctl restart vigie-sensor")
    until("all runs", 300, lambda: machine.is_active(*PARTS, *WAITING))
    assert fetched(machine, "https://192.168.77.2/login") == 200


def test_again_changes_nothing(machine: Machine) -> None:
    before = build(machine)
    done = install(machine)
    assert (done.returncode, done.stderr) == (0, "")
    assert build(machine) == before
    assert machine.is_active(*PARTS, *WAITING)


def test_an_upgrade_keeps_data_configuration_isolation_and_the_build_before(
    machine: Machine,
) -> None:
    before = build(machine)
    machine.sh("echo '# mine' >>/etc/vigie/vigie.toml; vigie isolate --why test || true")
    another(machine, NEXT, "true")
    done = install(machine, source=NEXT)
    assert (done.returncode, done.stderr) == (0, "")
    assert build(machine) != before
    found = machine.sh("ls /opt/vigie").split()
    assert found == sorted([before, build(machine), "current", "former"])
    assert machine.sh("tail -n 1 /etc/vigie/vigie.toml") == "# mine"
    assert status(machine)["state"] == "isolated"
    assert "https://" in done.stdout
    assert "/setup?code=" in done.stdout


def test_it_is_not_removed_while_the_practice_is_isolated(machine: Machine) -> None:
    done = install(machine, "--uninstall", source=NEXT)
    assert done.returncode == 1
    assert "reconnect" in done.stderr
    assert machine.is_active(*PARTS, *WAITING)
    machine.sh("vigie reconnect --why test")


def test_an_upgrade_that_does_not_run_is_taken_back_with_the_data(machine: Machine) -> None:
    before = build(machine)
    broken = "sed -i 's,^ExecStart=.*,ExecStart=/bin/false,' systemd/vigie-web.service"
    another(machine, BROKEN, broken)
    done = install(machine, source=BROKEN, patience=10)
    assert done.returncode == 1
    assert f"{before} est de nouveau en service" in done.stderr
    assert build(machine) == before
    until("all runs", 300, lambda: machine.is_active(*PARTS, *WAITING))
    assert "/bin/false" not in machine.sh("cat /etc/systemd/system/vigie-web.service")


def test_removed_it_leaves_data_and_configuration_only(machine: Machine) -> None:
    done = install(machine, "--uninstall")
    assert done.returncode == 0, done.stderr
    found = machine.sh("find /etc /opt /usr /var /run -xdev -name '*vigie*'").splitlines()
    kept = ("/etc/vigie", "/var/lib/vigie", "/var/lib/vigie-panel", NEXT, BROKEN, "/var/log")
    assert [line for line in found if not line.startswith(kept)] == []
    assert machine.sh("ls /var/lib/vigie/vigie.db /var/lib/vigie-panel/panel-journal.jsonl")


def test_purged_it_leaves_nothing(machine: Machine) -> None:
    done = install(machine, "--purge")
    assert done.returncode == 0, done.stderr
    assert machine.run("sh", "-c", "ls -d /etc/vigie /var/lib/vigie*").stdout == ""
    assert "vigie" not in machine.sh("cat /etc/passwd /etc/group")


@pytest.mark.parametrize("suite", PYTHONS)
def test_in_a_chroot_it_is_installed_for_the_next_start(
    suite: str, packages: Path, tmp_path: Path
) -> None:
    """As an image is built: nothing runs, and everything is enabled.

    Then, when power is cut while the practice is isolated, it is so again before any network.
    """
    place = tmp_path / "root"
    subprocess.run(["cp", "-a", debian(suite), place], check=True)
    shutil.copytree(packages.parent / "systemd", place / "media/systemd")
    shutil.copytree(packages, place / "media/wheelhouse")
    shutil.copy(packages.parent / "install.sh", place / "media")
    done = subprocess.run(
        ["chroot", place, "/media/install.sh"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "démarrera avec la machine" in done.stdout
    assert (place / "etc/systemd/system/multi-user.target.wants/vigie.target").is_symlink()
    (place / "etc/vigie/vigie.toml").write_text(CONFIG)
    with booted(place, {}, keeps=True) as machine:
        until("all runs", 300, lambda: machine.is_active(*PARTS, *WAITING))
        machine.run("vigie", "isolate", "--why", "test")
    with booted(place, {}, keeps=True) as machine:
        assert status(machine)["state"] == "isolated"
        assert _reached(machine, "vigie-panel") < _reached(machine, "network-pre.target")
        until("all runs", 300, lambda: machine.is_active(*PARTS, *WAITING))


def _reached(machine: Machine, unit: str) -> int:
    return int(machine.show(unit, "ActiveEnterTimestampMonotonic"))
