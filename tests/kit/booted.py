"""A Debian that is booted in a container: all of it is real but the kernel, which is ours.

The root is made once by mmdebstrap, into ``.tools/roots/``; a machine booted from it keeps what it
writes in memory and leaves nothing behind, unless it is told to. It lives in a network of its own
with two cables: ``capture0``, on which nothing but the test speaks, and ``lan0``. It may load BPF
programs, by which systemd keeps addresses and devices away.
"""

import fcntl
import hashlib
import os
import pty
import shutil
import struct
import subprocess
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.kit.vigie import ROOT
from tests.lab.awaiting import until

ROOTS = ROOT / ".tools/roots"
PACKAGES = "systemd-sysv,udev,dbus,iproute2,python3"
PYTHONS = {"trixie": "3.13", "bookworm": "3.11"}
NEEDED = ("mmdebstrap", "systemd-nspawn", "unshare", "nsenter", "losetup", "mke2fs")
SOURCE = "/media/vigie"
"""Where the machine finds what an installer brings along."""

_KEY = "/usr/share/keyrings/debian-archive-keyring.gpg"
_GROUPS = """
umount -R /sys/fs/cgroup
mount -t cgroup2 cgroup2 /sys/fs/cgroup
cd /sys/fs/cgroup
"""
# A tree of control groups of its own: two machines in one would end each other's parts.
_BOOT = f"""{_GROUPS}
test ! -f "$1" || mount -o loop "$1" "$3"
shift
mkdir vigie-$$
for one in $(cat cgroup.controllers); do echo +$one >cgroup.subtree_control; done
echo $$ >vigie-$$/cgroup.procs
exec systemd-nspawn --quiet --register=no --keep-unit --resolv-conf=off \\
    --timezone=off --system-call-filter=bpf --capability=CAP_BPF \\
    --network-veth-extra=tap0:capture0 --network-veth-extra=lan0:lan0 --boot "$@"
"""
_LEAVE = f"{_GROUPS} ! test -d vigie-$1 || find vigie-$1 -depth -type d -exec rmdir {{}} +"


def needs() -> None:
    """Skip, saying why, where no machine can be booted."""
    if os.geteuid() != 0:
        pytest.skip("only root can boot a container")
    missing = [program for program in NEEDED if shutil.which(program) is None]
    if missing:
        pytest.skip(f"programs are missing: {', '.join(missing)}")


