"""What clients do with files in SMB2, against scapy's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.decode import smb
from appliance.facts import FileTouched
from tests.kit import files
from tests.kit.files import FILE, RELATED
from tests.kit.reading import CLIENT, SERVER, gather

TEXT = b"Une lettre sans importance. " * 40


def told(*messages: bytes, envelope=CLIENT) -> list[FileTouched]:
    facts, malformed = gather(smb.read(files.session(*messages), envelope))
    assert not malformed
    assert all(isinstance(fact, FileTouched) for fact in facts)
    return facts


def test_a_file_is_opened_by_its_name():
    """What is called alike has the same number, and only that."""
    first, again, other, elsewhere = (
        told(files.opens(path))[0]
        for path in ("A\\Photo.JPG", "a\\photo.jpg", "a\\photo2.jpg", "b\\photo.jpg")
    )
    assert (first.action, first.message, first.file, first.extension) == ("opens", 7, 0, "jpg")
    assert (first.folder, first.name, first.stem) == (again.folder, again.name, again.stem)
    assert first.folder == other.folder != elsewhere.folder
    assert other.name != first.name == elsewhere.name
    assert first.ending == other.ending


@pytest.mark.parametrize(
    ("result", "action"), [(0, "overwritten"), (1, "opened"), (2, "created"), (3, "overwritten")]
)
def test_the_answer_says_what_was_there(result: int, action: str):
    (fact,) = told(files.opened(result), envelope=SERVER)
    assert (fact.action, fact.message, fact.file) == (action, 7, FILE)


def test_a_refusal_is_told_and_a_delay_is_not():
    (fact,) = told(files.opened(0, Status=0xC0000034), envelope=SERVER)
    assert (fact.action, fact.file) == ("refused", 0)
    assert told(files.opened(0, Status=0x103), envelope=SERVER) == []


def test_folders_that_are_opened_are_no_files():
    assert told(files.opens("dossiers", options=1)) == []


def test_a_file_may_be_opened_to_be_deleted_when_it_is_closed():
    assert [fact.action for fact in told(files.opens("a.txt", options=0x1000))] == [
        "opens",
        "deletes",
    ]


def test_content_is_weighed_and_dropped():
    """What is written, and what comes back when somebody reads."""
    (written,) = told(files.writes(TEXT, offset=4096))
    assert (written.action, written.file, written.offset) == ("writes", FILE, 4096)
    assert (written.size, written.sampled) == (len(TEXT), 512)
    assert 3 < written.entropy < 4.5
    asked, (answered,) = told(files.reads(77)), told(files.read(TEXT), envelope=SERVER)
    assert [(it.action, it.offset, it.file) for it in asked] == [("reads", 77, FILE)]
    assert (answered.action, answered.message, answered.size) == ("read", 7, len(TEXT))
    assert answered.entropy == written.entropy


def test_a_format_is_told_by_its_head():
    picture = b"\xff\xd8\xff\xe0" + bytes(600)
    assert told(files.writes(picture))[0].begins == "jpeg"
    assert told(files.writes(picture, offset=8192))[0].begins == ""


def test_a_file_is_renamed_deleted_and_closed():
    (renamed,) = told(files.renames("a\\photo.jpg.lockbit"))
    assert (renamed.action, renamed.extension, renamed.looks) == (
        "renames",
        "lockbit",
        "ransomware",
    )
    assert renamed.stem == told(files.opens("a\\photo.jpg"))[0].name
    assert [fact.action for fact in told(files.deletes())] == ["deletes"]
    assert told(files.deletes(yes=0)) == []
    assert [(it.action, it.file) for it in told(files.closes())] == [("closes", FILE)]


def test_commands_joined_to_one_that_opens_mean_its_file():
    """As Windows and Linux rename and delete: in one message."""
    message = files.joined(
        files.opens("a.txt", number=40),
        files.renames("a.txt.xyz", RELATED, number=41),
        files.closes(RELATED, number=42),
    )
    facts = told(message)
    assert [fact.action for fact in facts] == ["opens", "renames", "closes"]
    assert {(fact.message, fact.file) for fact in facts} == {(40, 0)}


def test_a_message_inside_a_segment_is_found():
    """Behind the rest of what was written before."""
    payload = b"the end of a photo" + files.session(files.opens("a.txt"))
    assert smb.holds(payload)
    (fact,), malformed = gather(smb.read(payload, CLIENT))
    assert (fact.action, malformed) == ("opens", False)
    assert not smb.holds(b"SMB and SMB again, in a letter: \xfeSMB")


def test_a_write_that_goes_on_in_the_next_segment_is_weighed_as_far_as_it_is_here():
    payload = files.session(files.writes(TEXT * 20))[:400]
    (fact,), malformed = gather(smb.read(payload, CLIENT))
    assert (fact.size, malformed) == (len(TEXT) * 20, False)
    assert 200 < fact.sampled < 400


def test_no_part_of_a_name_is_in_any_fact():
    """Nor of the folder, nor of what stands behind a dot, nor of content."""

    @given(*[st.text("qxzjkwQXZJKW", min_size=3, max_size=20)] * 4)
    def check(folder: str, name: str, ending: str, content: str) -> None:
        path = f"{folder}\\{name}.{ending}"
        facts = told(
            files.opens(path), files.renames(f"{path}.locked"), files.writes(content.encode() * 99)
        )
        facts += told(files.read(content.encode() * 99), envelope=SERVER)
        said = repr(facts).lower()
        assert len(facts) == 4
        assert not any(part.lower() in said for part in (folder, name, ending, content))

    check()


SEEDS = (
    files.session(files.opens("a\\photo.jpg"), files.closes()),
    files.session(files.opened(2)),
    files.session(files.writes(TEXT)),
    files.session(files.read(TEXT)),
    files.session(files.renames("b\\photo.jpg.lockbit")),
    files.session(files.deletes()),
)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("envelope", [CLIENT, SERVER])
def test_no_prefix_makes_it_raise(seed: bytes, envelope):
    """Nor counts as malformed: it goes on in the next segment."""
    for size in range(len(seed)):
        assert not gather(smb.read(seed[:size], envelope))[1]


@given(st.sampled_from(SEEDS), st.data())
def test_no_changed_byte_makes_it_raise(seed: bytes, data: st.DataObject):
    """Anything but Malformed."""
    changed = bytearray(seed)
    places = st.dictionaries(st.integers(8, len(seed) - 1), st.integers(0, 255), max_size=8)
    for at, byte in data.draw(places).items():
        changed[at] = byte
    gather(smb.read(bytes(changed), CLIENT))
