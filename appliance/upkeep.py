"""Updates and protection of a device, as far as the network shows them: what was seen, and when.

Not seen is not the same as not done: an update may come from a server of the practice, under a name
that no table has, or while the box did not listen. The words say "no update seen".
"""

from collections.abc import Iterable
from dataclasses import dataclass

from appliance.durations import DAY
from appliance.knowledge.hosts import hosts
from appliance.knowledge.kinds import Kind
from appliance.model import Contact, Device, Table

QUIET_AFTER = 45 * DAY
"""Makers of systems mend once a month; half a month more for a machine that is often off."""

COMPUTERS = frozenset({Kind.WORKSTATION, Kind.ACQUISITION_PC, Kind.SERVER})
"""Kinds of which updates and an antivirus are expected to be seen."""

SUBJECTS = ("system", "antivirus", "browser", "program", "firmware")
EXPECTED = ("system", "antivirus")

_PROOFS = {
    "update": "update",
    "installs": "update",
    "active": "active",
    "check": "check",
    "download": "reached",
}
"""What a contact shows by itself, the strongest first; a column of the table, a key of the texts.

Other contacts (``alive``, ``nothing``) show nothing. Bytes are told apart: a download.
"""
_STRENGTH = ("reached", "check", "active", "update")


@dataclass(frozen=True, slots=True, kw_only=True)
class Care:
    """What was seen of one product's updates, or that nothing was."""

    subject: str
    product: str = ""
    """Empty when nothing of this subject was seen."""
    proof: str = ""
    """``update``, ``active``, ``check``, ``reached`` or empty."""
    at: float = 0.0
    """When that was last seen."""
    loaded_at: float = 0.0
    """When a download was last seen; 0 for never."""

    @property
    def updated_at(self) -> float:
        """When something was last seen that is an update, or protection at work; 0 for never."""
        return max(self.loaded_at, self.at if self.proof in ("update", "active") else 0.0)

    def quiet(self, now: float) -> bool:
        """Tell whether that was too long ago, or never."""
        return now - self.updated_at > QUIET_AFTER


def care(device: Device, kind: str) -> list[Care]:
    """Give what was seen of *device*, a *kind*, by `SUBJECTS`; what is expected but missing too."""
    products: dict[tuple[str, str], list[tuple[str, Contact]]] = {}
    for contact in device.contacts:
        listed = hosts().hygiene.find(contact.host) if contact.table is Table.HYGIENE else None
        if listed is not None and listed.proves in _PROOFS:
            key = listed.subject, listed.product
            products.setdefault(key, []).append((_PROOFS[listed.proves], contact))
    found = [_cared(*key, contacts) for key, contacts in products.items()]
    seen = {each.subject for each in found}
    missing = EXPECTED if kind in COMPUTERS else ()
    found += [Care(subject=each) for each in missing if each not in seen]
    return sorted(found, key=_order)


def antivirus(found: Iterable[Care]) -> tuple[str, ...]:
    """Give the antivirus programs among *found*, the last seen first."""
    seen = [each for each in found if each.subject == "antivirus" and each.product]
    return tuple(each.product for each in sorted(seen, key=lambda each: -each.at))


def _cared(subject: str, product: str, contacts: Iterable[tuple[str, Contact]]) -> Care:
    every = list(contacts)
    proof, contact = max(every, key=lambda each: (_STRENGTH.index(each[0]), each[1].last_at))
    return Care(
        subject=subject,
        product=product,
        proof=proof,
        at=contact.last_at,
        loaded_at=max(each.loaded_at for _, each in every),
    )


def _order(one: Care) -> tuple[int, float, str]:
    place = SUBJECTS.index(one.subject) if one.subject in SUBJECTS else len(SUBJECTS)
    return place, -one.at, one.product
