"""Lists of known bad names and addresses: reading, judging, looking up.

One format: UTF-8 text or CSV, one entry a line, an optional second column that says why; empty
lines and lines that begin with ``#`` are passed over. An entry is a host name (it covers all
names below it), an IPv4 or IPv6 address, or a network in CIDR notation.
"""

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path

from netaddr import AddrFormatError, IPNetwork, IPSet

from appliance.addresses import PRIVATE
from appliance.model import Listing

LARGEST = 32 * 1024 * 1024
"""Bytes of a list file; a larger one is refused."""
ENTRIES = 500_000
"""Entries of all lists together; further ones are not loaded, and counted."""
SHORTEST_PREFIX = {4: 8, 6: 16}
"""A network shorter than this would flag a good part of the internet."""
WIDTH = {4: 32, 6: 128}
"""Bits of an address, by IP version."""
MISTAKES_SHOWN = 10

_NOT_OUTSIDE = IPSet(
    [*map(str, PRIVATE), "0.0.0.0/8", "127.0.0.0/8", "224.0.0.0/3", "::/127", "ff00::/8"]
)
"""Networks that are inside, or nowhere (IANA special-purpose registries)."""

_NAME = re.compile(r"(?=.{4,253}$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z][a-z0-9-]{1,62}")


class ListError(Exception):
    """A list file cannot be used; the text says why, line by line."""


@dataclass(frozen=True, slots=True)
class Lists:
    """All lists, ready to be asked."""

    names: Mapping[str, Listing] = field(default_factory=dict, repr=False)
    networks: Mapping[tuple[int, int], Mapping[int, Listing]] = field(
        default_factory=dict, repr=False
    )
    """By IP version and number of host bits, the networks by their address without those bits."""
    left_out: int = 0
    """Entries beyond `ENTRIES`."""

    def find_name(self, name: str) -> Listing | None:
        """Give the longest entry that covers *name*, or None."""
        while name:
            if found := self.names.get(name):
                return found
            name = name.partition(".")[2]
        return None

    def find_address(self, version: int, number: int) -> Listing | None:
        """Give an entry that covers the address that *number* stands for, or None."""
        for (of, host_bits), networks in self.networks.items():
            if of == version and (found := networks.get(number >> host_bits)):
                return found
        return None


def load(folder: Path) -> Lists:
    """Read the lists that come with the box and those in *folder*.

    Raises ListError for a file in *folder* that cannot be used.
    """
    entries = shipped()
    for file in sorted(folder.glob("*.csv")) if folder.is_dir() else ():
        entries += read(file)
    return collect(entries)


def shipped() -> list[tuple[str | IPNetwork, Listing]]:
    """Give the entries of the lists that come with the box."""
    folder = resources.files("appliance.data") / "lists"
    return [
        entry
        for file in sorted(folder.iterdir(), key=lambda file: file.name)
        for entry in parse(file.read_text("utf-8"), Path(file.name).stem)
    ]


def add(file: Path, folder: Path) -> int:
    """Judge the list *file*, and copy it to *folder* under its own name; give its entries' count.

    Raises ListError when it cannot be used; then nothing is changed. A list of the same name is
    replaced whole.
    """
    entries = read(file)
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{file.stem}.csv"
    half = target.with_suffix(".new")
    half.write_bytes(file.read_bytes())
    half.replace(target)
    return len(entries)


def read(file: Path) -> list[tuple[str | IPNetwork, Listing]]:
    """Give the entries of *file*; raises ListError."""
    try:
        if file.stat().st_size > LARGEST:
            raise ListError(f"{file}: larger than {LARGEST // 1024 // 1024} MiB")
        text = file.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise ListError(f"{file}: is not a text file (UTF-8)") from None
    except OSError as problem:
        raise ListError(f"{file}: cannot be read ({problem.strerror})") from None
    entries = parse(text, file.stem)
    if not entries:
        raise ListError(f"{file}: holds no entry")
    return entries


def parse(text: str, source: str) -> list[tuple[str | IPNetwork, Listing]]:
    """Give the entries of a list; raises ListError naming the lines that are none."""
    entries: list[tuple[str | IPNetwork, Listing]] = []
    mistakes: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        try:
            columns = next(csv.reader([line]), [""])
            entry = columns[0].strip().lower().removesuffix(".")
            why = columns[1].strip() if len(columns) > 1 else ""
            subject = entry if _NAME.fullmatch(entry) else _network(entry)
        except (ValueError, csv.Error) as mistake:
            mistakes.append(f"line {number}: {mistake}")
            continue
        entries.append((subject, Listing(entry=entry, source=source, why=why)))
    if mistakes:
        more = len(mistakes) - MISTAKES_SHOWN
        tail = f"; and {more} more" if more > 0 else ""
        raise ListError(f"{source}: " + "; ".join(mistakes[:MISTAKES_SHOWN]) + tail)
    return entries


def collect(entries: Iterable[tuple[str | IPNetwork, Listing]]) -> Lists:
    """Put *entries* together; of two that say the same the first stays."""
    names: dict[str, Listing] = {}
    networks: dict[tuple[int, int], dict[int, Listing]] = {}
    left_out = 0
    for count, (subject, listing) in enumerate(entries):
        if count >= ENTRIES:
            left_out += 1
        elif isinstance(subject, str):
            names.setdefault(subject, listing)
        else:
            host_bits = WIDTH[subject.version] - subject.prefixlen
            table = networks.setdefault((subject.version, host_bits), {})
            table.setdefault(subject.first >> host_bits, listing)
    return Lists(names, networks, left_out)


def _network(entry: str) -> IPNetwork:
    try:
        network = IPNetwork(entry)
    except (AddrFormatError, ValueError):
        network = None
    if network is None or network.ip != network.network:
        raise ValueError(f"“{entry[:60]}” is no host name, address or network")
    if network.prefixlen < SHORTEST_PREFIX[network.version]:
        raise ValueError(f"“{entry}” is far too large a network")
    if not _NOT_OUTSIDE.isdisjoint(IPSet([network])):
        raise ValueError(f"“{entry}” is not on the internet")
    return network
