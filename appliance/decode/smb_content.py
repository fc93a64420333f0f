"""What is told of the bytes that go into a file or come out of it, before they are dropped.

How evenly they are spread (Shannon, "A Mathematical Theory of Communication", 1948), and which
format begins so. Encrypted bytes look like dice; so do compressed ones, but those have a head.
"""

from collections import Counter
from math import log2
from typing import NamedTuple

MOST = 512
"""Bytes looked at: enough to tell dice from anything with a form, and there in one segment."""

_BITS = [0.0, *(count * log2(count) for count in range(1, MOST + 1))]
_HEADS = (
    ("jpeg", b"\xff\xd8\xff"),
    ("png", b"\x89PNG\r\n\x1a\n"),
    ("gif", b"GIF8"),
    ("bmp", b"BM"),
    ("tiff", b"II*\0"),
    ("tiff", b"MM\0*"),
    ("pdf", b"%PDF"),
    ("zip", b"PK\3\4"),
    ("zip", b"PK\5\6"),
    ("ole", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
    ("gzip", b"\x1f\x8b\x08"),
    ("bzip2", b"BZh"),
    ("xz", b"\xfd7zXZ\0"),
    ("zstd", b"\x28\xb5\x2f\xfd"),
    ("7z", b"7z\xbc\xaf\x27\x1c"),
    ("rar", b"Rar!\x1a\x07"),
    ("riff", b"RIFF"),
    ("program", b"MZ\x90\0"),
    ("rpc", b"\5\0"),
    ("sqlite", b"SQLite format 3\0"),
)
"""How formats begin that may be compressed; an empty zip begins with its end. "rpc" is what
goes through pipes, which are opened like files."""
_INSIDE = (("dicom", 128, b"DICM"), ("mp4", 4, b"ftyp"))
"""Those that say so further in."""


class Sample(NamedTuple):
    """See `appliance.facts.FileTouched`."""

    sampled: int = 0
    entropy: float = 0.0
    begins: str = ""


def sample(data: bytes, offset: int) -> Sample:
    """Tell of *data*, which stands at *offset* of a file; formats begin at its beginning."""
    head = data[:MOST]
    if not head:
        return Sample()
    size = len(head)
    bits = log2(size) - sum(map(_BITS.__getitem__, Counter(head).values())) / size
    return Sample(size, round(bits, 3), "" if offset else _format(head))


def _format(head: bytes) -> str:
    for name, start in _HEADS:
        if head.startswith(start):
            return name
    return next((name for name, at, mark in _INSIDE if head.startswith(mark, at)), "")
