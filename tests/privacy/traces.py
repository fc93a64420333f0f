"""Looking for names: in files, in what was said, and in the memory of processes."""

from base64 import b64encode
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from tests.privacy.patients import STEM, names

_CODES = ("utf-8", "latin-1", "utf-16-le")
_AT_ONCE = 1 << 24
"""Octets of a process's memory that are read at once."""
_AROUND = 30


def spellings(name: str) -> list[bytes]:
    """Give the ways in which *name* may be written down, in small letters.

    UTF-16 without its last octet is the same in either order. Of the three ways to be cut into
    base64, only what does not depend on the neighbours is given.
    """
    plain = name.encode()
    spelt = {name.lower().encode(code).rstrip(b"\0") for code in _CODES} | {plain.hex().encode()}
    for lead in range(3):
        coded = b64encode(bytes(lead) + plain)
        spelt.add(coded[4 if lead else 0 : len(coded) - 4].lower())
    return sorted(spelt)


_STEMS = spellings(STEM)
LONGEST = max(map(len, _STEMS)) + 2 * _AROUND


def found(where: str, data: bytes) -> set[str]:
    """Say which names are in *data*, where they are from, and what is around them."""
    lower = data.lower()
    return {
        f"{where}: {_place(lower[at : at + LONGEST])}: {data[max(0, at - _AROUND) :][:LONGEST]!r}"
        for stem in _STEMS
        for at in _all(stem, lower)
    }


def _all(stem: bytes, lower: bytes) -> Iterator[int]:
    at = lower.find(stem)
    while at >= 0:
        yield at
        at = lower.find(stem, at + 1)


def _place(lower: bytes) -> str:
    """Tell where the name that *lower* begins with is from."""
    for name, place in names().items():
        if any(lower.startswith(name.lower().encode(code)) for code in _CODES):
            return f"the name in {place}"
    return "part of a name"


def in_files(folder: Path) -> tuple[set[str], list[str]]:
    """Give what is found in all files below *folder* and in their names, and which those are."""
    hits: set[str] = set()
    read = []
    for file in sorted(folder.rglob("*")):
        with suppress(FileNotFoundError):  # a spare copy gets its name when it is whole
            if file.is_file():
                hits |= found(file.name, file.read_bytes())
                hits |= found("a file's name", str(file).encode())
                read.append(file.name)
    return hits, read


def in_memory(pid: int) -> tuple[set[str], int]:
    """Give what is found in all memory that the process may write to, and how much that is."""
    hits: set[str] = set()
    size = 0
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for start, end in _writable(pid):
            for part in _parts(memory, start, end):
                hits |= found(f"memory of process {pid}", part)
                size += len(part)
    return hits, size


def family(pid: int) -> list[int]:
    """Give a process and all that descend from it."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    return [pid, *(below for child in children for below in family(int(child)))]


def _writable(pid: int) -> Iterable[tuple[int, int]]:
    for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
        span, rights, *_ = line.split()
        if rights.startswith("rw"):
            start, end = (int(each, 16) for each in span.split("-"))
            yield start, end


def _parts(memory, start: int, end: int) -> Iterator[bytes]:
    """Read a span in parts that overlap, so that no name falls between two."""
    while start < end:
        memory.seek(start)
        try:
            part = memory.read(min(end - start, _AT_ONCE))
        except OSError:
            return  # the kernel's own pages: nobody reads them
        if not part:
            return
        yield part
        start += len(part) if start + len(part) >= end else len(part) - LONGEST
