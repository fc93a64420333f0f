"""A Raspberry Pi 3 in qemu, which starts from the image of the card as its firmware would.

Kernel, first steps, device tree and command line are read off the card's first partition. From
outside there are: the console, what the pins are (read from the registers of the BCM2835 by qemu's
monitor), the pages and SSH through forwarded ports, and the far end of the cable at the mirror port
with every frame that the box sends there.

Three things differ from a real one. Its watchdog is left out: qemu's model has no countdown and
resets at once. The revision of the board, which the firmware writes into the device tree, is
written here. And systemd is told to wait longer for the parts than the units say.
"""

import os
import re
import socket
import subprocess
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from tests.kit.sd_card import Card
from tests.lab.awaiting import until

REVISION = "a02082"
"""Raspberry Pi 3 Model B 1.2 (Raspberry Pi's list of revision codes)."""

LAN, MIRROR = "eth0", "eth1"
LAN_MAC, MIRROR_MAC = "00:00:5e:00:53:01", "00:00:5e:00:53:02"
"""Its cards. With local addresses Linux would call them usb0 and usb1, or not, as qemu presents
them in one way or another. These are of RFC 7042, section 2.1.2, for documents."""

_FSEL, _LEVEL = 0x3F200000, 0x3F200034
"""GPFSEL0 and GPLEV0: BCM2835 ARM Peripherals, section 6.1, at the address of a BCM2837."""

_PCAP_HEAD = 24
"""Octets of a capture file that holds no frame."""


def new_key(folder: Path) -> tuple[Path, str]:
    """Make a key for SSH: its file, and the public line."""
    key = folder / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
    return key, key.with_suffix(".pub").read_text("ascii").strip()


