"""What a pass-phrase opens, against the other implementation of the format."""

import pyrage
import pytest

from appliance.backup.phrase import EFFORT, locked, unlocked

TEXT, PHRASE = b"AGE-SECRET-KEY-1 is not this one", "correct horse"


@pytest.fixture(scope="module")
def file() -> bytes:
    return locked(TEXT, PHRASE)


def test_another_implementation_opens_what_is_locked_here(file: bytes) -> None:
    assert pyrage.passphrase.decrypt(file, PHRASE) == TEXT


def test_it_is_opened_by_its_pass_phrase_alone(file: bytes) -> None:
    assert unlocked(file, PHRASE) == TEXT
    assert unlocked(file, "correct house") is None


def test_two_locks_of_one_text_differ(file: bytes) -> None:
    assert locked(TEXT, PHRASE) != file


@pytest.mark.parametrize("cut", [0, 10, 100, -1])
def test_what_is_cut_off_is_no_such_file(file: bytes, cut: int) -> None:
    with pytest.raises(ValueError, match=r"file|cut off"):
        unlocked(file[:cut], PHRASE)


def test_what_was_changed_is_noticed(file: bytes) -> None:
    with pytest.raises(ValueError, match="changed"):
        unlocked(file[:-1] + bytes([file[-1] ^ 1]), PHRASE)


def test_no_file_makes_the_box_work_for_hours(file: bytes) -> None:
    """The effort stands in the file, and whoever wrote it may be nobody's friend."""
    asked = file.replace(b" %d\n" % EFFORT, b" 30\n")
    with pytest.raises(ValueError, match="no file"):
        unlocked(asked, PHRASE)