def debian(suite: str) -> Path:
    """Give the root of a small Debian, made now if there is none; skip where that cannot be."""
    needs()
    mark = hashlib.sha256(f"{suite} {PACKAGES}".encode()).hexdigest()[:8]
    root = ROOTS / f"{suite}-{mark}"
    if root.exists():
        return root
    half = ROOTS / f"{suite}-{os.getpid()}"
    half.parent.mkdir(parents=True, exist_ok=True)
    mirror = f"deb [signed-by={_KEY}] http://deb.debian.org/debian {suite} main"
    told = ["mmdebstrap", "--quiet", "--variant=minbase", f"--include={PACKAGES}"]
    told += ["--dpkgopt=path-exclude=/usr/share/doc/*", "--dpkgopt=path-exclude=/usr/share/man/*"]
    made = subprocess.run(
        [*told, '--aptopt=Acquire::Languages "none"', suite, str(half), mirror],
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        shutil.rmtree(half, ignore_errors=True)
        pytest.skip(f"no Debian could be fetched: {made.stderr.strip()[-200:]}")
    half.rename(root)
    return root


def wheelhouse(*suites: str) -> Path:
    """Give the folder of packages that an installer brings along, fetched now; or skip."""
    targets = [f"{PYTHONS[suite]}-{os.uname().machine}" for suite in suites]
    made = subprocess.run(
        [ROOT / ".ci/wheelhouse", *targets], capture_output=True, text=True, check=False
    )
    if made.returncode:
        pytest.skip(f"the packages could not be fetched: {made.stderr.strip()[-200:]}")
    return ROOT / "wheelhouse"


@dataclass
class Machine:
    """A machine that is running."""

    container: subprocess.Popen[bytes]
    leader: int
    """The process that is the first one in there."""
    console: bytearray = field(default_factory=bytearray)

    def run(self, *words: str, timeout: float = 300) -> subprocess.CompletedProcess[str]:
        """Run a program in the machine, as root."""
        return self._entered(str(self.leader), ("-m", "-u", "-i", "-n", "-p"), words, timeout)

    def sh(self, script: str) -> str:
        """Give what *script* prints in the machine; it must go well."""
        done = self.run("sh", "-c", script)
        assert done.returncode == 0, f"{script}\n{done.stdout}\n{done.stderr}"
        return done.stdout.strip()

    def outside(self, *words: str, timeout: float = 60) -> subprocess.CompletedProcess[str]:
        """Run a program at the other ends of the machine's cables."""
        return self._entered(str(self.container.pid), ("-n",), words, timeout)

    def show(self, unit: str, name: str) -> str:
        """Give the property *name* of *unit*."""
        return self.sh(f"systemctl show --value --property={name} {unit}")

    def is_active(self, *units: str) -> bool:
        """Tell whether all *units* run."""
        return self.run("systemctl", "is-active", "--quiet", *units).returncode == 0

    def runs_anew(self, unit: str, before: str) -> bool:
        """Tell whether *unit* runs, and in another process than *before*."""
        # In this order: asked the other way round, the one that ran may end between the questions.
        process = self.show(unit, "MainPID")
        return process not in {before, "0"} and self.is_active(unit)

    def _entered(
        self, target: str, spaces: tuple[str, ...], words: tuple[str, ...], timeout: float
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["nsenter", "--target", target, *spaces, "--", *words],
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
            env={"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"},
        )


@contextmanager
def booted(root: Path, shared: Mapping[Path, str], *, keeps: bool = False) -> Iterator[Machine]:
    """Boot *root*, which *keeps* what is written or not; the end is a power cut.

    Each folder or file in *shared* is to be seen, read-only, at its place. Where *root* is the
    image of an ext4, a power cut loses what was not flushed, as it does on a card.
    """
    binds = ["--volatile=no" if keeps else "--volatile=overlay"]
    binds += [f"--bind-ro={path}:{place}" for path, place in shared.items()]
    place = root.with_suffix(".mounted") if root.is_file() else root
    place.mkdir(exist_ok=True)
    ours, theirs = pty.openpty()
    container = subprocess.Popen(
        ["unshare", "--mount", "--net", "sh", "-c", _BOOT, "sh", root, "-D", place, *binds],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    machine = Machine(container, 0)
    reader = threading.Thread(target=_drain, args=(ours, machine.console))
    reader.start()
    try:
        machine.leader = until("it boots", 120, _leader(container, machine.console))
        until("systemd is up", 300, lambda: _is_up(machine))
        _plug_in(machine)
        yield machine
    finally:
        if machine.leader:
            with suppress(FileNotFoundError, ProcessLookupError):  # it ended by itself
                if root.is_file():
                    _lose_what_was_not_flushed(machine)
                os.kill(machine.leader, 9)
        with suppress(subprocess.TimeoutExpired):
            container.wait(20)
        container.kill()
        container.wait()
        reader.join()
        os.close(ours)
        leave = ("unshare", "--mount", "sh", "-c", _LEAVE, "sh", str(container.pid))
        until(
            "its groups are empty", 60, lambda: subprocess.run(leave, check=False).returncode == 0
        )
        if root.is_file():
            until("its disk is free", 60, lambda: not _holders(root))


def _lose_what_was_not_flushed(machine: Machine) -> None:
    """End the file system at once (EXT4_IOC_SHUTDOWN, fs/ext4/ext4.h): not even its journal is
    written any more.
    """
    top = os.open(f"/proc/{machine.leader}/root", os.O_RDONLY | os.O_DIRECTORY)
    fcntl.ioctl(top, 0x8004587D, struct.pack("I", 2))
    os.close(top)


def _holders(image: Path) -> str:
    """Give the loop devices that have *image*."""
    asked = subprocess.run(
        ["losetup", "--associated", image], capture_output=True, text=True, check=True
    )
    return asked.stdout


def _leader(container: subprocess.Popen[bytes], console: bytearray) -> Callable[[], int]:
    def look() -> int:
        assert container.poll() is None, f"the container has ended: {console!r}"
        found = Path(f"/proc/{container.pid}/task/{container.pid}/children").read_text("ascii")
        for child in found.split():
            with suppress(OSError):
                if Path(f"/proc/{child}/comm").read_text("ascii").strip() == "systemd":
                    return int(child)
        return 0

    return look


def _is_up(machine: Machine) -> bool:
    said = machine.run("systemctl", "is-system-running").stdout.strip()
    return said in {"running", "degraded"}


def _plug_in(machine: Machine) -> None:
    machine.sh("ip link set lo up && ip link set capture0 up && ip link set lan0 up")
    machine.sh("ip addr add 192.168.77.2/24 dev lan0 && ip addr add 203.0.113.2/24 dev lan0")
    for words in (
        "link set lo up",
        "link set tap0 up",
        "link set lan0 up",
        "addr add 192.168.77.1/24 dev lan0",
        "addr add 203.0.113.1/24 dev lan0",
        "addr add 10.9.9.1/24 dev tap0",
    ):
        assert machine.outside("ip", *words.split()).returncode == 0


def _drain(terminal: int, console: bytearray) -> None:
    with suppress(OSError):  # the other end is closed
        while said := os.read(terminal, 4096):
            console += said
