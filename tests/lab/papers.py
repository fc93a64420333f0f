"""What is in the files of a practice of nobody: letters, office documents, photos, tables, meshes.

The same number gives the same bytes; they are short, so that recordings stay small.
"""

import io
import random
import zipfile

_WORDS = (
    "le",
    "la",
    "de",
    "un",
    "est",
    "pour",
    "avec",
    "dent",
    "soin",
    "devis",
    "cabinet",
    "lettre",
)


def letter(number: int, path: str) -> bytes:
    """Give what is in a document whose name ends as *path* does."""
    chance = _chance(number)
    text = " ".join(chance.choices(_WORDS, k=200)).encode()
    if path.endswith(".docx"):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("word/document.xml", text + chance.randbytes(600))
        return packed.getvalue()
    if path.endswith(".pdf"):
        return b"%PDF-1.7\n" + text[:200] + chance.randbytes(1000)
    if path.endswith(".jpg"):
        return photo(number, 1500)
    return text


def photo(number: int, size: int) -> bytes:
    """Give a picture as far as its first bytes say so; the rest is as even as compression is."""
    head = b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0\xff\xdb\0\x43\0"
    return head + _chance(number).randbytes(size)


def mesh(number: int, size: int) -> bytes:
    """Give a packed mesh of a kind that no table has."""
    return b"3OX\1" + _chance(number).randbytes(size)


def sealed(number: int, size: int) -> bytes:
    """Give a piece of an encrypted backup."""
    return _chance(number).randbytes(size)


def table(number: int, size: int) -> bytes:
    """Give a page of a database: numbers, some text, much that is empty."""
    chance = _chance(number)
    page = b"".join(
        chance.randrange(5000).to_bytes(4, "little") + b"facture" for _ in range(size // 16)
    )
    return page.ljust(size, b"\0")[:size]


def _chance(number: int) -> random.Random:
    return random.Random(number)  # noqa: S311 - the same bytes each time
