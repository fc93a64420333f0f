"""Who may do what, by the user at the other end of the socket.

Whoever the socket's mode lets in may ask, isolate, and stop a count-down, but for the parts of the
box that strangers reach: the sensor may only announce a cut, which people then see coming, what
asks on the network not even that, and neither they nor the outputs nor what shuts a switch's port
may stop one. Joining the uplink again is for technicians. Only the pages may speak for others, for
whoever signed in there; only the sensor may send the heartbeat, which decides what the light shows
and what counts as proof; only what shuts a switch's port may say how that is, and only what asks on
the network what answered there. On an installed box each runs as a user of its own
(``systemd/sysusers.d``), so a part that was broken into has no other part's voice. Root may do all,
and so may the user that the panel runs as: in a trial all parts run as the same one, on an
installed box nobody else does.
"""

import os
import pwd
from contextlib import suppress
from dataclasses import dataclass, field

SENSOR, PAGES, OUTPUTS = "vigie-sensor", "vigie-web", "vigie-outputs"
SWITCH, PROBE = "vigie-switch", "vigie-probe"
"""The users that they run as on an installed box."""


def trusted(name: str) -> frozenset[int]:
    """Give root, the user that we run as, and the one called *name* where there is one."""
    try:
        return frozenset({0, os.geteuid(), pwd.getpwnam(name).pw_uid})
    except KeyError:
        return frozenset({0, os.geteuid()})


def apart(*names: str) -> frozenset[int]:
    """Give the users with these *names*, where there are any, but for root and the one we are."""
    found = set()
    for name in names:
        with suppress(KeyError):
            found.add(pwd.getpwnam(name).pw_uid)
    return frozenset(found - {0, os.geteuid()})


@dataclass(frozen=True, slots=True, kw_only=True)
class Rights:
    """The rules of one panel."""

    technicians: tuple[str, ...] = ()
    """Users that may reconnect, besides root and the box."""
    sensors: frozenset[int] = field(default_factory=lambda: trusted(SENSOR))
    """Users whose heartbeat is believed."""
    pages: frozenset[int] = field(default_factory=lambda: trusted(PAGES))
    """Users that speak for whoever signed in, and have asked whether that is a technician."""

    switches: frozenset[int] = field(default_factory=lambda: trusted(SWITCH))
    """Users that tell of the switch."""
    probes: frozenset[int] = field(default_factory=lambda: trusted(PROBE))
    """Users that tell what answers on the network."""

    readers: frozenset[int] = field(default_factory=lambda: apart(SENSOR, PROBE))
    """Users that read what strangers send, and never cut at once."""
    parts: frozenset[int] = field(default_factory=lambda: apart(SENSOR, OUTPUTS, SWITCH, PROBE))
    """Users that are no people, and stop no count-down."""

    def may_isolate(self, uid: int) -> bool:
        """Tell whether *uid* may cut the uplink at once."""
        return uid not in self.readers

    def may_stop(self, uid: int) -> bool:
        """Tell whether *uid* may stop a count-down."""
        return uid not in self.parts

    def may_reconnect(self, uid: int) -> bool:
        """Tell whether *uid* is a technician, or speaks for one."""
        return uid in self.pages or user(uid) in self.technicians

    def may_try_lamp(self, uid: int) -> bool:
        """Tell whether *uid* may have colours shown: the pages do, at the set-up."""
        return uid in self.pages

    def speaks_for(self, uid: int, who: str) -> str:
        """Give who an order of *uid* is from, when its sender says it is from *who*."""
        said = who.lstrip("@") if uid in self.pages else ""
        return said or user(uid)

    def is_the_sensor(self, uid: int) -> bool:
        """Tell whether *uid* may send the heartbeat."""
        return uid in self.sensors

    def is_the_switch(self, uid: int) -> bool:
        """Tell whether *uid* may say how the switch's port is."""
        return uid in self.switches

    def is_the_probe(self, uid: int) -> bool:
        """Tell whether *uid* may say what answers on the network."""
        return uid in self.probes


def user(uid: int) -> str:
    """Give the name of the user *uid*; one without a name is called by the number."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"#{uid}"
