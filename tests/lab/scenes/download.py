"""A program comes in clear; or an update does, or a picture.

What is fetched are programs of this Debian, from Python's own web server: it tells a file's type
by the ending of its name, whatever is inside.
"""

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zipfile import ZipFile

from tests.lab.cast import STRANGER, STRANGER_NAME, UPDATES_NAME
from tests.lab.practice import Practice
from tests.lab.scenes import work
from tests.lab.scenes.scene import Scene

_PORT = 8000


def program_from_a_stranger(practice: Practice) -> None:
    """A workstation fetches a program from a host that nobody has heard of."""
    with _files(practice):
        _fetch(practice, "reception", f"http://{STRANGER_NAME}:{_PORT}/setup.exe")


def program_called_a_picture(practice: Practice) -> None:
    """The same, from a bare address, and it says that it is a picture."""
    with _files(practice):
        _fetch(practice, "surgery", f"http://{STRANGER}:{_PORT}/logo.png")


def archive_with_a_script(practice: Practice) -> None:
    """An invoice, as they come by mail."""
    with _files(practice):
        _fetch(practice, "reception", f"http://{STRANGER_NAME}:{_PORT}/facture.zip")


def script_by_its_ending(practice: Practice) -> None:
    """A page that is a program: only its name says so."""
    with _files(practice):
        _fetch(practice, "surgery", f"http://{STRANGER_NAME}:{_PORT}/facture.hta")


def ordinary_work(practice: Practice) -> None:
    """Pages, files, images."""
    work.browse(practice, "reception", *work.SITES)
    work.use_share(practice, "surgery")


def updates_in_clear(practice: Practice) -> None:
    """Windows fetches programs in clear every month; so does what shares its updates."""
    with _files(practice):
        _fetch(practice, "reception", f"http://download.{UPDATES_NAME}:{_PORT}/setup.exe")
        agent = "Microsoft-Delivery-Optimization/10.0"
        _fetch(practice, "surgery", f"http://{STRANGER}:{_PORT}/setup.exe", "-A", agent)


def pictures_and_documents(practice: Practice) -> None:
    """Nothing that does anything, from the same host; and a program from inside."""
    with _files(practice):
        for name in ("photo.jpg", "photos.zip"):
            _fetch(practice, "reception", f"http://{STRANGER_NAME}:{_PORT}/{name}")
    with _files(practice, "nas"):
        _fetch(practice, "reception", f"http://{practice.hosts['nas'].ip}:{_PORT}/setup.exe")


@contextmanager
def _files(practice: Practice, who: str = "internet") -> Iterator[None]:
    folder = practice.folder / f"files-{who}"
    folder.mkdir()
    _fill(folder)
    program = [sys.executable, "-m", "http.server", str(_PORT), "--directory", str(folder)]
    with practice.running(who, program):
        practice.await_ports(who, _PORT)
        yield


def _fill(folder: Path) -> None:
    for name in ("setup.exe", "logo.png"):
        shutil.copy("/bin/true", folder / name)
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0\0\x10JFIF\0" + bytes(2000))
    (folder / "facture.hta").write_text("<html><script>1</script></html>\n" * 20)
    with ZipFile(folder / "facture.zip", "w") as archive:
        archive.writestr("facture.js", "1;\n" * 50)
    with ZipFile(folder / "photos.zip", "w") as archive:
        archive.write(folder / "photo.jpg", "photo.jpg")


def _fetch(practice: Practice, who: str, url: str, *how: str) -> None:
    practice.run(who, ["curl", "-sS", "-m", "5", *how, "-o", "/dev/null", url], check=True)


SCENES = {
    "program_from_a_stranger": Scene(play=program_from_a_stranger),
    "program_called_a_picture": Scene(play=program_called_a_picture),
    "archive_with_a_script": Scene(play=archive_with_a_script),
    "script_by_its_ending": Scene(play=script_by_its_ending),
    "ordinary_work": Scene(play=ordinary_work),
    "lookalike_updates_in_clear": Scene(play=updates_in_clear),
    "lookalike_pictures_and_documents": Scene(play=pictures_and_documents),
}
