"""A small virtual machine whose kernel simulates pins: Linux's gpio-sim, under the label of a Pi.

Nothing is installed in it. Its root is that of this machine, read-only, with memory at ``/run``; so
the code under test, its Python and the packages are those of the test. What it is told goes to a
shell on its first serial line. Kernel, modules and the first program are in ``.tools/kernel``.

Two things are made up: the label of the chip, and the revision of the board, which the firmware of
a Raspberry Pi would tell. As on a relay board, each line has a resistor, which holds it at a level
while nobody drives it (`Machine.pull`). Once a program has ended, the kernel leaves its lines to
that resistor, as Debian's kernels do on a Raspberry Pi unless told otherwise.

The kernel also notes every move of a line beside what the processes do (`Machine.noted`), so that
what came first is known and not guessed.

Sources: Linux, Documentation/admin-guide/gpio/gpio-sim.rst, Documentation/trace/events.rst, and
Documentation/driver-api/early-userspace/buffer-format.rst.
"""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from select import select
from shlex import quote
from time import monotonic

import pytest

from tests.kit.vigie import ELSEWHERE, ROOT

KERNEL = ROOT / ".tools/kernel"
NEEDED = ("qemu-system-x86_64", "setpriv")
MODULES = ("netfs", "9pnet", "9pnet_virtio", "9p", "configfs", "gpio-sim")
"""In an order in which none lacks another."""

REVISION = "a02082"
"""Raspberry Pi 3 Model B 1.2 (Raspberry Pi's list of revision codes)."""

PATIENCE = 400.0
"""Seconds for anything in there; on a machine that does nothing else it takes two."""

_PINS = "/sys/devices/platform/gpio-sim.0/gpiochip1"
_NOTES = "/sys/kernel/tracing"
_EVENTS = (
    "gpio/gpio_value",
    "gpio/gpio_direction",
    "syscalls/sys_enter_bind",
    "syscalls/sys_exit_fsync",
)
_NOTE = re.compile(r"gpio_\w+: (\d+) (?:set +(\d)| *(in))|sys_(bind)\(|sys_(fsync) ->")
_BASE = 520
"""Number that the kernel gives the first line of the second chip: 512, and 8 lines of the first."""

_FIRST = f"""#!/busybox sh
/busybox --install -s /bin
mount -t proc none /proc
mount -t sysfs none /sys
mount -t devtmpfs none /dev
for module in {" ".join(MODULES)}; do insmod /$module.ko; done
mount -t tracefs none {_NOTES}
echo 'get == 0' >{_NOTES}/events/gpio/gpio_value/filter
echo 'ret == 0' >{_NOTES}/events/syscalls/sys_exit_fsync/filter
for event in {" ".join(_EVENTS)}; do echo 1 >{_NOTES}/events/$event/enable; done
mount -t configfs none /sys/kernel/config
pins=/sys/kernel/config/gpio-sim/pi
mkdir -p $pins/a $pins/b
echo raspberrypi-exp-gpio >$pins/a/label
echo 8 >$pins/a/num_lines
echo pinctrl-bcm2835 >$pins/b/label
echo 54 >$pins/b/num_lines
echo 1 >$pins/live
mount -t 9p -o ro,trans=virtio,version=9p2000.L,msize=512000,cache=loose root /root
for folder in proc sys dev; do mount -o move /$folder /root/$folder; done
mount -t tmpfs none /root/run
cp /root/proc/cpuinfo /root/run/cpuinfo
echo "Revision : {REVISION}" >>/root/run/cpuinfo
mount -o bind /root/run/cpuinfo /root/proc/cpuinfo
exec >/root/dev/ttyS0
stty -F /root/dev/ttyS0 raw -echo
printf '\\004up\\n'
exec chroot /root /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin sh /dev/ttyS0
"""


