"""The parts of the box as systemd runs them: which run, stopping them, starting them again.

Where systemd does not run, as in a chroot in which an image is made, there is nothing to stop.
"""

import subprocess
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Protocol

PANEL = "vigie-panel.service"
WATCHING = ("vigie-sensor.service", "vigie-web.service")
"""What must run beside the panel, also of a version that had no part that asks for it; the outputs
may have nobody to tell."""

QUIETED = (
    *("vigie-web.service", "vigie-sensor.service"),
    *("vigie-outputs.service", "vigie-switch.service", "vigie-probe.service"),
    "vigie-clock.service",
    *("vigie-lists.timer", "vigie-lists.service", "vigie-lists-asked.service"),
    *("vigie-backup.timer", "vigie-backup.service"),
)
"""All that opens the databases or goes by a build, but the panel, which holds the relay."""

_BOOTED = Path("/run/systemd/system")
"""There while systemd is the first process (sd_booted(3))."""

_WITHIN = 300.0
"""Seconds for one call; the slowest part may take three minutes to start."""


class Services(Protocol):
    """What can be asked of the parts."""

    def running(self) -> bool:
        """Tell whether there is anything to ask."""

    def active(self, units: Sequence[str]) -> tuple[str, ...]:
        """Give those of *units* that run."""

    def processes(self, units: Sequence[str]) -> Mapping[str, str]:
        """Give the process of each of *units*."""

    def stop(self, units: Sequence[str]) -> None:
        """Stop *units* and wait for their end."""

    def start(self, units: Sequence[str]) -> None:
        """Start *units*, whatever failed before."""

    def restart(self, unit: str) -> None:
        """Have *unit* begin anew."""

    def reload(self, links: Collection[Path]) -> None:
        """Have the system take up what its *links* say now."""


class Systemd:
    """The real ones."""

    def running(self) -> bool:
        """Tell whether systemd runs this machine."""
        return _BOOTED.is_dir()

    def active(self, units: Sequence[str]) -> tuple[str, ...]:
        """Give those of *units* that run."""
        return tuple(
            unit for unit in units if _call("systemctl", "--quiet", "is-active", unit) is not None
        )

    def processes(self, units: Sequence[str]) -> Mapping[str, str]:
        """Give the main process of each of *units*, by its number."""
        ask = ("systemctl", "show", "--value", "--property=MainPID")
        return {unit: (_call(*ask, unit) or "").strip() for unit in units}

    def stop(self, units: Sequence[str]) -> None:
        """Stop *units* and wait for their end; those that there are not are passed over."""
        for unit in units:
            _call("systemctl", "stop", unit)

    def start(self, units: Sequence[str]) -> None:
        """Start *units*, whatever failed before; whether they run is asked by `active`."""
        _call("systemctl", "reset-failed", "vigie-*")
        _call("systemctl", "start", *units)

    def restart(self, unit: str) -> None:
        """Have *unit* begin anew, or begin."""
        _call("systemctl", "restart", unit)

    def reload(self, links: Collection[Path]) -> None:
        """Have the system take up its users, directories, rules and units anew."""
        _call("systemd-sysusers")
        if not self.running():
            return  # the rest comes with the start
        _call("systemd-tmpfiles", "--create", *_those(links, "tmpfiles.d"))
        for link in _those(links, "sysctl.d"):
            _call("/lib/systemd/systemd-sysctl", link)
        if _those(links, "rules.d") and _call("udevadm", "control", "--reload") is not None:
            _call("udevadm", "trigger", "--subsystem-match=gpio")
        _call("systemctl", "daemon-reload")


def _those(links: Collection[Path], folder: str) -> list[str]:
    return [str(link) for link in links if link.parent.name == folder]


def _call(*words: str) -> str | None:
    """Give what a program of the system prints, or None when it did not go well."""
    try:
        done = subprocess.run(  # noqa: S603 - the system's own programs
            words, capture_output=True, text=True, check=False, timeout=_WITHIN
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None
