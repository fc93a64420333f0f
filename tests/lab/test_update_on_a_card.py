"""A switch of builds where the card has them: in overlays of the kernel, above a read-only root.

As ``image/files/etc/initramfs-tools/scripts/local-bottom/card`` lays it out: what is written to
the root is gone with the next start, the builds that came later lie on the partition that lasts,
above the one of the image. There a folder of the image cannot be renamed (EXDEV), and what is
removed of it is only hidden.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from appliance.update.switching import Ended, judge, switch
from tests.kit.switched import Pretended, box_in, build, say
from tests.kit.vigie import ROOT

IMAGES, NEW, NEWER = "0.2.0-aaaaaaaa", "0.3.0-bbbbbbbb", "0.4.0-cccccccc"


def run(*words: str | Path) -> None:
    subprocess.run(words, check=True)


@contextmanager
def mounted(kind: str, options: str, place: Path) -> Iterator[None]:
    place.mkdir(parents=True, exist_ok=True)
    run("mount", "-t", kind, "-o", options, "none", place)
    try:
        yield
    finally:
        run("umount", place)


@contextmanager
def mounted_at(folder: Path, place: Path) -> Iterator[None]:
    place.mkdir(parents=True, exist_ok=True)
    run("mount", "--bind", folder, place)
    try:
        yield
    finally:
        run("umount", place)


@dataclass
class Card:
    """The image and the partition that lasts; the root while it is on."""

    image: Path
    data: Path
    root: Path

    @contextmanager
    def on(self) -> Iterator[Pretended]:
        """Start the machine from it, all parts running."""
        written = self.root.parent / "written"
        with ExitStack() as stack:
            stack.enter_context(mounted("tmpfs", "size=16m", written))
            for name in ("upper", "work"):
                (written / name).mkdir()
            over = f"lowerdir={self.image},upperdir={written}/upper,workdir={written}/work"
            stack.enter_context(mounted("overlay", over, self.root))
            builds = self.data / "opt/vigie"
            over = f"lowerdir={self.image}/opt/vigie,upperdir={builds},workdir={self.data}/opt/work"
            stack.enter_context(mounted("overlay", over, self.root / "opt/vigie"))
            stack.enter_context(
                mounted_at(self.data / "var/lib/vigie", self.root / "var/lib/vigie")
            )
            services = Pretended(self.root)
            services.boot()
            yield services


@pytest.fixture
def card(tmp_path: Path) -> Iterator[Card]:
    if os.geteuid() != 0:
        pytest.skip("only root can mount")
    # An overlay cannot lie in another one, as the temporary files of a container do.
    with mounted("tmpfs", "size=64m", tmp_path / "card"):
        made = Card(*(tmp_path / "card" / name for name in ("image", "data", "root")))
        for place in ("opt/vigie", "opt/work", "var/lib/vigie"):
            (made.data / place).mkdir(parents=True)
        made.image.mkdir()
        # Where the root will be: links of the system are absolute.
        with mounted_at(made.image, made.root):
            build(made.root, IMAGES)
            switch(box_in(made.root, Pretended(made.root)), IMAGES)
        yield made


def test_there_a_folder_of_the_image_cannot_be_renamed(card: Card) -> None:
    """What this is about: whoever renames one, instead of a link, fails on the card alone."""
    with card.on(), pytest.raises(OSError, match="cross-device"):
        (card.root / "opt/vigie" / IMAGES).rename(card.root / "opt/vigie/other")


def test_another_build_is_in_use_also_after_the_next_start(card: Card) -> None:
    with card.on() as services:
        box = box_in(card.root, services)
        say(box, "before")
        build(card.root, NEW)
        assert switch(box, NEW) is Ended.WELL
    with card.on() as services:
        assert set(services.runs.values()) == {NEW}
        assert box_in(card.root, services).builds.former == IMAGES


def test_the_images_build_goes_when_two_later_ones_are_there(card: Card) -> None:
    with card.on() as services:
        box = box_in(card.root, services)
        for name in (NEW, NEWER):
            build(card.root, name)
            assert switch(box, name) is Ended.WELL
    with card.on() as services:
        found = {entry.name for entry in (card.root / "opt/vigie").iterdir()}
        assert found == {NEW, NEWER, "current", "former"}
        assert set(services.runs.values()) == {NEWER}


def test_the_same_build_comes_again_where_it_was_removed(card: Card) -> None:
    """A folder in the place of a hidden one: nothing of the hidden one shines through."""
    with card.on() as services:
        box = box_in(card.root, services)
        for name in (NEW, NEWER):
            build(card.root, name)
            switch(box, name)
        build(card.root, IMAGES)
        assert switch(box, IMAGES) is Ended.WELL
        shutil.rmtree(card.root / "opt/vigie" / IMAGES / "bin")
    with card.on() as services:
        assert set(services.runs.values()) == {IMAGES}
        assert not (card.root / "opt/vigie" / IMAGES / "bin").exists()


@pytest.mark.parametrize("broken", [False, True])
def test_killed_at_points_all_along_one_of_the_two_runs_after_the_start(
    card: Card, broken: bool
) -> None:
    """Before every second change to the disk; with the process the machine goes, and its memory."""
    ends = set()
    for point in range(1, 400, 2):
        shutil.rmtree(card.data)
        for place in ("opt/vigie", "opt/work", "var/lib/vigie"):
            (card.data / place).mkdir(parents=True)
        with card.on() as services:
            say(box_in(card.root, services), "before")
            build(card.root, NEW, broken=broken)
            command = [sys.executable, "-m", "tests.kit.switched", card.root, NEW, str(point)]
            hit = subprocess.run(command, cwd=ROOT, check=False, stdout=-3).returncode != 0
        with card.on() as services:
            box = box_in(card.root, services)
            judge(box)
            assert set(services.runs.values()) == {box.builds.current}, point
            if hit:
                ends.add(box.builds.current)
        if not hit:
            break
    assert not hit
    assert ends == ({IMAGES} if broken else {IMAGES, NEW})
