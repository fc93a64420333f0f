"""What clients do with files in SMB1, against messages put together by the letter of [MS-CIFS]."""

from struct import pack

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.decode import smb
from appliance.facts import FileTouched
from tests.kit.reading import CLIENT, SERVER, gather

FILE = 0x4005
TEXT = b"Une lettre sans importance. " * 40
NONE = b"\xff\0\0\0"
"""No other command is joined to this one."""


def message(code: int, words: bytes, content: bytes = b"", answer: bool = False, status: int = 0):
    flags = 0x80 if answer else 0x18
    head = pack("<4sBIBH12xHHHH", b"\xffSMB", code, status, flags, 0xC801, 5, 77, 1, 9)
    body = bytes((len(words) // 2,)) + words + pack("<H", len(content)) + content
    return pack("!I", len(head + body)) + head + body


def text(path: str) -> bytes:
    return path.encode("utf-16-le") + b"\0\0"


def opens(path: str, options: int = 0) -> bytes:
    words = NONE + pack("<xHIIIQIIIIIB", 2 * len(path), 0, 0, 3, 0, 0, 7, 1, options, 2, 0)
    return message(0xA2, words, b"\0" + text(path))


def opened(result: int) -> bytes:
    return message(0xA2, NONE + pack("<BHI", 0, FILE, result) + bytes(57), answer=True)


def writes(content: bytes, offset: int = 0) -> bytes:
    words = NONE + pack("<HIIHHHHHI", FILE, offset, 0, 0, 0, 0, len(content), 64, 0)
    return message(0x2F, words, b"\0" + content)


def read(content: bytes) -> bytes:
    words = NONE + pack("<HHHHH10x", 0xFFFF, 0, 0, len(content), 60)
    return message(0x2E, words, b"\0" + content, answer=True)


def renames(old: str, new: str) -> bytes:
    return message(7, b"\x16\0", b"\4" + text(old) + b"\4\0" + text(new))


def sets(what: int, about: bytes, content: bytes) -> bytes:
    """TRANSACTION2: parameters, then data, each behind its padding."""
    asked, start = 68, 68 + len(about) + -len(about) % 4
    words = pack(
        "<HHHHBBHIHHHHHBBH",
        *(len(about), len(content), 2, 0, 0, 0, 0, 0, 0),
        *(len(about), asked, len(content), start, 1, 0, what),
    )
    padded = b"\0\0\0" + about.ljust(start - asked, b"\0") + content
    return message(0x32, words, padded)


def told(payload: bytes, envelope=CLIENT) -> list[FileTouched]:
    facts, malformed = gather(smb.read(payload, envelope))
    assert not malformed
    assert all(isinstance(fact, FileTouched) for fact in facts)
    return facts


def test_a_file_is_opened_by_its_name():
    (fact,) = told(opens("\\a\\Photo.JPG"))
    assert (fact.action, fact.extension, fact.message) == ("opens", "jpg", 77 << 16 | 9)
    (answer,) = told(opened(2), SERVER)
    assert (answer.action, answer.file, answer.message) == ("created", FILE, fact.message)
    refused = message(0xA2, b"", answer=True, status=0xC0000034)
    assert [it.action for it in told(refused, SERVER)] == ["refused"]
    assert told(opens("\\a", options=1)) == []
    assert [it.action for it in told(opens("a.txt", options=0x1000))] == ["opens", "deletes"]


def test_content_is_weighed_and_dropped():
    (written,) = told(writes(TEXT, offset=512))
    assert (written.action, written.file, written.offset, written.size, written.sampled) == (
        *("writes", FILE, 512, len(TEXT)),
        512,
    )
    (answer,) = told(read(TEXT), SERVER)
    assert (answer.action, answer.size, answer.entropy) == ("read", len(TEXT), written.entropy)
    (asked,) = told(message(0x2E, NONE + pack("<HI12x", FILE, 99)))
    assert (asked.action, asked.file, asked.offset) == ("reads", FILE, 99)


def test_a_file_is_renamed_by_its_name():
    old, new = told(renames("\\a\\photo.jpg", "\\a\\photo.jpg.lockbit"))
    assert (old.action, old.extension) == ("opens", "jpg")
    assert (new.action, new.looks, new.stem) == ("renames", "ransomware", old.name)
    assert (old.message, old.folder) == (new.message, new.folder)


def test_a_file_is_deleted_by_its_name():
    facts = told(message(6, b"\x16\0", b"\4" + text("\\a\\photo.jpg")))
    assert [fact.action for fact in facts] == ["opens", "deletes"]


def test_an_open_file_is_renamed_deleted_and_closed():
    """Windows since XP."""
    name = "\\a\\photo.jpg.xyz".encode("utf-16-le")
    (new,) = told(sets(8, pack("<HHH", FILE, 1010, 0), pack("<III", 0, 0, len(name)) + name))
    assert (new.action, new.file, new.extension) == ("renames", FILE, "")
    (gone,) = told(sets(8, pack("<HHH", FILE, 0x102, 0), b"\1"))
    assert (gone.action, gone.file) == ("deletes", FILE)
    by_name = told(sets(6, pack("<HI", 1013, 0) + text("\\a\\photo.jpg"), b"\1"))
    assert [fact.action for fact in by_name] == ["opens", "deletes"]
    assert told(sets(8, pack("<HHH", FILE, 0x101, 0), bytes(36))) == []
    (closed,) = told(message(4, pack("<HI", FILE, 0)))
    assert (closed.action, closed.file) == ("closes", FILE)


def test_the_oldest_way_to_open_a_file():
    """OPEN_ANDX, of OS/2 and Windows 95."""
    (fact,) = told(message(0x2D, NONE + bytes(26), b"\0" + text("\\a\\photo.jpg")))
    assert (fact.action, fact.extension) == ("opens", "jpg")
    words = NONE + pack("<HHIIHHHH8x", FILE, 0, 0, 0, 0, 0, 0, 1)
    (answer,) = told(message(0x2D, words, answer=True), SERVER)
    assert (answer.action, answer.file) == ("opened", FILE)


@given(st.text("qxzjkwQXZJKW", min_size=3, max_size=20), st.text("qxzjkw", min_size=3, max_size=9))
def test_no_part_of_a_name_is_in_any_fact(name: str, ending: str):
    facts = told(opens(f"\\{name}\\{name}.{ending}"))
    facts += told(renames(f"\\{name}.{ending}", f"\\{name}.{ending}.locked"))
    facts += told(writes((name + ending).encode() * 50))
    said = repr(facts).lower()
    assert len(facts) == 4
    assert name.lower() not in said
    assert ending not in said


SEEDS = (
    opens("\\a\\photo.jpg"),
    opened(1),
    writes(TEXT),
    read(TEXT),
    renames("\\a.jpg", "\\b.jpg"),
    sets(8, pack("<HHH", FILE, 0x102, 0), b"\1"),
)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_prefix_makes_it_raise(seed: bytes):
    """Nor counts as malformed: it goes on in the next segment."""
    for size in range(len(seed)):
        assert not gather(smb.read(seed[:size], CLIENT))[1]


@given(st.sampled_from(SEEDS), st.data())
def test_no_changed_byte_makes_it_raise(seed: bytes, data: st.DataObject):
    """Anything but Malformed."""
    changed = bytearray(seed)
    places = st.dictionaries(st.integers(8, len(seed) - 1), st.integers(0, 255), max_size=8)
    for at, byte in data.draw(places).items():
        changed[at] = byte
    gather(smb.read(bytes(changed), CLIENT))
