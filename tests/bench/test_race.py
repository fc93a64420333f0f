"""Running contenders as child processes."""

import os
import subprocess
import sys

import pytest

from tests.bench.__main__ import race
from tests.bench.contenders import Contender, missing
from tests.bench.race import RaceError, Run, one_processor, run, stretch
from tests.kit.vigie import ROOT


def python(code: str) -> tuple[str, ...]:
    return (sys.executable, "-c", code)


def test_what_a_child_takes_is_measured():
    """It starts a Python and fills some memory: all three figures are there.

    A child's peak is never below what its parent held when it was started (Linux keeps the figure
    over exec), so a small parent is asked, as the bench is one.
    """
    measure = (
        "import sys; from tests.bench.race import run;"
        "found = run((sys.executable, '-c', '(b\"x\" * 40_000_000).count(1)'), 1000);"
        "print(found.cpu, found.wall, found.peak)"
    )
    said = subprocess.run(python(measure), capture_output=True, text=True, check=True, cwd=ROOT)
    cpu, wall, peak = map(float, said.stdout.split())
    assert cpu > 0
    assert wall > 0
    assert 40 < peak < 400


def test_a_program_that_reads_a_part_is_scaled_without_its_start():
    """It took 3 s, 1 s of them to start, for a fifth of the packets."""
    last = '{"read": 200, "cpu": 2.0, "wall": 2.5}'
    scaled = stretch(Run(cpu=3.0, wall=4.0, peak=60.0), last, 1000)
    assert (scaled.cpu, scaled.wall, scaled.peak) == (1 + 5 * 2.0, 1.5 + 5 * 2.5, 60.0)


def test_a_failure_is_said_and_does_not_stop_the_others():
    """With its status and its last words; it is not tried again."""
    broken = Contender(name="broken", command=python("import sys; sys.exit('no such file')"))
    absent = Contender(name="absent", command=("vigie-has-no-such-program",))
    sound = Contender(name="sound", command=python(""))
    best, failed = race([broken, absent, sound], 1000, 2)
    assert set(best) == {"sound"}
    assert failed["broken"] == "ended with status 1: no such file"
    assert failed["absent"].startswith("cannot be started")


def test_a_program_that_dies_silently_is_a_failure_too():
    with pytest.raises(RaceError, match="ended with status -9: it said nothing"):
        run(python("import os; os.kill(os.getpid(), 9)"), 1000)


def test_the_best_of_two_runs_has_the_least_time_and_the_most_memory():
    one, two = Run(cpu=1.0, wall=3.0, peak=70.0), Run(cpu=2.0, wall=2.5, peak=60.0)
    assert one.best(two) == Run(cpu=1.0, wall=2.5, peak=70.0)


def test_an_absent_peer_is_named_with_its_package():
    """What has no Debian package is only said to be absent."""
    there = Contender(name="a", command=(sys.executable,))
    absent = Contender(name="b", command=("vigie-has-no-such-program",), package="some-package")
    assert missing(there) == ""
    assert missing(absent) == "not installed (Debian: apt-get install some-package)"


def test_all_run_on_one_processor_and_then_on_all_again():
    before = os.sched_getaffinity(0)
    with one_processor() as chosen:
        assert os.sched_getaffinity(0) == {chosen}
    assert os.sched_getaffinity(0) == before
