"""An installed Debian 13 whose power is cut: what was flushed to its disk lasts, and nothing else.

What is seen goes to ``build/updates.log``, for who waits.
"""

import shutil
import subprocess
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path

from tests.kit.booted import SOURCE, Machine, booted, debian, wheelhouse
from tests.kit.changes import watched
from tests.kit.installed import CONFIG, PARTS, WAITING, install, speaking
from tests.kit.vigie import ROOT
from tests.lab.awaiting import until

SUITE = "trixie"
LOG = ROOT / "build/updates.log"
SIZE = "4G"
LONG = 600
"""Seconds for what a machine does that has much else to do."""

QUICK = ("--settle", "2", "--patience", str(LONG))

# It says when what was unpacked is built, before which change it is killed, or how many there were.
_KILLED = """
import signal
last = sys.argv.pop(1)
def before(number, event, what):
    if "--build" in what:
        os.write(1, f"builds {number}\\n".encode())
    if last in (str(number), what):
        os.write(1, f"killed {event} {what}\\n".encode())
        os.kill(os.getpid(), signal.SIGKILL)
"""


class Box:
    """The disk, and the machine that runs from it."""

    def __init__(
        self, folder: Path, bundles: Mapping[str, Callable[[Path, Path], Path]], trusted: bytes
    ) -> None:
        """Have it in *folder*, with *bundles*, made of a folder and packages, at /root."""
        self._power = ExitStack()
        self._began = time.monotonic()
        LOG.parent.mkdir(exist_ok=True)
        LOG.write_text("", "utf-8")
        packages = wheelhouse(SUITE)
        root = folder / "root"
        # cp, for it copies devices as such: read as files they have no end.
        subprocess.run(["cp", "-a", debian(SUITE), root], check=True)
        source = root / SOURCE.lstrip("/")
        source.mkdir(parents=True)
        shutil.copytree(ROOT / "systemd", source / "systemd")
        shutil.copytree(packages, source / "wheelhouse")
        shutil.copy(ROOT / "install.sh", source)
        for name, make in bundles.items():
            make(folder / name, packages).rename(root / f"root/{name}.bundle")
        (root / "etc/vigie").mkdir()
        (root / "etc/vigie/vigie.toml").write_text(CONFIG)
        (root / "etc/vigie/release.pem").write_bytes(trusted)
        self._image = folder / "disk.img"
        subprocess.run(["mke2fs", "-q", "-t", "ext4", "-d", root, self._image, SIZE], check=True)
        shutil.rmtree(root)

    def switch_on(self) -> None:
        self.machine: Machine = self._power.enter_context(booted(self._image, {}, keeps=True))
        self._power.enter_context(speaking(self.machine))

    def cut_power(self) -> None:
        self._power.close()

    def again(self) -> None:
        """Cut its power, start it, and wait until all parts run and no trial is left."""
        self.cut_power()
        self.switch_on()
        self.settled()

    def settled(self) -> None:
        until("all runs", LONG, lambda: self.machine.is_active(*PARTS, *WAITING))
        until("the trial is over", LONG, lambda: not self._is_on_trial())
        until("all runs", LONG, lambda: self.machine.is_active(*PARTS, *WAITING))

    def _is_on_trial(self) -> bool:
        return self.machine.run("test", "-e", "/opt/vigie/trial.json").returncode == 0

    def install(self) -> None:
        self.switch_on()
        done = install(self.machine)
        assert done.returncode == 0, done.stdout + done.stderr

    @property
    def build(self) -> str:
        """The build in use."""
        return self.machine.sh("readlink /opt/vigie/current")

    def update(self, *words: str) -> subprocess.CompletedProcess[str]:
        return self.machine.run("vigie", "update", *words, *QUICK, timeout=2 * LONG)

    def put_back(self, build: str) -> None:
        done = self.update("--switch", build)
        assert done.returncode == 0, done.stdout + done.stderr

    def killed(self, bundle: str, point: int | str) -> subprocess.CompletedProcess[str]:
        """Update by *bundle*, and be killed before a change: its number, or what it says."""
        program = watched(_KILLED, str(point), "update", bundle, *QUICK)
        return self.machine.run(*program, timeout=2 * LONG)

    def note(self, line: str) -> None:
        """Print *line*, and have it in the log, with the seconds since the beginning."""
        print(line)
        with LOG.open("a", encoding="utf-8") as log:
            log.write(f"{time.monotonic() - self._began:6.0f} {line}\n")
