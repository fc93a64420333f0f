"""Making a bundle, on the machine of whoever releases: ``python -m appliance.update.packing``.

See ``.ci/bundle``, which brings everything together first.
"""

import sys
import time
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from appliance.update.release import MANIFEST, SIGNATURE, WORDS, File, Manifest


def pack(folder: Path, version: str, targets: tuple[str, ...], key: Ed25519PrivateKey) -> Manifest:
    """Give the manifest of what is in *folder*, and have it there, signed by *key*."""
    files = tuple(_told(folder, path) for path in _files(folder))
    day = time.strftime("%Y-%m-%d", time.gmtime())
    manifest = Manifest(version=version, date=day, targets=targets, files=files)
    text = msgspec.json.encode(manifest)
    (folder / MANIFEST).write_bytes(text)
    (folder / SIGNATURE).write_bytes(key.sign(WORDS + text))
    return manifest


def write(folder: Path, manifest: Manifest, out: Path) -> None:
    """Write the bundle of *folder* to *out*."""
    with zipfile.ZipFile(out, "w") as packed:
        for name in (MANIFEST, SIGNATURE, *(file.name for file in manifest.files)):
            packed.write(folder / name, name)


def main(words: list[str]) -> int:
    """Pack what *words* name: a key, a folder, a version, the bundle to write, and targets."""
    key_file, folder, version, out, *targets = words
    key = load_pem_private_key(Path(key_file).read_bytes(), None)
    if not isinstance(key, Ed25519PrivateKey):
        sys.stderr.write(f"{key_file}: holds no private Ed25519 key (PEM)\n")
        return 2
    write(Path(folder), pack(Path(folder), version, tuple(targets), key), Path(out))
    return 0


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name not in {MANIFEST, SIGNATURE}:
            yield path


def _told(folder: Path, path: Path) -> File:
    content = path.read_bytes()
    return File(str(path.relative_to(folder)), sha256(content).hexdigest(), len(content))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
