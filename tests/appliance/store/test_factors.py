"""The second factor as it is kept, recovery codes, and invitations."""

import pytest

from appliance.store import Role
from tests.appliance.store.samples import NOON


@pytest.fixture
def office(box):
    office = box.office()
    office.add_user("marie", "hash", role=Role.TECHNICIAN, language="fr")
    office.begin_codes("marie", "sealed", 100, ("a", "b"))
    return office


def test_whose_codes_are_asked_for_is_known(office):
    assert office.user("marie").second
    assert office.sealed_secret("marie") == "sealed"
    assert office.sealed_secret("nobody") == ""


def test_a_step_is_used_once_and_none_before_it(office):
    assert not office.use_step("marie", 100)
    assert office.use_step("marie", 102)
    assert not office.use_step("marie", 102)
    assert not office.use_step("marie", 101)
    assert not office.use_step("nobody", 200)


def test_a_recovery_code_is_used_once_by_whom_it_belongs_to(office):
    office.add_user("paul", "hash", role=Role.STAFF, language="fr")
    assert not office.use_code("paul", "a")
    assert office.use_code("marie", "a")
    assert not office.use_code("marie", "a")
    assert office.codes_left("marie") == 1


def test_new_recovery_codes_take_the_place_of_the_old(office):
    office.replace_codes("marie", ("c",))
    assert not office.use_code("marie", "b")
    assert office.use_code("marie", "c")


def test_beginning_ends_all_sessions(office):
    token = office.open_session("marie")
    office.begin_codes("marie", "other", 0, ())
    assert office.session(token) is None


def test_ending_leaves_nothing_behind(office):
    assert office.end_codes("marie")
    assert not office.end_codes("marie")
    assert not office.user("marie").second
    assert office.codes_left("marie") == 0
    assert not office.use_step("marie", 999)


def test_an_invitation_is_good_once_and_in_time(office, box):
    secret = office.invite("marie", NOON + 60)
    assert office.invited(secret) == "marie"
    assert office.invited("x") is None
    assert office.accept(secret) == "marie"
    assert office.accept(secret) is None
    late = office.invite("marie", NOON + 60)
    box.clock.at = NOON + 60
    assert office.accept(late) is None


def test_a_new_invitation_makes_the_one_before_void(office):
    first = office.invite("marie", NOON + 60)
    second = office.invite("marie", NOON + 60)
    assert office.accept(first) is None
    assert office.accept(second) == "marie"


def test_nobody_unknown_or_disabled_is_invited(office):
    office.add_user("paul", "hash", role=Role.STAFF, language="fr")
    office.disable("paul")
    for name in ("paul", "nobody"):
        with pytest.raises(KeyError):
            office.invite(name, NOON + 60)


def test_the_secret_of_an_invitation_is_not_on_the_card(office, box):
    secret = office.invite("marie", NOON + 60)
    office.close()
    assert all(secret.encode() not in path.read_bytes() for path in box.directory.iterdir())
