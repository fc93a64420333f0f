"""What names of files look like, by the tables."""

import pytest

from appliance.knowledge.file_names import Nature, file_names
from appliance.knowledge.tables import rows


@pytest.mark.parametrize(
    ("extension", "nature"),
    [
        ("dcm", Nature.DOCUMENT),
        ("gdb", Nature.DOCUMENT),
        ("bak", Nature.BACKUP),
        ("tmp", Nature.TEMPORARY),
        ("done", Nature.MARKER),
        ("akira", Nature.RANSOMWARE),
        ("marie", Nature.UNKNOWN),
    ],
)
def test_endings_have_a_nature(extension: str, nature: Nature):
    assert file_names().nature(extension) is nature


def test_what_is_at_home_in_a_practice_is_on_no_list_of_ransomware():
    """Public lists name databases, locks and archives."""
    listed = {row["extension"] for row in rows("ransomware_extensions")}
    assert not listed & {row["extension"] for row in rows("ransomware_ordinary")}


def test_some_files_always_begin_alike():
    assert file_names().begins("jpg") == "jpeg"
    assert file_names().begins("docx") == "zip"
    assert file_names().begins("dcm") == ""


def test_notes_are_texts():
    assert file_names().is_note("how_to_decrypt.hta", "hta")
    assert not file_names().is_note("how_to_decrypt.exe", "exe")
    assert not file_names().is_note("ordonnance.txt", "txt")
