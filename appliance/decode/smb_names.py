"""What is told of a file's name: hashes, its ending where that is a common one, what it looks like.

On the shares of a practice files bear the names of patients. A hash is keyed with a secret that is
made when the program starts and never written: it tells only whether two names are the same.
"""

import os
from hashlib import blake2b
from typing import NamedTuple

from appliance.knowledge.file_names import FileNames, Nature, file_names

_SALT = os.urandom(16)
_DIGEST = 7
"""Bytes of a hash: two of a million names are equal with a chance of 1 to 100,000."""
_LONGEST_NAME = 255
"""Characters of a name that is looked at; Windows has no longer ones."""
_LONGEST_ENDING = 24
"""Characters behind the last dot that still are an ending."""
_NAMES: FileNames = file_names()


class Named(NamedTuple):
    """What is told of a name; see `appliance.facts.FileTouched`."""

    folder: int = 0
    name: int = 0
    stem: int = 0
    ending: int = 0
    extension: str = ""
    looks: str = ""


def named(path: str, tree: int) -> Named:
    r"""Tell of the file at *path*, ``folder\name``, on the share that *tree* stands for."""
    folder, _, name = path.strip("\\/\0").casefold().replace("/", "\\").rpartition("\\")
    name = name.partition(":")[0][:_LONGEST_NAME]  # behind a colon: a stream of that file
    stem, dot, ending = name.rpartition(".")
    if not (dot and stem and 0 < len(ending) <= _LONGEST_ENDING and " " not in ending):
        stem, ending = name, ""
    nature = _NAMES.nature(ending)
    return Named(
        folder=_hashed(f"{tree}\\{folder}"),
        name=_hashed(name),
        stem=_hashed(stem),
        ending=_hashed(ending) if ending else 0,
        extension="" if nature is Nature.UNKNOWN else ending,
        looks=_looks(name, ending, nature),
    )


def _looks(name: str, ending: str, nature: Nature) -> str:
    if nature in (Nature.RANSOMWARE, Nature.BACKUP):
        return nature.value
    return "note" if _NAMES.is_note(name, ending) else ""


def _hashed(text: str) -> int:
    digest = blake2b(text.encode("utf-8", "replace"), key=_SALT, digest_size=_DIGEST)
    return int.from_bytes(digest.digest())
