"""Signed bundles of lists, made with openssl and zip, as their makers do."""

import json
import subprocess
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path


@dataclass(frozen=True)
class Keys:
    """Two files."""

    private: Path
    public: Path


def key_pair(folder: Path) -> Keys:
    """Make a key in *folder*."""
    folder.mkdir(parents=True, exist_ok=True)
    keys = Keys(folder / "private.pem", folder / "public.pem")
    _openssl("genpkey", "-algorithm", "ed25519", "-out", keys.private)
    _openssl("pkey", "-in", keys.private, "-pubout", "-out", keys.public)
    return keys


def packed(
    folder: Path, private: Path, texts: Mapping[str, str], *, expires: str = "", **changes: object
) -> Path:
    """Make a bundle of the lists *texts* in *folder*; *changes* are to what its manifest says."""
    told = [
        {
            "name": name,
            "file": f"{name}.csv",
            "sha256": sha256(text.encode()).hexdigest(),
            "expires": expires,
        }
        for name, text in texts.items()
    ]
    manifest = {"serial": 1, "date": "2026-11-25", "lists": told, **changes}
    (folder / "manifest.json").write_text(json.dumps(manifest))
    told_in, sealed = folder / "manifest.json", folder / "manifest.sig"
    _openssl("pkeyutl", "-sign", "-rawin", "-inkey", private, "-in", told_in, "-out", sealed)
    file = folder / "bundle.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
        out.write(folder / "manifest.json", "manifest.json")
        out.write(folder / "manifest.sig", "manifest.sig")
        for name, text in texts.items():
            out.writestr(f"{name}.csv", text)
    return file


def _openssl(*words: object) -> None:
    subprocess.run(["openssl", *map(str, words)], check=True, capture_output=True)
