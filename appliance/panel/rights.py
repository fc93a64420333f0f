"""Who may do what, by the user at the other end of the socket.

Whoever the socket's mode lets in may isolate and ask. Joining the uplink again is for technicians.
Only root and the box itself may speak for others (the pages, for whoever signed in) or send the
heartbeat, which decides what the light shows and what counts as proof.
"""

import os
import pwd
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Rights:
    """The rules of one panel."""

    technicians: tuple[str, ...] = ()
    """Users that may reconnect, besides root and the box."""
    box: frozenset[int] = field(default_factory=lambda: frozenset({0, os.geteuid()}))
    """Root and the user that the box runs as."""

    def may_reconnect(self, uid: int) -> bool:
        """Tell whether *uid* is a technician."""
        return uid in self.box or user(uid) in self.technicians

    def speaks_for(self, uid: int, who: str) -> str:
        """Give who an order of *uid* is from, when its sender says it is from *who*."""
        said = who.lstrip("@") if uid in self.box else ""
        return said or user(uid)

    def is_the_box(self, uid: int) -> bool:
        """Tell whether *uid* may send the heartbeat."""
        return uid in self.box


def user(uid: int) -> str:
    """Give the name of the user *uid*; one without a name is called by the number."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"#{uid}"
