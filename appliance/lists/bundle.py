"""Signed bundles: lists for a box that does not reach the internet.

A ZIP file with ``manifest.json``, ``manifest.sig`` and the lists in our own format (`own`). The
manifest says ``serial``, ``date``, and of each of ``lists`` its ``name``, ``file`` and ``sha256``,
and if need be ``source`` and ``expires``. The signature is Ed25519 (RFC 8032) over the manifest's
bytes, made with the key that the technician trusts.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Annotated

import msgspec
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_public_key,
)

from appliance.lists.entry import Entry, ListError
from appliance.lists.own import LARGEST, parse, until_end_of

KEY = "trusted.pem"
"""In the folder of the lists: whose bundles are taken."""

MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"
_LARGEST_MANIFEST = 256 * 1024
_LARGEST_KEY = 16 * 1024
_SIGNATURE = 64
"""Bytes of a signature."""
_MOST = 64
"""Lists of a bundle."""


class Listed(msgspec.Struct, frozen=True):
    """What the manifest says of one list."""

    name: str
    file: str
    sha256: str
    source: str = ""
    expires: str = ""
    """The last day its entries count; empty: they say so themselves, or always do."""


class Manifest(msgspec.Struct, frozen=True):
    """What ``manifest.json`` holds."""

    serial: Annotated[int, msgspec.Meta(gt=0)]
    date: str
    lists: Annotated[list[Listed], msgspec.Meta(min_length=1, max_length=_MOST)]


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle whose signature holds."""

    manifest: Manifest
    texts: tuple[str, ...]
    """The lists, in the order of the manifest."""

    def entries(self, number: int) -> Iterator[Entry]:
        """Yield the entries of a list; raises ListError."""
        listed = self.manifest.lists[number]
        last = until_end_of(listed.expires) if listed.expires else 0.0
        for entry in parse(self.texts[number].splitlines(), listed.name):
            until = min(filter(None, (entry.until, last)), default=0.0)
            yield Entry(entry.text, entry.network, entry.why, until)


def read(file: Path, key: Ed25519PublicKey) -> Bundle:
    """Give the bundle in *file*; raises ListError unless *key* signed it."""
    try:
        with zipfile.ZipFile(file) as packed:
            manifest = _signed(packed, key)
            texts = tuple(_text(packed, listed) for listed in manifest.lists)
    except OSError as problem:
        raise ListError(f"{file}: cannot be read ({problem.strerror or problem})") from None
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, KeyError, EOFError):
        raise ListError(f"{file}: is no bundle of lists, or is damaged") from None
    return Bundle(manifest, texts)


def key_in(file: Path) -> Ed25519PublicKey:
    """Give the public key in the PEM file *file*; raises ListError."""
    try:
        with file.open("rb") as opened:
            key = load_pem_public_key(opened.read(_LARGEST_KEY))
    except OSError as problem:
        raise ListError(f"{file}: cannot be read ({problem.strerror})") from None
    except (ValueError, UnsupportedAlgorithm):
        raise ListError(f"{file}: holds no public key (PEM)") from None
    if not isinstance(key, Ed25519PublicKey):
        raise ListError(f"{file}: holds a key of another kind than Ed25519")
    return key


def spelt(key: Ed25519PublicKey) -> bytes:
    """Give *key* as PEM."""
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def fingerprint(key: Ed25519PublicKey) -> str:
    """Give what people compare to know a key again: 16 digits in groups of four."""
    digits = sha256(key.public_bytes(Encoding.Raw, PublicFormat.Raw)).hexdigest()[:16]
    return " ".join(re.findall("....", digits))


def _signed(packed: zipfile.ZipFile, key: Ed25519PublicKey) -> Manifest:
    told = _taken(packed, MANIFEST, _LARGEST_MANIFEST)
    try:
        key.verify(_taken(packed, SIGNATURE, _SIGNATURE), told)
    except InvalidSignature:
        raise ListError("the bundle is not signed by the key that is trusted here") from None
    try:
        manifest = msgspec.json.decode(told, type=Manifest)
        for listed in manifest.lists:
            if listed.expires:
                until_end_of(listed.expires)
    except (msgspec.DecodeError, ValueError) as mistake:
        raise ListError(f"the manifest of the bundle cannot be used ({mistake})") from None
    return manifest


def _text(packed: zipfile.ZipFile, listed: Listed) -> str:
    content = _taken(packed, listed.file, LARGEST)
    if sha256(content).hexdigest() != listed.sha256.lower():
        raise ListError(f"the list {listed.name} is not the one that was signed")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ListError(f"{listed.name}: is not a text file (UTF-8)") from None


def _taken(packed: zipfile.ZipFile, name: str, most: int) -> bytes:
    """Unpack *name*, of at most *most* bytes, whatever it says of itself."""
    with packed.open(name) as part:
        content = part.read(most + 1)
    if len(content) > most:
        raise ListError(f"the bundle's {name[:60]} is larger than it may be")
    return content
