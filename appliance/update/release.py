"""A bundle: a new version of the application, signed by who makes it, for a box without internet.

A ZIP file with ``manifest.json``, ``manifest.sig`` and what ``install.sh`` needs: itself,
``systemd/…`` and ``wheelhouse/…``. The signature is Ed25519 (RFC 8032) over the words ``vigie
release``, a line feed and the manifest's bytes, so that no list signed with the same key is taken
for a release; the manifest has the SHA-256 of every file. Nothing of a bundle is used, or run,
before all of it was found to be what was signed.
"""

import re
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import IO, Annotated, BinaryIO

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"
WORDS = b"vigie release\n"
"""What is signed before the manifest."""

_LARGEST_MANIFEST = 1 << 20
_SIGNATURE = 64
"""Octets of a signature."""
_LARGEST = 1 << 30
"""Octets that a bundle unpacks to, at most; ours has 70 MB for each kind of machine."""
_MOST = 2000
"""Files of a bundle."""
_PIECE = 1 << 20

INSTALLER, PACKAGES = "install.sh", "wheelhouse/requirements.txt"
NAME = re.compile(r"(install\.sh|systemd(/[\w@.-]+)+|wheelhouse/[\w.+-]+)\Z", re.ASCII)
"""What a file of a bundle may be called."""


class CannotUse(Exception):  # noqa: N818 - what it was given is wrong, not the box
    """The bundle is refused; `key` is that of the reason in ``[update]``, with its blanks."""

    def __init__(self, key: str, **words: object) -> None:
        self.key, self.words = key, words
        super().__init__(f"the bundle cannot be used: {key}")


class File(msgspec.Struct, frozen=True):
    """What the manifest says of one file."""

    name: Annotated[str, msgspec.Meta(max_length=200)]
    sha256: str
    size: Annotated[int, msgspec.Meta(ge=0, le=_LARGEST)]


class Manifest(msgspec.Struct, frozen=True):
    """What ``manifest.json`` holds."""

    version: Annotated[str, msgspec.Meta(pattern=r"^\d{1,6}(\.\d{1,6}){1,3}$")]
    date: str
    targets: tuple[str, ...]
    """Pythons and machines that it has packages for, such as 3.13-aarch64."""
    files: Annotated[tuple[File, ...], msgspec.Meta(min_length=1, max_length=_MOST)]

    @property
    def size(self) -> int:
        """Give the octets of all files."""
        return sum(file.size for file in self.files)


def order(version: str) -> tuple[int, ...]:
    """Give what sorts *version* among others; what is no plain version goes before all."""
    parts = version.split(".")
    return tuple(map(int, parts)) if all(part.isdigit() for part in parts) else ()


def read(file: BinaryIO, key: Ed25519PublicKey) -> Manifest:
    """Give the manifest of the bundle *file*; raises CannotUse unless *key* signed it."""
    try:
        with zipfile.ZipFile(file) as packed:
            told = _taken(packed, MANIFEST, _LARGEST_MANIFEST)
            signature = _taken(packed, SIGNATURE, _SIGNATURE)
    except (*_UNREADABLE, KeyError):
        raise CannotUse("no_bundle") from None
    try:
        key.verify(signature, WORDS + told)
    except InvalidSignature:
        raise CannotUse("not_signed") from None
    try:
        manifest = msgspec.json.decode(told, type=Manifest)
    except msgspec.DecodeError:
        raise CannotUse("no_bundle") from None
    names = [each.name for each in manifest.files]
    if not {INSTALLER, PACKAGES} <= set(names) or len(set(names)) != len(names):
        raise CannotUse("no_bundle")
    if manifest.size > _LARGEST or not all(_is_harmless(name) for name in names):
        raise CannotUse("no_bundle")
    return manifest


def judge(manifest: Manifest, version: str, target: str) -> None:
    """Raise CannotUse unless it is newer than *version*, and has packages for *target*."""
    if order(manifest.version) <= order(version):
        raise CannotUse("older", version=manifest.version, here=version)
    if target not in manifest.targets:
        raise CannotUse("other_machine", target=target)


def contents(file: BinaryIO, manifest: Manifest) -> Iterator[tuple[File, Iterator[bytes]]]:
    """Yield each file with its content in pieces; raises CannotUse where it is not what was signed.

    A file is judged once all its pieces were taken.
    """
    with _whole(), zipfile.ZipFile(file) as packed:
        for listed in manifest.files:
            with packed.open(listed.name) as part:
                yield listed, _judged(part, listed)


def verify(file: BinaryIO, manifest: Manifest) -> None:
    """Read all of a bundle; raises CannotUse where it is not what was signed."""
    for _, pieces in contents(file, manifest):
        for _piece in pieces:
            pass


def unpack(file: BinaryIO, manifest: Manifest, folder: Path) -> None:
    """Have *folder* hold what was signed, and nothing else; raises CannotUse and OSError."""
    shutil.rmtree(folder, ignore_errors=True)
    try:
        for listed, pieces in contents(file, manifest):
            to = folder / listed.name
            to.parent.mkdir(parents=True, exist_ok=True)
            with to.open("wb") as out:
                out.writelines(pieces)
            is_program = listed.name == INSTALLER or to.parent.name == "bin" or not to.suffix
            to.chmod(0o755 if is_program else 0o644)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _judged(part: IO[bytes], listed: File) -> Iterator[bytes]:
    digest, size = sha256(), 0
    with _whole():
        while piece := part.read(min(_PIECE, listed.size - size + 1)):
            size += len(piece)
            if size > listed.size:
                break
            digest.update(piece)
            yield piece
    if size != listed.size or digest.hexdigest() != listed.sha256:
        raise CannotUse("changed")


@contextmanager
def _whole() -> Iterator[None]:
    """Raise CannotUse where a ZIP file turns out to be none, or not whole."""
    try:
        yield
    except (*_UNREADABLE, KeyError):
        raise CannotUse("changed") from None


def _is_harmless(name: str) -> bool:
    return bool(NAME.match(name)) and not {".", ".."} & set(name.split("/"))


def _taken(packed: zipfile.ZipFile, name: str, most: int) -> bytes:
    with packed.open(name) as part:
        content = part.read(most + 1)
    if len(content) > most:
        raise CannotUse("no_bundle")
    return content


_UNREADABLE = (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error)
