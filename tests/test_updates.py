"""An update on an installed Debian 13: taken, refused, and killed at twenty points.

Killed means: the process that updates dies before a change to the disk, and so does the machine,
which loses what was not flushed and then starts again from what is there. The tests are about one
machine, in their order: each goes on where the one before it ended.
"""

import os
from collections.abc import Iterator
from functools import partial

import pytest

from tests.kit.disk import LONG, Box
from tests.kit.installed import fetched, status
from tests.kit.releases import key_of, public, real_bundle
from tests.lab.awaiting import until

pytestmark = [
    pytest.mark.long,
    pytest.mark.timeout(3600),
]

OURS, THEIRS = key_of(1), key_of(2)
NEWER = "99.0.0"
# It brings a unit that the one before has not: units come and go with versions.
UNIT = "vigie-more.service"
MORE = {UNIT: "[Service]\nExecStart=/bin/true\n"}
BUNDLES = {
    "newer": partial(real_bundle, key=OURS, version=NEWER, units=MORE),
    "foreign": partial(real_bundle, key=THEIRS, version=NEWER),
    "older": partial(real_bundle, key=OURS, version="0.0.1"),
}
BUNDLE = "/root/newer.bundle"

POINTS, UNPACKING = int(os.environ.get("VIGIE_KILLS", "20")), 5
"""At how many points it is killed, and at how many of them before anything runs otherwise; 54 are
all that it has from then on."""

WATCHED = "systemctl restart vigie-panel.service"
"""The change before which the new build runs, and is on trial."""


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Box]:
    """A box that is installed, and whose practice is isolated."""
    made = Box(tmp_path_factory.mktemp("disk"), BUNDLES, public(OURS))
    try:
        made.install()
        made.machine.run("vigie", "isolate", "--why", "test")
        made.machine.sh("vigie incident open --why remember")
        yield made
    finally:
        made.cut_power()


@pytest.fixture(scope="module")
def old(box: Box) -> str:
    """The build that was installed."""
    return box.build


def keeps_what_was_decided(box: Box) -> bool:
    """Tell whether the line is cut, and what was written down is known."""
    is_cut = status(box.machine)["state"] == "isolated"
    return is_cut and "remember" in box.machine.sh("vigie incident list")


@pytest.mark.parametrize(("name", "word"), [("foreign", "not signed"), ("older", "not newer")])
def test_what_is_not_ours_or_older_is_refused_in_one_sentence(
    box: Box, old: str, name: str, word: str
) -> None:
    done = box.machine.run("vigie", "update", f"/root/{name}.bundle")
    assert (done.returncode, done.stdout) == (2, "")
    assert word in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert box.build == old


def test_a_signed_newer_bundle_is_taken_and_the_line_stays_cut(box: Box, old: str) -> None:
    panel = box.machine.show("vigie-panel", "MainPID")
    done = box.update(BUNDLE)
    assert done.returncode == 0, done.stdout + done.stderr
    assert box.build.startswith(NEWER)
    assert box.machine.show("vigie-panel", "MainPID") != panel
    assert keeps_what_was_decided(box)
    assert fetched(box.machine, "https://192.168.77.2/login") == 200
    box.put_back(old)
    assert keeps_what_was_decided(box)


def test_cut_off_while_the_build_is_put_in_place_the_old_one_starts(box: Box, old: str) -> None:
    box.machine.sh("rm -rf /opt/vigie/99*")
    box.machine.sh(f"systemd-run --quiet vigie update {BUNDLE}")
    half = "ls -d /opt/vigie/99*/lib/python3*/site-packages/flask"
    until("half of it is there", LONG, lambda: box.machine.run("sh", "-c", half).returncode == 0)
    box.again()
    assert box.build == old
    assert box.machine.run("sh", "-c", "ls /opt/vigie/99*/complete").returncode != 0
    assert keeps_what_was_decided(box)
    box.note("cut off while the build was put in place: it starts with the old one")


@pytest.fixture(scope="module")
def points(box: Box, old: str) -> list[int]:
    """The changes before which it is killed, of those that an update makes; the last is one."""
    done = box.killed(BUNDLE, 0)
    assert done.returncode == 0, done.stdout + done.stderr
    told = dict(line.split() for line in done.stdout.splitlines() if len(line.split()) == 2)
    builds, last = int(told["builds"]), int(told["changes"])
    box.note(f"an update makes {last} changes to the disk; it builds at {builds}")
    box.put_back(old)
    rest = POINTS - UNPACKING - 1
    return [
        *(builds * number // UNPACKING + 1 for number in range(UNPACKING)),
        *(builds + 1 + (last - builds - 1) * number // rest for number in range(rest + 1)),
    ]


@pytest.fixture(scope="module")
def ends() -> list[str]:
    """The builds in use after each kill."""
    return []


@pytest.mark.parametrize("number", range(POINTS))
def test_killed_it_starts_with_the_old_build_or_the_new_one_and_loses_nothing(
    box: Box, old: str, points: list[int], ends: list[str], number: int
) -> None:
    """The line stays cut and what was decided stays known."""
    if box.build != old:
        box.put_back(old)
    # So that the changes have the same numbers, also where a kill left it there.
    box.machine.sh(f"rm -f /etc/systemd/system/{UNIT}")
    done = box.killed(BUNDLE, points[number])
    assert done.returncode in {-9, 137}, done.stdout + done.stderr
    box.again()
    ends.append(box.build)
    before = done.stdout.partition("killed ")[2].strip()
    box.note(f"killed before change {points[number]} ({before}): it starts with {ends[-1]}")
    assert ends[-1] == old or ends[-1].startswith(NEWER)
    assert keeps_what_was_decided(box)
    assert box.machine.sh("systemctl --failed --no-legend --plain") == ""


def test_an_early_kill_left_the_old_build_and_a_late_one_the_new(old: str, ends: list[str]) -> None:
    assert len(ends) == POINTS
    assert ends[0] == old
    assert ends[-1].startswith(NEWER)


def test_cut_off_again_while_the_new_build_is_judged_it_is_judged_at_the_next_start(
    box: Box, old: str
) -> None:
    if box.build != old:
        box.put_back(old)
    done = box.killed(BUNDLE, WATCHED)
    assert done.returncode in {-9, 137}, done.stdout + done.stderr
    box.cut_power()
    box.switch_on()
    until("it is judged", LONG, lambda: box.machine.is_active("vigie-judge"))
    box.again()
    assert box.build.startswith(NEWER)
    assert keeps_what_was_decided(box)
    box.note("cut off again while the new build was judged: it starts with the new one")


def test_after_all_that_an_update_goes_through_and_nothing_is_left(box: Box, old: str) -> None:
    if box.build != old:
        box.put_back(old)
    done = box.update(BUNDLE)
    assert done.returncode == 0, done.stdout + done.stderr
    left = set(box.machine.sh("ls -A /opt/vigie").split())
    assert left == {"current", "former", box.build, old}
    assert box.machine.sh("find /etc /usr/local /opt/vigie -maxdepth 3 -name '*.new'") == ""
    assert keeps_what_was_decided(box)
