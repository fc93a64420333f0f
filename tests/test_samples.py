"""The shipped samples are what ``python -m tests.samples`` makes of the captures, and small."""

import gzip
import subprocess

import pytest

from appliance.detectors import ALL
from appliance.selftest.samples import SAMPLES
from tests.lab.machines import ROOT
from tests.samples import STEP, cut, shortest, source
from tests.test_house_rules import PYPROJECT

LARGEST = 1_500_000
"""Bytes of all samples: a box fetches them with every update."""


@pytest.mark.parametrize("detector", [each.about.id for each in ALL])
def test_a_sample_is_its_capture_with_shorter_packets(detector):
    """Otherwise `make bless` makes it anew."""
    shipped = gzip.decompress((SAMPLES / f"{detector}.pcap.gz").read_bytes())
    capture = source(detector)
    longest = [length for length in range(STEP, 1600, STEP) if cut(capture, length) == shipped]
    assert longest or cut(capture, 65_535) == shipped
    known, beside = capture.with_suffix(".toml"), SAMPLES / f"{detector}.toml"
    assert known.exists() == beside.exists()
    assert not known.exists() or known.read_text("utf-8") == beside.read_text("utf-8")


def test_samples_are_made_the_same_each_time():
    shipped = gzip.decompress((SAMPLES / "ransomware.pcap.gz").read_bytes())
    assert shortest(source("ransomware")) == shipped


def test_no_sample_is_left_of_a_detector_that_went():
    stems = {file.name.partition(".")[0] for file in SAMPLES.iterdir()}
    assert stems == {each.about.id for each in ALL}


def test_samples_are_small_and_come_with_the_package():
    """Hatchling takes along what is below a package and not ignored by git."""
    assert sum(file.stat().st_size for file in SAMPLES.iterdir()) < LARGEST
    packages = PYPROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    assert SAMPLES.relative_to(ROOT).parts[0] in packages
    page = ROOT / "appliance/selftest/page.html"
    files = [str(file) for file in (page, *SAMPLES.iterdir())]
    asked = subprocess.run(["git", "check-ignore", *files], cwd=ROOT, check=False)
    assert asked.returncode == 1
