"""The set-up code."""

from hypothesis import given
from hypothesis import strategies as st

from tests.kit.site import Site
from web.setup import digest, offer


def test_each_start_makes_a_new_code_and_ends_the_old(fresh: Site) -> None:
    first, second = offer(fresh.office, fresh.clock), offer(fresh.office, fresh.clock)
    assert first
    assert second
    assert first != second
    assert not fresh.office.use_setup(digest(first))
    assert fresh.office.use_setup(digest(second))
    assert not fresh.office.use_setup(digest(second))


def test_there_is_no_code_once_there_are_accounts(opened: Site) -> None:
    assert offer(opened.office, opened.clock) is None


def test_a_code_holds_fifty_bits_and_can_be_typed(fresh: Site) -> None:
    code = offer(fresh.office, fresh.clock)
    assert code is not None
    assert len(code.replace("-", "")) == 10
    assert not set(code) & set("018")


@given(st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", min_size=10, max_size=10))
def test_a_code_is_read_however_it_is_typed(letters: str) -> None:
    typed = f" {letters[:5].lower()} - {letters[5:].replace('O', '0').replace('I', '1')} "
    assert digest(typed) == digest(letters)
