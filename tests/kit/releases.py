"""Bundles as who makes releases makes them, and builds that are small enough for a test."""

import base64
import hashlib
import io
import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from appliance.update.packing import pack, write
from tests.kit.vigie import ROOT

TARGET = "3.13-x86_64"


def key_of(number: int) -> Ed25519PrivateKey:
    """Give a key that is the same each time."""
    return Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32)


def public(key: Ed25519PrivateKey) -> bytes:
    """Give the public half as a PEM file holds it."""
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def private(key: Ed25519PrivateKey) -> bytes:
    """Give the key as a PEM file holds it."""
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def bundle(
    folder: Path,
    key: Ed25519PrivateKey,
    version: str = "9.0.0",
    targets: tuple[str, ...] = (TARGET,),
    **files: str,
) -> Path:
    """Make a bundle of a few small files; give its path."""
    content = {
        "install.sh": "#!/bin/sh\n",
        "systemd/vigie-web.service": "[Service]\n",
        "wheelhouse/requirements.txt": f"vigie=={version}\n",
        "wheelhouse/some-1.0.whl": "wheel " * 20_000,
        **files,
    }
    inside = folder / f"inside-{version}"
    for name, text in content.items():
        (inside / name).parent.mkdir(parents=True, exist_ok=True)
        (inside / name).write_text(text)
    out = folder / f"vigie-{version}.bundle"
    write(inside, pack(inside, version, targets, key), out)
    return out


def trusted(key: Ed25519PrivateKey) -> Ed25519PublicKey:
    """Give what a box trusts."""
    return key.public_key()


def real_bundle(
    folder: Path,
    packages: Path,
    key: Ed25519PrivateKey,
    version: str,
    units: Mapping[str, str] = MappingProxyType({}),
) -> Path:
    """Make a bundle of this checkout that says it is *version* and has *units* besides."""
    inside = folder / "inside"
    shutil.copytree(packages, inside / "wheelhouse")
    shutil.copytree(ROOT / "systemd", inside / "systemd")
    for name, text in units.items():
        (inside / "systemd" / name).write_text(text)
    shutil.copy(ROOT / "install.sh", inside)
    _renumber(inside / "wheelhouse", version)
    targets = ("3.11-x86_64", "3.13-x86_64", "3.11-aarch64", "3.13-aarch64")
    out = folder / f"vigie-{version}.bundle"
    write(inside, pack(inside, version, targets, key), out)
    shutil.rmtree(inside)
    return out


def _renumber(house: Path, version: str) -> None:
    """Have our own wheel in *house* say that it is *version*."""
    (wheel,) = house.glob("vigie-*.whl")
    old = wheel.name.split("-")[1]
    content, record = io.BytesIO(), []
    with zipfile.ZipFile(wheel) as before, zipfile.ZipFile(content, "w") as after:
        for former in before.namelist():
            if former.endswith("/RECORD"):
                continue
            data = before.read(former)
            if former.endswith("/METADATA"):
                data = data.replace(
                    f"\nVersion: {old}\n".encode(), f"\nVersion: {version}\n".encode()
                )
            name = former.replace(f"vigie-{old}.dist-info", f"vigie-{version}.dist-info")
            digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
            record.append(f"{name},sha256={digest},{len(data)}")
            after.writestr(name, data)
        name = f"vigie-{version}.dist-info/RECORD"
        after.writestr(name, "\n".join([*record, f"{name},,", ""]))
    wheel.unlink()
    new = house / wheel.name.replace(f"vigie-{old}", f"vigie-{version}")
    new.write_bytes(content.getvalue())
    listed = (house / "requirements.txt").read_text("utf-8").splitlines()
    ours = f"vigie=={version} --hash=sha256:{hashlib.sha256(content.getvalue()).hexdigest()}"
    lines = [line for line in listed if not line.startswith("vigie==")]
    (house / "requirements.txt").write_text("\n".join([*lines, ours, ""]), "utf-8")
