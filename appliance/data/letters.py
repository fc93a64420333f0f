"""Makes ``letters.toml`` anew: how common it is, in words, that one letter follows another.

The words are French and English ones, from two Debian packages::

    apt-get download wfrench wamerican; dpkg-deb -x …
    python -m appliance.data.letters usr/share/dict/french usr/share/dict/american-english

Of them only counts of neighbouring letters are kept, without accents, and each file weighs the
same however many words it has. Host names are words put together, so the end of a word and the
beginning of the next are neighbours, too: the edge of a word is the sign ``_``. wfrench is
GPL-2.0-or-later, as this box is; wamerican (SCOWL) may be used for any purpose.
"""

import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from math import log2
from pathlib import Path

LETTERS = Path(__file__).with_name("letters.toml")
SIGNS = "_abcdefghijklmnopqrstuvwxyz"
EVERY = 1_000_000
"""Pairs that the counts of each file are scaled to."""
UNSEEN = 10
"""Times that each pair is thought to have been seen beforehand, so that none is impossible."""


def plain(word: str) -> str:
    """Give *word* in lower case without accents; empty when it holds anything but letters."""
    bare = unicodedata.normalize("NFD", word.lower().replace("œ", "oe").replace("æ", "ae"))
    letters = "".join(sign for sign in bare if not unicodedata.combining(sign))
    return letters if letters.isascii() and letters.isalpha() else ""


def pairs(words: Iterable[str]) -> Counter[str]:
    """Count the neighbours in *words*."""
    found: Counter[str] = Counter()
    for word in filter(None, map(plain, words)):
        edged = f"_{word}_"
        found.update(edged[at : at + 2] for at in range(len(edged) - 1))
    return found


def bits(counts: Iterable[Mapping[str, int]]) -> Iterator[tuple[str, list[float]]]:
    """Yield by sign how many bits each next one is a surprise of."""
    scaled = [{pair: n * EVERY / sum(each.values()) for pair, n in each.items()} for each in counts]
    for sign in SIGNS:
        row = [sum(each.get(sign + after, 0) for each in scaled) + UNSEEN for after in SIGNS]
        yield sign, [round(log2(sum(row) / n), 1) for n in row]


def table(words: Iterable[Iterable[str]]) -> str:
    """Give the table; the same words give the same text."""
    head = (
        "# Surprise in bits, by letter, at each next one: a word's edge, a, b, …; made by\n"
        "# appliance/data/letters.py from the words of Debian 12's wfrench 1.2.7-2\n"
        "# (GPL-2.0-or-later) and wamerican 2020.12.07-2 (SCOWL); state 2026-11-25.\n"
    )
    rows = bits(map(pairs, words))
    return head + "".join(f"{sign} = {row}\n" for sign, row in rows)


def main(files: Iterable[Path], target: Path = LETTERS) -> None:
    """Write *target* from *files* of one word a line."""
    target.write_text(table(file.read_text("utf-8").splitlines() for file in files), "utf-8")


if __name__ == "__main__":
    if len(sys.argv) < 1 + 1:
        sys.exit(__doc__)
    main(map(Path, sys.argv[1:]))
