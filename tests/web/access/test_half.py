"""Between the pass-phrase and the code."""

import pytest

from tests.kit.people import STAFF
from tests.kit.site import Site
from web.access import half


@pytest.fixture
def coded(opened: Site) -> Site:
    """The pages where the staff is asked for codes."""
    opened.office.begin_codes(STAFF, "sealed", 0, ())
    return opened


def begun(coded: Site) -> None:
    user = coded.office.user(STAFF)
    assert user is not None
    half.begin(user)


def test_who_gave_the_pass_phrase_is_remembered_for_some_minutes(coded: Site) -> None:
    with coded.app.test_request_context():
        assert half.who() is None
        begun(coded)
        found = half.who()
        assert found is not None
        assert found.name == STAFF
        coded.clock.at += half.LASTS
        assert half.who() is None


@pytest.mark.parametrize(
    "change",
    [
        lambda office: office.set_password(STAFF, "another"),
        lambda office: office.disable(STAFF),
        lambda office: office.end_codes(STAFF),
        lambda office: office.remove_user(STAFF),
    ],
)
def test_it_is_worth_nothing_once_the_account_is_another(coded: Site, change) -> None:
    with coded.app.test_request_context():
        begun(coded)
        change(coded.office)
        assert half.who() is None
