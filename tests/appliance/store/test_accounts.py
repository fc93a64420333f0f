"""Accounts: roles, who may be taken away, and who is signed in where."""

import pytest

from appliance.store import Role
from tests.appliance.store.samples import NOON


@pytest.fixture
def office(box):
    office = box.office()
    office.add_user("marie", "hash", role=Role.TECHNICIAN, language="fr")
    office.add_user("paul", "hash", role=Role.STAFF, language="fr")
    return office


@pytest.mark.parametrize(
    "take",
    [
        lambda office: office.remove_user("marie"),
        lambda office: office.disable("marie"),
        lambda office: office.change_role("marie", Role.STAFF),
    ],
)
def test_the_last_technician_who_can_sign_in_stays(office, take):
    """One who is disabled does not count."""
    office.add_user("ines", "hash", role=Role.TECHNICIAN, language="fr")
    office.disable("ines")
    token = office.open_session("marie")
    assert not take(office)
    assert office.session(token) is not None
    office.enable("ines")
    assert take(office)
    assert office.session(token) is None


def test_who_is_disabled_is_out_at_once_and_does_not_come_in(office):
    token = office.open_session("paul")
    assert office.disable("paul")
    assert office.session(token) is None
    with pytest.raises(KeyError):
        office.open_session("paul")
    assert not office.disable("paul")
    assert office.enable("paul")
    assert not office.enable("paul")
    assert office.session(office.open_session("paul")).name == "paul"


def test_another_role_ends_what_was_signed_in_with_the_old_one(office):
    """Also one that may do more: how long a session lasts depends on the role."""
    token = office.open_session("paul")
    assert office.change_role("paul", Role.READER)
    assert office.session(token) is None
    assert office.user("paul").role is Role.READER
    assert not office.change_role("paul", Role.READER)
    assert not office.change_role("nobody", Role.READER)


def test_a_tablet_never_becomes_a_person(office):
    office.add_user("tablette", "", role=Role.KIOSK, language="fr")
    assert not office.change_role("tablette", Role.TECHNICIAN)


def test_two_names_differ_in_more_than_capitals(office):
    """Nobody is to take one for the other in the audit."""
    assert not office.add_user("Marie", "hash", role=Role.STAFF, language="fr")


def test_a_pass_phrase_of_ones_own_is_not_temporary(office):
    office.set_password("paul", "lent", temporary_until=NOON + 60)
    assert office.user("paul").temporary_until == NOON + 60
    office.set_password("paul", "own")
    assert not office.user("paul").temporary_until


def test_sessions_are_listed_with_where_they_are_and_ended_one_by_one(office, box):
    kept = office.open_session("paul", address="192.168.1.20", agent="Firefox" * 100)
    box.clock.at += 60
    other = office.open_session("paul")
    office.open_session("marie")
    newest, oldest = office.sessions("paul")
    assert (oldest.address, oldest.created_at) == ("192.168.1.20", NOON)
    assert len(oldest.agent) == 300
    assert not office.close_one_of("marie", newest.id)
    assert office.close_one_of("paul", newest.id)
    assert office.session(other) is None
    assert office.session(kept) is not None
    assert newest.id not in other


def test_nothing_of_a_removed_account_stays(office):
    office.begin_codes("paul", "sealed", 0, ("a",))
    secret = office.invite("paul", NOON + 60)
    office.remove_user("paul")
    office.add_user("paul", "hash", role=Role.STAFF, language="fr")
    assert office.codes_left("paul") == 0
    assert office.accept(secret) is None
    assert not office.user("paul").second