@dataclass
class Machine:
    """A machine that is running."""

    process: subprocess.Popen[bytes]
    console: Path

    def run(self, words: str) -> tuple[int, str]:
        """Run a command in it, as root; give how it ended, and what it printed."""
        assert self.process.stdin is not None
        told = f"{{ {words}\n}} </dev/null >/run/said 2>&1; status=$?; cat /run/said"
        self.process.stdin.write(f"{told}; printf '\\004%d\\n' $status\n".encode())
        self.process.stdin.flush()
        said, _, status = self._answer(words).rpartition(b"\4")
        return int(status), said.decode("utf-8", "replace").strip()

    def sh(self, words: str) -> str:
        """Give what a command prints; it must go well."""
        status, said = self.run(words)
        assert status == 0, f"{words}\n{said}"
        return said

    def level(self, pin: int) -> int:
        """Give the level of a line, as the world outside has it."""
        return int(self.sh(f"cat {_PINS}/sim_gpio{pin}/value"))

    def pull(self, pin: int, *, up: bool) -> None:
        """Pull a line up or down, as a resistor or a contact does."""
        self.sh(f"echo pull-{'up' if up else 'down'} >{_PINS}/sim_gpio{pin}/pull")

    def now(self) -> float:
        """Give the time by the machine's own clock, in seconds."""
        return float(self.sh("cat /proc/uptime").split()[0])

    def wait_for(self, pin: int, level: int) -> None:
        """Wait until a line is at *level*."""
        look = f"read -r level <{_PINS}/sim_gpio{pin}/value && [ $level = {level} ]"
        self.sh(f"until {look}; do sleep 0.1; done")

    def lit(self, *pins: int) -> set[int]:
        """Give which of these lines were high at any moment of the next two seconds."""
        clock = "read -r now _ </proc/uptime; now=${now%.*}"
        look = f"read -r level <{_PINS}/sim_gpio$pin/value; [ $level = 0 ] || echo $pin"
        looks = f"for pin in {' '.join(map(str, pins))}; do {look}; done; {clock}"
        seen = self.sh(
            f"{clock}; end=$((now + 3)); while [ $now -lt $end ]; do {looks}; done | sort -u"
        )
        return {int(pin) for pin in seen.split()}

    def start(self, words: str) -> int:
        """Start a program in it, the only one that is noted from now on; give its number."""
        note = f"echo $$ >{_NOTES}/set_event_pid; echo >{_NOTES}/trace"
        return int(
            self.sh(f"sh -c {quote(f'{note}; exec {words}')} >/run/program.log 2>&1 & echo $!")
        )

    def noted(self) -> list[str]:
        """Give what the program did since this was last asked.

        ``17=1`` where it drove a line, also to where it was; ``17=in`` where it let go of one;
        ``fsync`` where something was on the disk; ``bind`` where a door was opened.
        """
        lines = self.sh(f"cat {_NOTES}/trace; echo >{_NOTES}/trace")
        found = _NOTE.findall(lines)
        return [
            f"{int(line) - _BASE}={level or way}" if line else door or disk
            for line, level, way, door, disk in found
        ]

    def _answer(self, words: str) -> bytes:
        assert self.process.stdout is not None
        said, deadline = b"", monotonic() + PATIENCE
        while b"\4" not in said or not said.endswith(b"\n"):
            ready, _, _ = select([self.process.stdout], [], [], max(0.0, deadline - monotonic()))
            more = os.read(self.process.stdout.fileno(), 65536) if ready else b""
            assert more, (
                f"no answer to {words!r}; the console: {self.console.read_text('utf-8', 'replace')}"
            )
            said += more
        return said


def needs() -> None:
    """Skip, saying why, where no such machine can be had."""
    missing = [program for program in NEEDED if shutil.which(program) is None]
    if missing:
        pytest.skip(f"programs are missing: {', '.join(missing)}")
    if not KERNEL.exists():
        pytest.skip(f"the kernel that simulates pins {ELSEWHERE}: .ci/prepare test fetches it")
    if importlib.util.find_spec("lgpio") is None:
        pytest.skip(f"lgpio {ELSEWHERE}: the registry has none for this Python")


@contextmanager
def running(folder: Path, *modules: str) -> Iterator[Machine]:
    """Run such a machine until the block ends, keeping what it needs in *folder*.

    *modules* are compiled here, which in there takes many times as long.
    """
    needs()
    compiled = folder / "compiled"
    wanted = {**os.environ, "PYTHONPYCACHEPREFIX": str(compiled), "LG_WD": str(folder)}
    wanted.pop("PYTHONDONTWRITEBYTECODE", None)
    imports = f"import {', '.join(modules)}"
    subprocess.run([sys.executable, "-c", imports], cwd=ROOT, env=wanted, check=True)
    first = folder / "first.cpio"
    first.write_bytes(_archive(_first_files()))
    console = folder / "console.log"
    told = ["-accel", "tcg", "-cpu", "max", "-m", "256", "-nodefaults", "-no-user-config"]
    told += ["-display", "none", "-no-reboot", "-kernel", str(KERNEL / "vmlinuz")]
    told += ["-initrd", str(first), "-append", "console=ttyS1 quiet panic=-1"]
    told += ["-fsdev", "local,id=root,path=/,security_model=none,readonly=on,multidevs=remap"]
    told += ["-device", "virtio-9p-pci,fsdev=root,mount_tag=root"]
    told += ["-serial", "stdio", "-serial", f"file:{console}"]
    process = subprocess.Popen(
        ["setpriv", "--pdeathsig", "KILL", "qemu-system-x86_64", *told],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    machine = Machine(process, console)
    try:
        machine._answer("it boots")
        machine.sh(f"cd {ROOT} && export PYTHONPYCACHEPREFIX={compiled}")
        yield machine
    finally:
        process.kill()
        process.wait()
        for end in (process.stdin, process.stdout):
            assert end is not None
            end.close()


def _first_files() -> dict[str, tuple[int, bytes]]:
    """Give what there is before the root: name, mode and content."""
    folders = ("bin", "proc", "sys", "dev", "root")
    files = dict.fromkeys(folders, (0o40755, b""))
    files["init"] = (0o100755, _FIRST.encode())
    files["busybox"] = (0o100755, (KERNEL / "busybox").read_bytes())
    for module in MODULES:
        files[f"{module}.ko"] = (0o100644, (KERNEL / f"{module}.ko").read_bytes())
    return files


def _archive(files: Mapping[str, tuple[int, bytes]]) -> bytes:
    """Pack *files* as the kernel unpacks them: cpio, "newc"."""
    made = bytearray()
    for number, (name, (mode, content)) in enumerate({**files, "TRAILER!!!": (0, b"")}.items()):
        fields = (number, mode, 0, 0, 1, 0, len(content), 0, 0, 0, 0, len(name) + 1, 0)
        for part in (
            b"070701%s%s\0" % (b"".join(b"%08X" % it for it in fields), name.encode()),
            content,
        ):
            made += part + bytes(-len(part) % 4)
    return bytes(made)
