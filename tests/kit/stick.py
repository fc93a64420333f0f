"""A USB stick with files on it, as a technician brings it, and packages for a Raspberry Pi."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.kit.vigie import ROOT

TARGET = "3.13-aarch64"
SPARE = 16 << 20
"""Octets beside the files: what a FAT takes for itself, and more."""


def stick(file: Path, *inside: Path) -> Path:
    """Make the stick *file* with *inside* on it: no partitions, one FAT."""
    size = sum(each.stat().st_size for each in inside) + SPARE
    subprocess.run(["mkfs.vfat", "-C", file, str(size >> 10)], check=True, capture_output=True)
    subprocess.run(["mcopy", "-i", file, *inside, "::"], check=True)
    return file


def packages(folder: Path) -> Path:
    """Have *folder* hold the packages that a Raspberry Pi needs, fetched now; or skip."""
    made = subprocess.run(
        [ROOT / ".ci/wheelhouse", TARGET], capture_output=True, text=True, check=False
    )
    if made.returncode:
        pytest.skip(f"the packages could not be fetched: {made.stderr.strip()[-200:]}")
    others = shutil.ignore_patterns("*_x86_64.whl")  # a checkout may have them beside
    shutil.copytree(ROOT / "wheelhouse", folder, ignore=others)
    return folder
