"""What is told of a file's name, and what is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.decode.smb_names import named


def test_an_ending_put_behind_a_name_leaves_the_name_as_the_stem():
    assert named("a\\photo.jpg.xyz", 1).stem == named("a\\photo.jpg", 1).name
    assert named("a\\photo.xyz", 1).stem == named("a\\photo.jpg", 1).stem


def test_folders_of_two_shares_are_two():
    assert named("photo.jpg", 1).folder != named("photo.jpg", 2).folder
    assert named("\\a\\b\\photo.jpg", 1).folder == named("A\\B\\other.pdf", 1).folder


@pytest.mark.parametrize(
    ("name", "extension", "looks"),
    [
        ("radio.dcm", "dcm", ""),
        ("base.GDB", "gdb", ""),
        ("photo.jpg.lockbit", "lockbit", "ransomware"),
        ("HOW_TO_RECOVER_FILES.txt", "txt", "note"),
        ("COMMENT_RÉCUPÉRER.txt", "txt", "note"),
        ("attention patient.docx", "docx", ""),
        ("base-2025.bak", "bak", "backup"),
        ("disque.vhdx", "vhdx", "backup"),
        ("lettre", "", ""),
        (".profile", "", ""),
        ("Lettre du Dr. Martin", "", ""),
        ("photo.jpg:Zone.Identifier", "jpg", ""),
    ],
)
def test_what_a_name_looks_like(name: str, extension: str, looks: str):
    told = named(name, 1)
    assert (told.extension, told.looks) == (extension, looks)


def test_an_ending_that_no_table_has_is_only_a_number():
    """It may be a name: of a radiograph called "dupont.marie"."""
    told = named("dupont.marie", 1)
    assert told.extension == ""
    assert told.ending
    assert told.ending == named("martin.marie", 1).ending
    assert named("Lettre du Dr. Martin", 1).ending == 0


@given(st.text())
def test_no_name_makes_it_raise(path: str):
    assert all(isinstance(number, int) and number >= 0 for number in named(path, 1)[:4])