@dataclass
class Pi:
    """A Raspberry Pi that has power."""

    folder: Path
    card: Card
    process: subprocess.Popen[bytes]
    monitor: socket.socket
    mirror: socket.socket
    pages: int
    """Port of this machine behind which the pages are."""
    ssh_port: int
    since: float

    @property
    def age(self) -> float:
        """Seconds since it got power."""
        return monotonic() - self.since

    @property
    def work(self) -> float:
        """Seconds of this machine's processors that it took so far, whatever else these do."""
        spent = Path(f"/proc/{self.process.pid}/stat").read_text("ascii").rpartition(")")[2].split()
        return (int(spent[11]) + int(spent[12])) / os.sysconf("SC_CLK_TCK")

    @property
    def console(self) -> str:
        """What it wrote on its serial line; the emulator makes the file a moment after it began."""
        written = self.folder / "console.log"
        return written.read_text("utf-8", "replace") if written.exists() else ""

    @property
    def has_spoken(self) -> bool:
        """Whether it has sent any frame on the cable for the pages."""
        return (self.folder / "lan.pcap").stat().st_size > _PCAP_HEAD

    def heard_at_the_mirror_port(self) -> list[bytes]:
        """Give the frames it has sent where it must not send any."""
        found = []
        with suppress(BlockingIOError):
            while True:
                found.append(self.mirror.recv(65536))
        return found

    def say_at_the_mirror_port(self, frame: bytes) -> None:
        """Have the switch send it a frame."""
        self.mirror.send(frame)

    def pin(self, number: int) -> bool:
        """Tell whether a pin is driven, and high."""
        function = self._register(_FSEL + number // 10 * 4) >> number % 10 * 3 & 7
        return function == 1 and bool(self._register(_LEVEL) >> number & 1)

    def run(self, words: str, *, timeout: float = 120) -> subprocess.CompletedProcess[str]:
        """Run a command in it, as root, by SSH."""
        return subprocess.run(
            self.entering(words),
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
            stdin=subprocess.DEVNULL,
        )

    def entering(self, words: str) -> list[str]:
        """Give what here runs a command in it."""
        told = ["StrictHostKeyChecking=no", "UserKnownHostsFile=/dev/null", "BatchMode=yes"]
        told += ["LogLevel=ERROR", "ConnectTimeout=60", "ControlMaster=auto"]
        told += [f"ControlPath={self.folder}/ssh", "ControlPersist=yes"]
        options = [word for option in told for word in ("-o", option)]
        key = ("-i", str(self.folder / "key"), "-p", str(self.ssh_port))
        return ["ssh", *options, *key, "root@127.0.0.1", words]

    def sh(self, words: str) -> str:
        """Give what a command prints; it must go well."""
        done = self.run(words)
        assert done.returncode == 0, f"{words}\n{done.stdout}\n{done.stderr}"
        return done.stdout.strip()

    def freeze(self, layer: Path) -> Card:
        """Give the card as it is at this moment; what is written from now on comes to *layer*.

        What is in the box's memory alone is not on it, as after a power cut.
        """
        frozen = self.card
        self.monitor.sendall(f"snapshot_blkdev sd0 {layer} qcow2\n".encode())
        self._register(_LEVEL)  # questions are answered in turn
        assert layer.exists()
        self.card = Card(frozen.file, layer)
        return frozen

    def cut_power(self) -> None:
        """End it, in the middle of whatever it does."""
        self.process.kill()
        self.process.wait()

    def _register(self, address: int) -> int:
        self.monitor.sendall(f"xp /1wx {address:#x}\n".encode())
        said = b""
        while not (found := re.search(rb": (0x[0-9a-f]{8})\r?\n", said)):
            said += self.monitor.recv(4096)
        return int(found[1], 16)


@contextmanager
def powered(card: Card, folder: Path, stick: Path | None = None) -> Iterator[Pi]:
    """Give power to a Raspberry Pi with *card*, and a USB *stick*, in it, until the block ends."""
    kernel, first = (card.get(name, folder / name) for name in ("vmlinuz", "initrd.img"))
    words = card.get("cmdline.txt", folder / "cmdline.txt").read_text("ascii").strip()
    tree = card.get("bcm2837-rpi-3-b.dtb", folder / "board.dtb")
    subprocess.run(["fdtput", "-c", tree, "/system"], check=True)
    subprocess.run(["fdtput", "-t", "x", tree, "/system", "linux,revision", REVISION], check=True)
    mirror, theirs = _cable()
    pages, ssh_port = _free(), _free()
    for name in ("console.log", "monitor", "ssh", "lan.pcap"):
        (folder / name).unlink(missing_ok=True)
    ports = f"hostfwd=tcp:127.0.0.1:{pages}-:443,hostfwd=tcp:127.0.0.1:{ssh_port}-:22"
    there = mirror.getsockname()[1]
    told = ["-M", "raspi3b", "-no-reboot", "-display", "none"]
    told += ["-kernel", str(kernel), "-initrd", str(first), "-dtb", str(tree)]
    words += " console=ttyS1,115200 panic=-1 module_blacklist=bcm2835_wdt"
    words += f" systemd.show_status=yes systemd.default_device_timeout_sec=600 {_patience()}"
    told += ["-append", words]
    told += ["-drive", f"{card.drive},if=sd"]
    told += ["-serial", "null", "-serial", f"file:{folder}/console.log"]
    told += ["-monitor", f"unix:{folder}/monitor,server=on,wait=off"]
    told += ["-netdev", f"user,id=lan,ipv6=off,{ports}"]
    told += ["-device", f"usb-net,netdev=lan,mac={LAN_MAC}"]
    told += ["-object", f"filter-dump,id=dump,netdev=lan,file={folder}/lan.pcap"]
    told += ["-netdev", f"socket,id=mirror,udp=127.0.0.1:{there},localaddr=127.0.0.1:{theirs}"]
    told += ["-device", f"usb-net,netdev=mirror,mac={MIRROR_MAC}"]
    if stick is not None:
        told += ["-drive", f"file={stick},format=raw,if=none,id=stick,readonly=on"]
        told += ["-device", "usb-storage,drive=stick"]
    process = subprocess.Popen(
        ["nice", "-n", "10", "qemu-system-aarch64", *told], stdin=subprocess.DEVNULL
    )
    since = monotonic()
    monitor = socket.socket(socket.AF_UNIX)
    try:
        until("qemu runs", 30, lambda: _connected(monitor, folder / "monitor", process))
        yield Pi(folder, card, process, monitor, mirror, pages, ssh_port, since)
    finally:
        process.kill()
        process.wait()
        monitor.close()
        mirror.close()


def _patience() -> str:
    """Have systemd wait for the parts as long as they take where all is a hundred times slower."""
    dropin = b64encode(b"[Service]\nTimeoutStartSec=1200\nWatchdogSec=600\n").decode()
    units = (
        "vigie-panel",
        "vigie-probe",
        "vigie-sensor",
        "vigie-web",
        "vigie-outputs",
        "vigie-switch",
    )
    return " ".join(
        f"systemd.set_credential_binary=systemd.unit-dropin.{unit}.service:{dropin}"
        for unit in units
    )


def _connected(monitor: socket.socket, place: Path, process: subprocess.Popen[bytes]) -> bool:
    assert process.poll() is None, "qemu has ended"
    with suppress(OSError):
        monitor.connect(str(place))
        return True
    return False


def _cable() -> tuple[socket.socket, int]:
    """Give our end of a cable, and the port of the other: a datagram is a frame."""
    ours = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    ours.bind(("127.0.0.1", 0))
    ours.setblocking(False)
    theirs = _free(socket.SOCK_DGRAM)
    ours.connect(("127.0.0.1", theirs))
    return ours, theirs


def _free(kind: int = socket.SOCK_STREAM) -> int:
    with socket.socket(socket.AF_INET, kind) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
