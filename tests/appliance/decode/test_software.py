"""What is kept of words that people wrote, and of those that makers wrote."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from appliance.decode.software import _NAMES, LONGEST_GREETING, named, product

LISTED = " ".join(_NAMES).casefold()
PERSONS = st.text(st.characters(categories=("Lu", "Ll")), min_size=4, max_size=12)


@pytest.mark.parametrize(
    ("greeting", "says"),
    [
        (b"ProFTPD 1.3.5a Server (Debian) [::ffff:192.0.2.7]", "ProFTPD 1.3.5a Debian"),
        (b"(vsFTPd 3.0.3)", "vsFTPd 3.0.3"),
        (b"FileZilla Server version 0.9.60 beta", "FileZilla Server 0.9.60"),
        (b"Microsoft FTP Service (Version 5.0).", "Microsoft FTP Service 5.0"),
        (b"Serv-U FTP Server v15.1 ready...", "Serv-U"),
        (b"nas FTP server (Version 6.4/OpenBSD/Linux-ftpd-0.17) ready.", "OpenBSD Linux-ftpd 0.17"),
        (b"router FTP server (MikroTik 6.44.1) ready", "MikroTik 6.44.1"),
        (b"FTP print service:V-1.13/Use the network password", "FTP print service"),
        (b"ESMTP Exim 4.94.2 Fri, 01 Jan 2021 10:00:00 +0100", "Exim 4.94.2"),
        (b"ESMTP Postfix (Debian/GNU)", "Postfix Debian"),
        (b"EXIM EXIM exim", "Exim"),
        (b"", ""),
    ],
)
def test_listed_software_is_named_with_its_version(greeting: bytes, says: str):
    """In the list's spelling, each once."""
    assert named(greeting) == says


@pytest.mark.parametrize(
    "greeting",
    [
        b"exim.example ready",
        b"mail.exim ready",
        b"exim-durand ready",
        b"durand@exim ready",
        b"Exim\xc3\xa9 ready",
        b"Eximond ready",
        b"exim's server",
    ],
)
def test_a_word_that_only_begins_like_software_is_a_name(greeting: bytes):
    """Of a host or a person."""
    assert named(greeting) == ""


@pytest.mark.parametrize(
    "number", [b"1.2-durand", b"01.42.34.56.78", b"2024", b"1.2@durand.example", b"123456.7"]
)
def test_a_number_that_is_no_version_is_left_out(number: bytes):
    """The software stays."""
    assert named(b"Exim " + number + b" ready") == "Exim"


@given(PERSONS, st.sampled_from(_NAMES), st.sampled_from(("", " 1.2.3", "/4.5")))
def test_no_name_of_a_person_is_kept(person: str, name: str, version: str):
    """Wherever it stands, and however it is joined to the software."""
    assume(person.casefold() not in LISTED)
    for form in (
        f"Welcome to Dr {person}'s {name}{version}",
        f"{person}-{name}{version} {person}, {name}{version} {person}",
        f"{name}{version}-{person} ({person}) {person}@{name} {name} {person}.{name}",
        f"{person} {name} {person}{version} {person}{name}{version}{person}",
    ):
        says = named(form.encode())
        assert person.casefold() not in says.casefold()
        words = says.casefold().split(" ")
        assert all(word in LISTED or word[0].isdigit() for word in words if word)


@given(st.binary(max_size=300))
def test_whatever_is_kept_is_listed_or_a_version(greeting: bytes):
    """Any bytes, among words that would be kept."""
    says = named(greeting + b" Postfix 1.2 " + greeting).casefold()
    assert all(word in LISTED or word[0].isdigit() for word in says.split(" "))


def test_a_long_greeting_is_bounded():
    """Searched in its first part, and four names are kept."""
    assert named(b"x" * LONGEST_GREETING + b" Exim") == ""
    assert named(" ".join(_NAMES).encode()).count("FTPd") <= 4
    assert len(named(" ".join(_NAMES).encode())) < 100


@pytest.mark.parametrize(
    ("field", "kept"),
    [
        ("Yealink SIP-T46S 66.85.0.5", "Yealink SIP-T46S 66.85.0.5"),
        ("PhoneOS/5.0 (Alice's phone) PhoneKit/5.1", "PhoneOS/5.0 PhoneKit/5.1"),
        ("PhoneOS/5.0 (Alice (the first)) Kit", "PhoneOS/5.0 Kit"),
        ("PhoneOS/5.0 (Alice", "PhoneOS/5.0"),
        ("PhoneOS alice@example.org +33142345678 1.2", "PhoneOS 1.2"),
        ("IP-PHONE 1.44 02000000000a 02:00:00:00:00:0a", "IP-PHONE 1.44"),
        ("", ""),
    ],
)
def test_a_product_without_what_is_the_owners(field: str, kept: str):
    """Comments, addresses and long numbers are left out."""
    assert product(field) == kept


@given(PERSONS, st.text(" ()/ab1", max_size=20), st.text(" ()/ab1", max_size=20))
def test_no_owner_is_kept_of_a_comment(person: str, before: str, after: str):
    """Whatever brackets are around."""
    assume(not set(person) & set("ab"))
    assert person not in product(f"{before}({person}){after}")
