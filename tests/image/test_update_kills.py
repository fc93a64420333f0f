"""An update in an emulated Raspberry Pi 3: refused, taken, and cut off at twenty points.

``make image-kills``. One update runs to its end; before its changes to the card, and while it is
built, the card is frozen as a power cut at this moment would leave it. From each of these a box is
then started. The tests are in their order: each goes on where the one before it ended. What was
seen goes to ``build/image/kills.log``.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kit.freezing import Frozen, Update, chosen, frozen_update
from tests.kit.pi_box import LOG as BOOT_LOG
from tests.kit.pi_box import Box, speaking
from tests.kit.releases import bundle, key_of, public, real_bundle
from tests.kit.stick import TARGET, packages, stick
from tests.lab.awaiting import until

pytestmark = [
    pytest.mark.long,
    pytest.mark.timeout(3600),
]

LOG = BOOT_LOG.with_name("kills.log")
OURS, THEIRS = key_of(1), key_of(2)
NEWER = "99.0.0"
BUNDLE = "/mnt/newer.bundle"
POINTS = int(os.environ.get("VIGIE_KILLS", "20"))
UNPACKING, BUILDING = POINTS * 3 // 20, POINTS // 10
"""How many of the points are before anything runs otherwise."""

RELAY = 17
PARTS = "vigie-panel vigie-probe vigie-sensor vigie-web vigie-outputs vigie-switch"
START_WITHIN = 1200
"""Seconds from power to page, emulated, on a machine that is busy with other things."""
PATIENT = ("--patience", "900", "--settle", "5")
"""What the update is told: here all is many times slower than on a Raspberry Pi."""

FILES = (
    r"cd /opt/vigie/current/ && find . -name __pycache__ -prune -o -type f -printf '%P %s\n' | sort"
)
"""What a build is made of, with the size of each file: one that was not flushed has none."""


def _plugged(folder: Path) -> Path:
    """Give a stick with what is ours and newer, what is not ours, and what is older."""
    foreign = bundle(folder, THEIRS, NEWER, (TARGET,)).rename(folder / "foreign.bundle")
    older = bundle(folder, OURS, "0.0.1", (TARGET,)).rename(folder / "older.bundle")
    newer = real_bundle(folder, packages(folder / "packages"), OURS, NEWER)
    newer = newer.rename(folder / "newer.bundle")
    return stick(folder / "stick.img", foreign, older, newer)


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Box]:
    """A box that trusts us and has a stick in it; its practice is isolated."""
    folder = tmp_path_factory.mktemp("pi")
    made = Box(folder, log=LOG, stick=_plugged(folder))
    try:
        with speaking(made):
            _isolated(made)
            yield made
    finally:
        made.cut_power()
        LOG.with_name("kills-console.log").write_text(made.pi.console, "utf-8")


def _isolated(box: Box) -> None:
    until("the page answers", START_WITHIN, lambda: box.page("/login")[0] == 200)
    grown = "test -e /data/card/grown"
    until("the card has grown", START_WITHIN, lambda: box.pi.run(grown).returncode == 0)
    box.pi.sh("mount -o ro /dev/sda /mnt")
    box.pi.sh(f"echo '{public(OURS).decode()}' >/etc/vigie/release.pem")
    box.pi.run("vigie isolate --why test")
    box.pi.sh("vigie incident open --why remember")
    box.note(f"isolated, with an incident, {box.pi.age:.0f} s after the first start")


@pytest.fixture(scope="module")
def old(box: Box) -> str:
    """The build of the image."""
    return _build(box)


def _build(box: Box) -> str:
    return box.pi.sh("readlink /opt/vigie/current")


def _keeps_what_was_decided(box: Box) -> bool:
    """Tell whether the line is cut, and what was written down is known."""
    is_cut = box.status()["state"] == "isolated"
    return is_cut and "remember" in box.pi.sh("vigie incident list")


@pytest.mark.parametrize(("name", "word"), [("foreign", "not signed"), ("older", "not newer")])
def test_what_is_not_ours_or_older_is_refused_in_one_sentence(
    box: Box, old: str, name: str, word: str
) -> None:
    done = box.pi.run(f"vigie update /mnt/{name}.bundle")
    assert (done.returncode, done.stdout) == (2, "")
    assert word in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert _build(box) == old
    box.note(f"{name}: {done.stderr.strip()}")


@pytest.fixture(scope="module")
def update(box: Box, old: str) -> Update:
    """The update, with the cards that were frozen during it."""
    before = box.pi.age
    done = frozen_update(box.pi, box.folder, BUNDLE, *PATIENT)
    took = box.pi.age - before
    box.note(f"the update of {old} makes {done.changes} changes and takes {took:.0f} s")
    box.note(f"it ended with {done.status}: {done.said.strip()}")
    box.note(f"the card was frozen {len(done.frozen)} times:")
    for each in done.frozen:
        box.note(f"  {each.phase}, {each.when}")
    return done


@pytest.fixture(scope="module")
def whole(box: Box, update: Update) -> str:
    """The files of the new build, once it was put in use."""
    return box.pi.sh(FILES)


def test_a_signed_newer_bundle_is_taken_and_the_line_stays_cut(box: Box, update: Update) -> None:
    assert update.status == 0, update.said
    assert _build(box).startswith(NEWER)
    assert box.pi.pin(RELAY)
    assert _keeps_what_was_decided(box)
    assert box.page("/login")[0] == 200


@pytest.fixture(scope="module")
def points(update: Update) -> list[Frozen]:
    """The cards from which a box is started."""
    return [
        *chosen(update.frozen, "unpacking", UNPACKING),
        *chosen(update.frozen, "building", BUILDING),
        *chosen(update.frozen, "switching", POINTS - UNPACKING - BUILDING),
    ]


@pytest.fixture(scope="module")
def ends() -> dict[int, str]:
    """The build in use after each start."""
    return {}


@pytest.mark.parametrize("number", range(POINTS))
def test_cut_off_it_starts_with_the_old_build_or_the_new_one_and_loses_nothing(
    box: Box, old: str, whole: str, points: list[Frozen], ends: dict[int, str], number: int
) -> None:
    """The relay is driven before anything is sent; what was decided stays known."""
    box.cut_power()
    layer = box.folder / "cut-off.qcow2"
    box.card, box.stick = points[number].card.copied(layer), None
    box.switch_on()
    assert not box.pi.pin(RELAY)
    until("the relay is driven", START_WITHIN, lambda: box.pi.pin(RELAY))
    assert not box.pi.has_spoken
    relay = box.pi.age
    until("the page answers", START_WITHIN, lambda: box.page("/login")[0] == 200)
    page = box.pi.age
    until("all is active", START_WITHIN, lambda: _runs(box))
    until("no trial is left", START_WITHIN, lambda: not _is_on_trial(box))
    until("all is active", START_WITHIN, lambda: _runs(box))
    build = ends[number] = _build(box)
    box.note(
        f"{number + 1}. cut off {points[number].when}: relay after {relay:.0f} s, page after "
        f"{page:.0f} s, all judged after {box.pi.age:.0f} s: it starts with {build}"
    )
    assert build == old or build.startswith(NEWER)
    assert build == old or box.pi.sh(FILES) == whole
    assert box.pi.pin(RELAY)
    assert _keeps_what_was_decided(box)
    assert box.pi.sh("systemctl --failed --no-legend --plain") == ""


def _runs(box: Box) -> bool:
    return box.pi.run(f"systemctl is-active --quiet {PARTS}").returncode == 0


def _is_on_trial(box: Box) -> bool:
    return box.pi.run("test -e /opt/vigie/trial.json").returncode != 1


def test_an_early_cut_left_the_old_build_and_a_late_one_the_new(
    old: str, ends: dict[int, str]
) -> None:
    assert len(ends) == POINTS
    assert ends[0] == old
    assert ends[POINTS - 1].startswith(NEWER)
