"""Secrets and trust, which come from files."""

from pathlib import Path

import pytest

from appliance.outputs.way import Unusable, said, secret, trust


def test_a_secret_is_one_line_of_its_file(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("geheim\n")
    assert secret(str(file)) == "geheim"
    assert secret("") == ""


@pytest.mark.parametrize("content", [b"", b"\n", b"two\nlines", b"\xff\xfe"])
def test_a_file_that_holds_no_secret_is_said_without_its_content(
    content: bytes, tmp_path: Path
) -> None:
    file = tmp_path / "secret"
    file.write_bytes(content)
    with pytest.raises(Unusable) as caught:
        secret(str(file))
    assert str(file) in str(caught.value)
    assert "two" not in str(caught.value)


def test_certificates_that_are_none_are_said(tmp_path: Path) -> None:
    file = tmp_path / "trust.pem"
    with pytest.raises(Unusable, match="No such file"):
        trust(str(file))
    file.write_text("nothing")
    with pytest.raises(Unusable, match=str(file)):
        trust(str(file))


def test_what_an_error_says_is_one_short_line() -> None:
    assert said(OSError(111, "Connection refused")) == "Connection refused"
    assert said(ValueError("a\nb")) == "a b"
    assert said(TimeoutError()) == "TimeoutError"
