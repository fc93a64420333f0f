"""The feedback contacts: stuck relay, torn wire, and the time that a relay takes."""

import pytest

from appliance.panel.feedback import CONTACT_TIME, Feedback, look
from appliance.panel.signs import Contact


def after(
    seconds: float, opened: bool | None, *, contradicts: bool = False, isolated: bool = True
) -> Feedback:
    """Look twenty times a second, for so long, at contacts that do not change."""
    found = Feedback()
    for n in range(round(seconds / 0.05) + 1):
        found = look(found, opened, contradicts, isolated, n * 0.05)
    return found


@pytest.mark.parametrize("isolated", [True, False])
def test_a_contact_that_is_as_it_should_is_believed_at_once(isolated: bool) -> None:
    assert after(0, isolated, isolated=isolated).contact is Contact.MOVED


def test_without_a_contact_nothing_is_known() -> None:
    assert after(5, None) == Feedback()


@pytest.mark.parametrize("isolated", [True, False])
def test_a_contact_that_does_not_follow_is_stuck_after_a_tenth_of_a_second(isolated: bool) -> None:
    assert after(CONTACT_TIME, not isolated, isolated=isolated).contact is Contact.WAITING
    found = after(0.15, not isolated, isolated=isolated)
    assert found.contact is Contact.STUCK


@pytest.mark.parametrize("opened", [True, False])
@pytest.mark.parametrize("isolated", [True, False])
def test_two_contacts_that_say_the_same_are_torn_and_neither_is_believed(
    opened: bool, isolated: bool
) -> None:
    """Also when the first of them says what was hoped for."""
    found = after(CONTACT_TIME, opened, contradicts=True, isolated=isolated)
    assert found.contact is Contact.WAITING
    found = after(0.15, opened, contradicts=True, isolated=isolated)
    assert found.contact is Contact.TORN


def test_a_wire_that_is_mended_is_believed_again() -> None:
    found = look(after(5, True, contradicts=True), True, False, True, 6.0)
    assert found == Feedback(contact=Contact.MOVED)
