"""``make fuzz`` tries properties with the profile that it names, longer than the usual one."""

import re
import subprocess
import sys
from pathlib import Path

from hypothesis import settings

from tests.kit.examples import USUAL, usually

ROOT = Path(__file__).parent.parent


def test_the_profile_that_is_asked_for_counts_and_not_the_usual_one() -> None:
    """conftest.py loads the usual one, which the option must outweigh."""
    words = ("--collect-only", "-v", "--hypothesis-profile=long", __file__)
    found = subprocess.run(
        (sys.executable, "-m", "pytest", *words),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    (said,) = re.findall("^hypothesis profile.*", found.stdout, re.MULTILINE)
    assert "'long'" in said
    assert "max_examples=5000" in said


def test_properties_with_a_number_of_their_own_are_lengthened_in_proportion() -> None:
    before = settings.get_current_profile_name()
    try:
        settings.load_profile("usual")
        assert (settings().max_examples, usually(40)) == (USUAL, 40)
        settings.load_profile("long")
        assert usually(40) == 4000
    finally:
        settings.load_profile(before)


def test_no_property_keeps_a_number_of_its_own_however_long_is_asked_for() -> None:
    """By `usually`; one that is slow on purpose says so."""
    found = [
        f"{file.relative_to(ROOT)}: {line}"
        for file in sorted((ROOT / "tests").rglob("test_*.py"))
        for line in file.read_text("utf-8").splitlines()
        if re.search(r"settings\(.*max_examples=\d", line) and "slow" not in line
    ]
    assert not found
