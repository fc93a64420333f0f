"""A machine encrypts a share, in all the ways there are; or somebody works with many files."""

import sys
from functools import partial

from tests.lab import services
from tests.lab.papers import letter, table
from tests.lab.practice import Practice
from tests.lab.programs.encrypt import STRATEGIES
from tests.lab.programs.office import WORKS
from tests.lab.scenes import work
from tests.lab.scenes.scene import Scene

_LENGTH = 700
"""Octets recorded of each packet: the heads, and what of the content is looked at."""
_FOLDERS = ("dossiers", "dossiers/2025", "courrier", "photos", "scans", "sauvegarde")
_ENDINGS = ("docx", "pdf", "jpg", "txt")


def papers(practice: Practice, *endings: str, count: int) -> list[str]:
    """Put documents on the file server, by hand; give their paths on the share."""
    share, made = services.shared(practice), []
    for folder in _FOLDERS:
        (share / folder).mkdir(parents=True, exist_ok=True)
    for number in range(count):
        ending = endings[number % len(endings)]
        path = f"{_FOLDERS[number % 3]}/piece-{number:03}.{ending}"
        content = table(number, 6144) if ending == "gdb" else letter(number, path)
        (share / path).write_bytes(content)
        made.append(path)
    return made


def encrypt(practice: Practice, strategy: str, protocol: str = "SMB3") -> None:
    """A workstation encrypts 13 documents."""
    files = papers(practice, *_ENDINGS, count=13)
    if strategy == "with_notes":
        files += papers(practice, "bak", count=3)
    _program(practice, "encrypt", strategy, practice.hosts["nas"].ip, protocol, *files)


def do(practice: Practice, what: str, *endings: str, count: int = 12) -> None:
    """A workstation works with as many documents."""
    files = papers(practice, *endings or _ENDINGS, count=count)
    if what == "back_up":
        files += papers(practice, "vbk", count=4)
    _program(practice, "office", what, practice.hosts["nas"].ip, *files)


def ordinary_work(practice: Practice) -> None:
    """Letters are put and fetched, documents saved, photos turned."""
    work.use_share(practice, "reception")
    do(practice, "save_documents", "docx", count=3)
    do(practice, "edit_photos", "jpg", count=9)


def use_database(practice: Practice) -> None:
    """A program of the practice, all day long."""
    do(practice, "use_database", "gdb", count=3)


def fetch_all(practice: Practice) -> None:
    """smbclient reads the whole share into an archive of its own."""
    papers(practice, *_ENDINGS, count=12)
    share, archive = f"//{practice.hosts['nas'].ip}/donnees", practice.folder / "all.tar"
    practice.run("reception", ["smbclient", "-N", share, "-Tc", str(archive)], check=True)


def program(name: str, *about: str) -> list[str]:
    """Give what starts one of the lab's own programs."""
    return [sys.executable, "-m", f"tests.lab.programs.{name}", *about]


def _program(practice: Practice, name: str, *about: str) -> None:
    practice.run("surgery", program(name, *about), timeout=30, check=True)


SCENES = {
    **{
        f"encrypts_{strategy}": Scene(play=partial(encrypt, strategy=strategy), snaplen=_LENGTH)
        for strategy in STRATEGIES
    },
    "encrypts_in_place_by_smb1": Scene(
        play=partial(encrypt, strategy="in_place", protocol="NT1"), snaplen=_LENGTH
    ),
    "ordinary_work": Scene(play=ordinary_work, snaplen=_LENGTH),
    "lookalike_fetch_all": Scene(play=fetch_all, snaplen=_LENGTH),
    **{
        f"lookalike_{what}": Scene(play=partial(do, what=what), snaplen=_LENGTH)
        for what in WORKS
        if what not in {"save_documents", "edit_photos", "use_database"}
    },
    "lookalike_use_database": Scene(play=use_database, snaplen=_LENGTH),
}
