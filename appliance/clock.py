"""Whether the clock of this machine can be believed.

A Raspberry Pi has no clock that runs while it is off: it starts with the time at which it last ran.
Until somebody sets it, what is noted has a wrong time, and nobody can tell later by how much. So
what is noted then is marked, and stays marked.

The clock is believed, until the machine starts again, from the moment at which one of these holds:

- the kernel says that a time service keeps it: the error that it reckons with (adjtimex(2)) is less
  than 16 s, with which it starts. systemd-timesyncd, chrony and ntpd all tell it; STA_UNSYNC, in
  the same answer, is left set by a chrony that does not keep the hardware clock as well. systemd
  (timedated) goes by the same. The error grows by 500 ppm: after nine hours without service the
  kernel takes it back. We do not: a clock that was right is off by seconds a week later.
  Where the sensor may not ask, as in its unit, ``systemd/clock`` has it asked, and leaves a mark.
- systemd-timesyncd says so itself (systemd-time-wait-sync.service(8), "Files").
- a hardware clock that runs while the machine is off gave it the time at its start
  (``hctosys``), still says the same, and is not behind what was noted before. One whose battery is
  empty begins at some old time; systemd then goes by a later one, and the two differ.

So a machine with a sound hardware clock is believed without any service. One that has neither
never is: a time that was set by hand is gone with the next start.
"""

import ctypes
import struct
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from appliance.durable import write

UNKEPT = 16_000_000
"""Microseconds of error (NTP_PHASE_LIMIT of ``linux/timex.h``) at which nobody keeps the clock."""

TIMEX = struct.Struct("@I3l")
"""The beginning of ``struct timex``: modes, offset, freq, maxerror."""
_ROOM = 512
"""Octets for all of it; it has 208."""

AGREE = 60.0
"""Seconds by which hardware clock and system may differ: both count whole seconds, and the reading
of one on a slow bus takes a moment; an old time is off by months."""

BELIEVED = "clock-set"
"""File in the runtime directory, which is gone with the machine: the sensor may start anew.

``systemd/clock`` makes it, too."""


def kept_by_a_service() -> bool:
    """Tell whether the kernel says so; not, where it may not be asked."""
    room = ctypes.create_string_buffer(_ROOM)  # modes = 0: nothing is changed
    answered = ctypes.CDLL(None).adjtimex(room) >= 0
    error: int = TIMEX.unpack_from(room.raw)[-1]
    return answered and error < UNKEPT


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """Where the machine says what it knows of its clock."""

    kept: Callable[[], bool] = kept_by_a_service
    synchronized: Path = Path("/run/systemd/timesync/synchronized")
    hardware: Path = Path("/sys/class/rtc")

    def hardware_gave(self, now: float) -> float | None:
        """Give what the hardware clock says from which the machine took its time at the start."""
        for clock in sorted(self.hardware.glob("rtc*")):
            with suppress(OSError, ValueError):
                if (clock / "hctosys").read_text("ascii").strip() == "1":
                    said = float((clock / "since_epoch").read_text("ascii"))
                    return said if abs(said - now) <= AGREE else None
        return None


class Clock:
    """Believed or not, and since when it is waited for."""

    def __init__(
        self, run: Path, noted: float, now: float, steady: Callable[[], float], signs: Signs
    ) -> None:
        """Judge it at *now*; *noted* is the latest time on the card, 0 for a new one."""
        self._file = run / BELIEVED
        self._steady = steady
        self._signs = signs
        self._began = steady()
        hardware = signs.hardware_gave(now)
        self._believed = hardware is not None and hardware >= noted
        self.unset()

    def unset(self) -> float:
        """Give for how many seconds it has been waited for; 0: it is believed."""
        if not self._believed:
            told = self._file.exists() or self._signs.synchronized.exists()
            self._believed = told or self._signs.kept()
        if not self._believed:
            # A moment is more than nothing: the first look is as far as any from knowing.
            return max(self._steady() - self._began, 1.0)
        with suppress(OSError):
            if not self._file.exists():
                write(self._file, b"", mode=0o640)
        return 0.0
