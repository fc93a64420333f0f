"""The file: only the pass-phrase opens it, and only whole."""

from io import BytesIO
from zipfile import ZipFile

import pytest

from appliance.backup.keeping import keep_lock
from appliance.backup.sealed import (
    CannotOpen,
    Lock,
    lock,
    new_phrase,
    read_lock,
    seal,
    spelt,
    unseal,
)

PHRASE = "correct horse battery"
CONTENT = b"all of it " * 20_000


@pytest.fixture(scope="module")
def by() -> Lock:
    return lock(PHRASE)


@pytest.fixture(scope="module")
def sealed(by: Lock) -> bytes:
    out = BytesIO()
    seal(BytesIO(CONTENT), by, out)
    return out.getvalue()


def opened(sealed: bytes, phrase: str = PHRASE) -> bytes:
    out = BytesIO()
    unseal(BytesIO(sealed), phrase, out)
    return out.getvalue()


def refused(sealed: bytes, phrase: str = PHRASE) -> str:
    with pytest.raises(CannotOpen) as why:
        opened(sealed, phrase)
    return why.value.key


def changed(sealed: bytes, name: str, change) -> bytes:
    """Have the part *name* of a backup changed, in a ZIP that is sound."""
    out = BytesIO()
    with ZipFile(BytesIO(sealed)) as before, ZipFile(out, "w") as after:
        for each in before.namelist():
            content = before.read(each)
            after.writestr(each, change(content) if each == name else content)
    return out.getvalue()


def test_what_was_sealed_comes_out_again(sealed: bytes) -> None:
    assert opened(sealed) == CONTENT
    assert CONTENT[:100] not in sealed


def test_another_pass_phrase_is_told_as_such(sealed: bytes) -> None:
    assert refused(sealed, "wrong horse battery") == "another_phrase"


@pytest.mark.parametrize("share", [0.0, 0.01, 0.5, 0.99])
def test_a_file_that_is_cut_off_is_told_as_such(sealed: bytes, share: float) -> None:
    assert refused(sealed[: int(len(sealed) * share)]) == "no_backup"


@pytest.mark.parametrize(
    "change",
    [
        lambda content: content[:-70_000],
        lambda content: content[:-1],
        lambda content: content + b"more",
        lambda content: content[:-500] + b"x" + content[-499:],
        lambda content: b"",
        lambda content: b"x" + content[1:],
    ],
)
def test_content_that_was_cut_off_or_changed_is_not_used(sealed: bytes, change) -> None:
    """Also where the ZIP around it is sound, as whoever changes it would make it."""
    assert refused(changed(sealed, "content.age", change)) == "changed"


def test_a_bit_that_turned_is_noticed(sealed: bytes) -> None:
    at = len(sealed) // 2
    turned = sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :]
    assert refused(turned) in {"changed", "no_backup"}


def test_content_of_another_box_is_not_used(sealed: bytes) -> None:
    """Its key was put into this one: whoever does that does not know the public half."""
    out = BytesIO()
    seal(BytesIO(b"other"), lock("another phrase entirely"), out)
    with ZipFile(BytesIO(out.getvalue())) as other:
        foreign = other.read("content.age")
    assert refused(changed(sealed, "content.age", lambda content: foreign)) == "changed"


def test_the_public_half_is_in_no_backup(sealed: bytes, by: Lock) -> None:
    assert by.recipient.encode() not in sealed


def test_a_pass_phrase_that_was_made_here_may_be_typed_as_people_do() -> None:
    phrase = new_phrase()
    assert phrase != new_phrase()
    assert len(phrase) == 29
    for typed in (phrase.upper(), phrase.replace("-", " "), f" {phrase.replace('-', '')} "):
        assert spelt(typed) == phrase
    assert spelt(" My own - Phrase ") == "My own - Phrase"


def test_a_backup_tells_what_it_is_locked_by(sealed: bytes, by: Lock, tmp_path) -> None:
    """So that a restored box goes on with the same pass-phrase."""
    assert unseal(BytesIO(sealed), PHRASE, BytesIO()) == by
    assert read_lock(tmp_path) is None
    keep_lock(tmp_path, by)
    assert read_lock(tmp_path) == by


def test_a_full_disk_is_told_as_such(by: Lock) -> None:
    class Full(BytesIO):
        def write(self, content) -> int:
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        seal(BytesIO(CONTENT), by, Full())
