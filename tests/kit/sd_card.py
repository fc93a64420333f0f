"""The card of a Raspberry Pi as a file: what was written to it, and what a box adds to that."""

import re
import shutil
import struct
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.kit.vigie import ROOT

IMAGE = ROOT / "build/image/vigie.img"
NEEDED = ("qemu-system-aarch64", "mcopy", "fdtput", "ssh", "ssh-keygen", "qemu-img")
CARD = 8 << 30
"""Octets of the card; qemu takes a power of two, and the data partition is to grow."""


@dataclass(frozen=True, slots=True)
class Card:
    """The card that a person has written, in the slot of no box yet."""

    file: Path
    layer: Path | None = None
    """Where all is that was written to it after *file* was frozen."""

    @property
    def drive(self) -> str:
        """Say to qemu where it is."""
        return f"file={self.layer or self.file},format={'qcow2' if self.layer else 'raw'}"

    def copied(self, layer: Path) -> "Card":
        """Give one of the same content; what is written to it comes to *layer*."""
        below = ["-b", self.layer or self.file, "-F", "qcow2" if self.layer else "raw"]
        subprocess.run(["qemu-img", "create", "-q", "-f", "qcow2", *below, layer], check=True)
        return Card(self.file, layer)

    def partition(self, number: int) -> tuple[int, int]:
        """Give first octet and length of a partition."""
        with self.file.open("rb") as file:
            table = file.read(512)[446:510]
        first, sectors = struct.unpack_from("<II", table, (number - 1) * 16 + 8)
        return first * 512, sectors * 512

    def get(self, name: str, to: Path) -> Path:
        """Copy a file off the first partition."""
        self._mtool("mcopy", "-n", "-o", f"::{name}", str(to))
        return to

    def put(self, name: str, text: str, beside: Path) -> None:
        """Put a file on the first partition, as a person does with a computer."""
        beside.write_text(text, "utf-8")
        self._mtool("mcopy", "-o", str(beside), f"::{name}")

    def names(self) -> set[str]:
        """Give the names on the first partition."""
        return set(re.findall(r"^::/(.*)$", self._mtool("mdir", "-b"), re.MULTILINE))

    def _mtool(self, tool: str, *words: str) -> str:
        first, _ = self.partition(1)
        where = ["-i", f"{self.file}@@{first}"]
        done = subprocess.run([tool, *where, *words], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout


def new_card(folder: Path) -> Card:
    """Give a card with the image on it; skip where there is none, or no qemu."""
    missing = [program for program in NEEDED if shutil.which(program) is None]
    if missing:
        pytest.skip(f"programs are missing: {', '.join(missing)}")
    if not IMAGE.exists():
        pytest.skip("there is no image: make image")
    card = Card(folder / "card.img")
    subprocess.run(["cp", "--sparse=always", IMAGE, card.file], check=True)
    with card.file.open("r+b") as file:
        file.truncate(CARD)
    return card
