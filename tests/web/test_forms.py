"""What people type is cut to size and freed of what does not print."""

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from web import forms


def sent(**fields: str):
    return Flask("form").test_request_context("/", method="POST", data=fields)


def test_a_line_is_one_line_of_bounded_length() -> None:
    with sent(name="  PC de\r\n l'accueil\x00 " + "x" * 100):
        assert forms.line("name", 20) == "PC de l'accueil"


def test_a_field_that_is_missing_is_empty() -> None:
    with sent():
        assert forms.line("name", 20) == ""
        assert forms.secret("phrase") == ""
        assert forms.hosts("hosts") == ((), "")


@given(st.text(max_size=300))
def test_no_control_sign_passes(text: str) -> None:
    """A name goes into logs and into mail: it must not end a line there (W6)."""
    with sent(name=text):
        line = forms.line("name", 200)
    assert line.isprintable()
    assert len(line) <= 200


def test_hosts_are_read_one_a_line_or_with_commas() -> None:
    with sent(hosts="Update.Maker.example.\nfiles.maker.example, update.maker.example"):
        assert forms.hosts("hosts") == (("update.maker.example", "files.maker.example"), "")


def test_the_first_word_that_is_no_host_is_named() -> None:
    for wrong in ("localhost", "http://maker.example/", "-x.example", "a..example", "*.example"):
        with sent(hosts=f"maker.example {wrong}"):
            assert forms.hosts("hosts")[1] == wrong


def test_no_more_hosts_are_read_than_the_limit() -> None:
    with sent(hosts=" ".join(f"h{number}.example" for number in range(500))):
        assert len(forms.hosts("hosts")[0]) == forms.HOSTS


@pytest.mark.parametrize(
    ("typed", "line"),
    [("a\r\nb", "a b"), ("  x  ", "x"), ("abcdef", "abcd"), ("\u202eb", "b"), ("", "")],
)
def test_a_text_is_cut_to_one_printable_line(typed: str, line: str) -> None:
    assert forms.cut(typed, 4) == line
