"""The incident's file: one ZIP with PDF, JSON, CSV, the evidence, hashes and the box's signature.

    incident.pdf            for people
    incident.json           all of it, for programs
    chronology.csv, devices.csv, indicators.csv, volumes.csv, sheets.csv
    evidence/…              what was kept since the incident opened
    MANIFEST.sha256         hashes of all of these
    MANIFEST.sha256.sig     64 octets, Ed25519 over the list of hashes
    public-key.pem          of the box that made it

Without this program: ``sha256sum -c MANIFEST.sha256`` and ``openssl pkeyutl -verify -pubin -inkey
public-key.pem -rawin -in MANIFEST.sha256 -sigfile MANIFEST.sha256.sig``.
"""

import csv
import time
import zipfile
import zlib
from codecs import BOM_UTF8
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from importlib import metadata
from io import BytesIO, StringIO
from ipaddress import ip_network
from pathlib import Path

import msgspec

from appliance.addresses import Home
from appliance.config import Config
from appliance.dossier import evidence, folder, seal
from appliance.dossier.account import Account, Maker, account
from appliance.dossier.facts import Facts
from appliance.dossier.paper import pdf
from appliance.exchange.sheet import SEPARATORS, guarded, plain
from appliance.incidents import Incident
from appliance.knowledge.authorities import stated
from appliance.texts import say

SIGNATURE, PUBLIC = f"{folder.MANIFEST}.sig", "public-key.pem"
UNLISTED = frozenset({folder.MANIFEST, SIGNATURE, PUBLIC})

LARGEST = 256 * 1024 * 1024
"""Octets that a file may unpack to when it is verified: many times what a box puts in."""

FILES = 500
"""Files that one may hold."""


_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)
"""What reading a file that is no sound ZIP may raise (encrypted, cut short, an odd method, …)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether a file is as it was signed."""

    why: str
    """Empty when it is; else a key of the texts (``[incident_unsound]``)."""
    name: str = ""
    """Of what is wrong; hostile text."""
    files: int = 0
    fingerprint: str = ""
    """Of the key in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A file, and the fingerprint of the key that signed it."""

    content: bytes
    fingerprint: str


def make(
    config: Config, incident: Incident, particulars: dict[str, str], language: str, now: float
) -> Made:
    """Make the file of *incident* from the evidence that is kept.

    Raises OSError, ValueError for a key that is none, and PaperError.
    """
    here = evidence.place(config.state, incident)
    key = seal.key_of(config.state)
    public = seal.public(key)
    kept = _kept(here)
    facts = Facts(
        language=language,
        incident=incident,
        evidence=evidence.load(here),
        hashes={name: sha256(content).hexdigest() for name, content in kept.items()},
        home=Home(ip_network(each) for each in config.home.networks),
    )
    maker = Maker(
        practice=config.practice.name,
        version=metadata.version("vigie"),
        at=now,
        key=seal.fingerprint(public),
        law=_day(language),
    )
    told = account(facts, maker, particulars)
    files = {"incident.pdf": pdf(told), "incident.json": _json(told), **_tables(told)}
    files |= {f"evidence/{name}": content for name, content in kept.items()}
    hashes = {name: sha256(content).hexdigest() for name, content in files.items()}
    files[folder.MANIFEST] = folder.manifest(hashes)
    files[SIGNATURE] = key.sign(files[folder.MANIFEST])
    files[PUBLIC] = public
    return Made(content=_packed(files, now), fingerprint=maker.key)


def verify(content: bytes) -> Verdict:
    """Tell whether the file *content* is as it was signed, by the key inside it."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            infos = packed.infolist()
            if len(infos) > FILES or sum(each.file_size for each in infos) > LARGEST:
                return Verdict(why="large")
            if len({each.filename for each in infos}) < len(infos):
                return Verdict(why="not_zip")
            files = {each.filename: packed.read(each) for each in infos}
    except _UNREADABLE:
        return Verdict(why="not_zip")
    for name in sorted(UNLISTED - files.keys()):
        return Verdict(why="incomplete", name=name)
    listed = files[folder.MANIFEST]
    if not seal.is_signed(files[PUBLIC], files[SIGNATURE], listed):
        return Verdict(why="signature")
    return _compared(files, dict(_read(listed)), seal.fingerprint(files[PUBLIC]))


def _compared(files: dict[str, bytes], hashes: dict[str, str], fingerprint: str) -> Verdict:
    for name, digest in hashes.items():
        if name not in files:
            return Verdict(why="incomplete", name=name)
        if sha256(files[name]).hexdigest() != digest:
            return Verdict(why="changed", name=name)
    for name in sorted(files.keys() - hashes.keys() - UNLISTED):
        return Verdict(why="unlisted", name=name)
    return Verdict(why="", files=len(hashes), fingerprint=fingerprint)


def _read(manifest: bytes) -> Iterable[tuple[str, str]]:
    for line in manifest.decode("utf-8", "replace").splitlines():
        digest, _, name = line.partition("  ")
        yield name, digest


def _kept(here: Path) -> dict[str, bytes]:
    """Give the evidence in the folder *here*; the list of its hashes is made anew from it."""
    try:
        files = sorted(each for each in here.iterdir() if each.is_file())
    except FileNotFoundError:
        return {}
    wanted = (each for each in files if each.name != folder.MANIFEST and each.suffix != ".new")
    return {each.name: each.read_bytes() for each in wanted}


def _json(told: Account) -> bytes:
    return msgspec.json.format(msgspec.json.encode(told), indent=1) + b"\n"


def _tables(told: Account) -> dict[str, bytes]:
    language = told.language
    return {
        "chronology.csv": _table(
            language,
            ("when", "who", "what"),
            ((each.when, each.who, each.what) for each in told.chronology),
        ),
        "devices.csv": _table(
            language,
            ("device", "kind", "system", "address", "place"),
            ((d.name, d.kind, d.os, d.addresses, d.place) for d in told.devices),
        ),
        "indicators.csv": _table(
            language,
            ("sort", "value", "source"),
            ((each.sort, each.value, each.source) for each in told.indicators),
        ),
        "volumes.csv": _table(
            language,
            ("device", "destination", "octets", "size"),
            ((each.name, each.host, str(each.octets), each.size) for each in told.volumes),
        ),
        "sheets.csv": _table(
            language,
            ("sheet_name", "field", "value", "who"),
            (
                (sheet.name, each.label, each.value, each.by)
                for sheet in told.sheets
                for each in sheet.fields
            ),
        ),
    }


def _table(language: str, columns: Iterable[str], rows: Iterable[tuple[str, ...]]) -> bytes:
    """Give a sheet whose cells are text to every spreadsheet."""
    out = StringIO()
    writer = csv.writer(out, delimiter=SEPARATORS[language], quoting=csv.QUOTE_ALL)
    writer.writerow(say(language, f"incident_file.{column}") for column in columns)
    for row in rows:
        writer.writerow(guarded(plain(cell)) for cell in row)
    return BOM_UTF8 + out.getvalue().encode("utf-8", "replace")


def _packed(files: dict[str, bytes], now: float) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            info = zipfile.ZipInfo(name, time.localtime(now)[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o640 << 16
            packed.writestr(info, content)
    return out.getvalue()


def _day(language: str) -> str:
    day = stated()
    return f"{day:%d/%m/%Y}" if language == "fr" else day.isoformat()
