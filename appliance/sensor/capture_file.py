"""Captures on disk: pcap and pcapng, of either byte order, also compressed with gzip.

A file that ends in the middle of a packet, as a sensor that lost power leaves it, is read up to
the cut. What is no capture, or holds frames of a kind that Vigie does not read, is refused in a
sentence. Formats: draft-ietf-opsawg-pcap, draft-ietf-opsawg-pcapng.
"""

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path

from appliance.sensor import pcap, pcapng
from appliance.sensor.columns import Block
from appliance.sensor.pcap import Readable
from appliance.sensor.source import CaptureError

_GZIP = b"\x1f\x8b"
_DAMAGE = (EOFError, zlib.error, gzip.BadGzipFile)


class CaptureFile:
    """The packets of the capture in *path*; iterating raises CaptureError.

    A block's bytes are good until the next block is asked for.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def __iter__(self) -> Iterator[Block]:
        try:
            with self.path.open("rb") as plain:
                compressed = plain.read(2) == _GZIP
                plain.seek(0)
                if not compressed:
                    yield from self._blocks(plain)
                    return
                with gzip.open(plain) as unpacked:
                    yield from self._blocks(_Forgiving(unpacked))
        except OSError as problem:
            raise CaptureError(
                f"{self.path}: cannot be read ({problem.strerror or problem})"
            ) from None

    def _blocks(self, file: Readable) -> Iterator[Block]:
        magic = file.read(4)
        name = str(self.path)
        if magic in pcap.MAGICS:
            return pcap.blocks(file, magic, name)
        if magic == pcapng.MAGIC:
            return pcapng.blocks(file, magic, name)
        if not magic:
            raise CaptureError(f"{name}: is empty")
        raise CaptureError(f"{name}: is no capture (neither pcap nor pcapng)")


class _Forgiving:
    """A compressed file that simply ends where its damage begins."""

    def __init__(self, file: gzip.GzipFile) -> None:
        self._file = file
        self._over = False

    def read(self, size: int, /) -> bytes:
        """Give *size* bytes, fewer when the file ends, or is damaged from there on."""
        parts = []
        while size and (part := self._next(size)):
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def readinto(self, into: memoryview, /) -> int:
        """Fill *into* as far as the file goes, or is sound."""
        data = self.read(len(into))
        into[: len(data)] = data
        return len(data)

    def _next(self, size: int) -> bytes:
        """Give what one step of unpacking yields: what came before damage is not lost with it."""
        if self._over:
            return b""
        try:
            return self._file.read1(size)
        except _DAMAGE:
            self._over = True
            return b""
