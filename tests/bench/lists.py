"""What a million listed entries cost: ``python -m tests.bench.lists``.

The entries are made up, of all kinds, seven tenths of them names. Memory is that of a process of
its own, which did not make the index. Times are the processor's: a busy machine says nearly the
same.
"""

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path

from appliance.lists.entry import Entry
from appliance.lists.index import Builder, Lists
from appliance.lists.taking_up import load, shipped

MILLION = 1_000_000
CALLS = 200_000
_ASK = "import sys; from tests.bench.lists import grown; print(grown(sys.argv[1]))"
ROOT = Path(__file__).parent.parent.parent


def made_up(count: int, seed: int = 1) -> Iterator[tuple[str, Iterator[Entry]]]:
    """Give about *count* entries, in a list for each kind."""
    dice = random.Random(seed)  # noqa: S311 - made up, not secret
    yield "names", (Entry(_name(dice)) for _ in range(count * 7 // 10))
    four = (IPv4Network((dice.getrandbits(32), 32)) for _ in range(count * 2 // 10))
    six = (IPv6Network((0x2A << 120 | dice.getrandbits(120), 128)) for _ in range(count // 20))
    yield "addresses", (Entry(str(net.network_address), net) for net in (*four, *six))
    yield "certificates", (Entry(f"{dice.getrandbits(160):040x}") for _ in range(count // 20))


def grown(file: str) -> str:
    """Tell how many entries the index in *file* holds, and by how many bytes this process grew."""
    shipped()
    before = _resident()
    found = load(Path(file).parent)
    return json.dumps([found.entries, _resident() - before])


def grown_by(file: Path) -> tuple[int, int]:
    """Ask a process of its own for what `grown` tells."""
    asked = [sys.executable, "-c", _ASK, str(file)]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True)
    entries, octets = json.loads(done.stdout)
    return entries, octets


def main() -> None:
    """Measure, and print a table."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "index"
        began = time.process_time()
        builder = Builder(MILLION)
        for source, some in made_up(MILLION):
            builder.add(source, some)
        file.write_bytes(builder.done().written())
        print(f"made in           {time.process_time() - began:8.1f} s")
        entries, octets = grown_by(file)
        print(f"entries           {entries:8d}")
        print(f"memory            {octets / 1e6:8.1f} MB")
        began = time.process_time()
        lists = load(Path(folder))
        print(f"taken up in       {(time.process_time() - began) * 1e3:8.1f} ms")
        for what, asked in _asked(lists).items():
            began = time.process_time()
            for each in asked:
                each()
            spent = (time.process_time() - began) / len(asked) * 1e6
            print(f"{what:<18}{spent:8.2f} µs a look-up")


def _asked(lists: Lists) -> dict[str, list[Callable[[], object]]]:
    """Give look-ups, by what is looked for; all but one miss, as they mostly do."""
    dice = random.Random(2)  # noqa: S311 - made up, not secret
    listed = random.Random(1)  # noqa: S311 - the names that are listed
    names = {
        "www.name.net": [f"www.{dice.getrandbits(30):x}.net" for _ in range(CALLS)],
        "a.b.name.co.uk": [f"a.b.{dice.getrandbits(30):x}.co.uk" for _ in range(CALLS)],
        "a listed name": [_name(listed) for _ in range(CALLS)],
    }
    four = [dice.getrandbits(32) for _ in range(CALLS)]
    six = [0x2A << 120 | dice.getrandbits(120) for _ in range(CALLS)]
    marks = [f"{dice.getrandbits(160):040x}" for _ in range(CALLS)]
    return {
        **{what: [partial(lists.find_name, it, 1.0) for it in its] for what, its in names.items()},
        "IPv4": [partial(lists.find_address, 4, it, 1.0) for it in four],
        "IPv6": [partial(lists.find_address, 6, it, 1.0) for it in six],
        "a certificate": [partial(lists.find_mark, it, 1.0) for it in marks],
    }


def _name(dice: random.Random) -> str:
    return f"{dice.getrandbits(44):x}.{'abcdefgh'[dice.getrandbits(3)] * 6}.com"


def _resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()


if __name__ == "__main__":
    main()
