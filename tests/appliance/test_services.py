"""The parts as systemd runs them; the real one is in tests/systemd/ and tests/test_install.py."""

from pathlib import Path

import pytest

from appliance import services
from appliance.services import QUIETED, Systemd


def program(folder: Path, name: str, script: str) -> None:
    (folder / name).write_text(f"#!/bin/sh\n{script}\n")
    (folder / name).chmod(0o755)


@pytest.fixture
def system(tmp_path: Path, monkeypatch) -> Path:
    """A folder of programs that note what they are called with."""
    for name in ("systemctl", "systemd-tmpfiles", "systemd-sysusers", "udevadm"):
        program(tmp_path, name, f'echo {name} "$@" >>{tmp_path}/calls')
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    return tmp_path


def calls(system: Path) -> list[str]:
    return (system / "calls").read_text().splitlines()


def test_only_what_is_active_runs(system: Path) -> None:
    program(system, "systemctl", '[ "$3" = a.service ]')
    assert Systemd().active(["a.service", "b.service"]) == ("a.service",)


def test_a_process_is_told_by_its_number(system: Path) -> None:
    program(system, "systemctl", "echo 42")
    assert Systemd().processes(["a.service"]) == {"a.service": "42"}


def test_a_program_that_is_missing_is_no_error(monkeypatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert Systemd().active(["a.service"]) == ()
    Systemd().stop(QUIETED)


def test_what_is_started_may_have_failed_before(system: Path) -> None:
    Systemd().start(["vigie.target"])
    assert calls(system) == ["systemctl reset-failed vigie-*", "systemctl start vigie.target"]


def test_where_systemd_does_not_run_only_users_are_made(
    system: Path, tmp_path: Path, monkeypatch
) -> None:
    """In a chroot the rest would change the machine on which an image is made."""
    monkeypatch.setattr(services, "_BOOTED", tmp_path / "nothing")
    Systemd().reload([Path("/etc/tmpfiles.d/vigie.conf"), Path("/etc/sysctl.d/60-vigie.conf")])
    assert calls(system) == ["systemd-sysusers"]


def test_the_system_takes_up_what_its_links_say(system: Path, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(services, "_BOOTED", tmp_path)
    Systemd().reload([Path("/etc/tmpfiles.d/vigie.conf"), Path("/etc/udev/rules.d/60-vigie.rules")])
    assert calls(system) == [
        "systemd-sysusers",
        "systemd-tmpfiles --create /etc/tmpfiles.d/vigie.conf",
        "udevadm control --reload",
        "udevadm trigger --subsystem-match=gpio",
        "systemctl daemon-reload",
    ]


def test_the_panel_is_not_among_what_is_stopped() -> None:
    """It holds the relay."""
    assert services.PANEL not in QUIETED
