"""Pass-phrases at rest."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from appliance import passphrase


def test_a_pass_phrase_is_found_again_and_another_is_not() -> None:
    kept = passphrase.hashed("trois petits chats gris")
    assert "chats" not in kept
    assert passphrase.matches(kept, "trois petits chats gris")
    assert not passphrase.matches(kept, "trois petits chats noirs")


def test_what_is_kept_is_argon2id_of_19_mebibytes_and_two_passes() -> None:
    """OWASP's smallest recommended setting; a small box has no more to give."""
    assert passphrase.hashed("x" * 12).startswith("$argon2id$v=19$m=19456,t=2,p=1$")


@pytest.mark.parametrize("kept", ["", "plain", "$argon2id$v=19$m=8,t=1,p=1$bad$bad"])
def test_a_damaged_hash_matches_nothing(kept: str) -> None:
    assert not passphrase.matches(kept, "anything at all")


@pytest.mark.parametrize(
    ("length", "good"), [(0, False), (11, False), (12, True), (256, True), (257, False)]
)
def test_a_pass_phrase_has_12_to_256_signs(length: int, good: bool) -> None:
    assert passphrase.acceptable("é" * length) is good


@settings(max_examples=5)  # slow on purpose: each takes its 64 MiB
@given(st.text(st.characters(codec="utf-8"), min_size=12, max_size=256))
def test_any_text_of_that_length_is_found_again(phrase: str) -> None:
    assert passphrase.matches(passphrase.hashed(phrase), phrase)


def test_names_of_accounts_are_letters_digits_dots_and_dashes() -> None:
    assert passphrase.NAME.fullmatch("hélène.dupont-2")
    for wrong in ("a", "root;id", "$(id)", "<script>", "x" * 41, "a b", "a/b"):
        assert not passphrase.NAME.fullmatch(wrong)
