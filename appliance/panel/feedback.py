"""The relay's feedback contacts: whether they follow, contradict the relay, or each other.

One contact closes when the uplink is open. A second one, fitted beside it, opens then; of the two
exactly one is closed, except while the relay moves. Both closed or both open for longer is a torn
or shorted wire: then neither is believed.
"""

from dataclasses import dataclass

from appliance.panel.signs import Contact

CONTACT_TIME = 0.1
"""Seconds that the relay has to follow before its contact is taken at its word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """What is known of the contacts after the latest look at them."""

    contact: Contact = Contact.UNFITTED
    wrong_since: float | None = None
    """Since when they have not been as they should; None while they are."""


def look(
    before: Feedback, opened: bool | None, contradicts: bool, isolated: bool, now: float
) -> Feedback:
    """Give what is known after a look at the contacts, of a relay driven to *isolated*.

    *now* is a clock that never steps.
    """
    if opened is None:
        return Feedback()
    if opened == isolated and not contradicts:
        return Feedback(contact=Contact.MOVED)
    since = now if before.wrong_since is None else before.wrong_since
    late = now - since > CONTACT_TIME
    wrong = Contact.TORN if contradicts else Contact.STUCK
    return Feedback(contact=wrong if late else Contact.WAITING, wrong_since=since)
