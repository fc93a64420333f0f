"""What a file is, against files that other programs wrote."""

import gzip
import io
import struct
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.decode import file_starts
from appliance.decode.envelope import Envelope
from appliance.facts import FileBegun
from appliance.model import Ip, Mac

ENVELOPE = Envelope(
    1.0, Mac("02:00:00:00:00:0a"), Mac("02:00:00:00:00:01"), Ip("192.0.2.1"), Ip("192.0.2.2"), 20, 5
)
WINDOWS = b"MZ" + bytes(58) + struct.pack("<I", 128) + bytes(100)
"""A program for Windows, as far as its old head goes."""


def archive(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for name in names:
            made.writestr(name, "content " * 10)
    return file.getvalue()


def test_programs():
    """This Python itself, and one for Windows."""
    assert file_starts.kind(Path(sys.executable).resolve().read_bytes()[:200]) == "program"
    assert file_starts.kind(WINDOWS) == "program"


def test_programs_of_windows_and_linux_are_native():
    """A Mach-O is a program, too, but of no system that is sent one bare."""
    for start in (Path(sys.executable).resolve().read_bytes()[:200], WINDOWS):
        assert file_starts.is_native(start)
    assert not file_starts.is_native(b"\xcf\xfa\xed\xfe" + bytes(60))
    assert not file_starts.is_native(b"MZ")


@pytest.mark.parametrize("at", [0, 60, 130, 0x10_0000])
def test_two_letters_do_not_make_a_program(at: int):
    """Its old head must say where the new one is: behind it, aligned, and near."""
    assert file_starts.kind(b"MZ" + bytes(58) + struct.pack("<I", at) + bytes(9)) != "program"
    assert file_starts.kind(b"MZ is how a letter may begin. " * 4) == "text"


def test_an_archive_is_what_its_first_file_is():
    for name in ("facture.js", "SETUP.EXE", "a/b.lnk", "classes.dex"):
        assert file_starts.kind(archive(name, "readme.txt")) == "packed"
    assert file_starts.kind(archive("photo.jpg", "setup.exe")) == "archive"
    assert file_starts.kind(archive("[Content_Types].xml", "word/document.xml")) == "document"
    assert file_starts.kind(archive("x" * 60 + ".exe")) == "archive"


def test_what_does_nothing_by_itself():
    assert file_starts.kind(gzip.compress(b"x" * 100)) == "archive"
    assert file_starts.kind(b"\xff\xd8\xff\xe0" + bytes(90)) == "image"
    assert file_starts.kind(b"%PDF-1.7\n" + bytes(90)) == "document"
    assert file_starts.kind(b"<html><body>" + b"words " * 20) == "text"
    tar = io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w"):
        pass
    assert file_starts.kind(tar.getvalue()) == ""


def test_what_does_something_when_it_is_opened():
    assert file_starts.kind(b"#!/bin/sh\necho\n") == "script"
    assert file_starts.kind(b"L\0\0\0\1\x14\2\0" + bytes(60)) == "shortcut"
    assert file_starts.kind(b"vhdxfile" + bytes(60)) == "disk"


def test_alone_only_what_is_sure_is_told():
    """A picture is nobody's business, nor is a script that comes with no head before it."""
    for payload, told in ((WINDOWS, "program"), (archive("a.js"), "packed")):
        assert file_starts.begins(payload)
        (fact,) = file_starts.read(payload, ENVELOPE)
        assert isinstance(fact, FileBegun)
        assert (fact.kind, fact.src, fact.sport) == (told, "192.0.2.1", 20)
    for payload in (b"#!/bin/sh\n", b"\xff\xd8\xff\xe0", archive("a.txt"), b""):
        assert not file_starts.begins(payload)
        assert list(file_starts.read(payload, ENVELOPE)) == []


@given(st.binary(max_size=200))
def test_any_bytes_are_something_or_nothing(noise: bytes):
    for start in (noise, b"PK\3\4" + noise, b"MZ" + noise):
        assert isinstance(file_starts.kind(start), str)
