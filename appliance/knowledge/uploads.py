"""Hosts that files are sent to, or that a call is hidden behind (``data/upload_hosts.csv``)."""

from enum import StrEnum
from functools import cache

from appliance.knowledge.hosts import Suffixes, suffixes
from appliance.knowledge.tables import rows


class Use(StrEnum):
    """What such a host is for."""

    FILE_SHARING = "file_sharing"
    """Takes files from anybody, mostly without an account."""
    STORAGE = "storage"
    """A cloud that many people and backup programs use."""
    TUNNEL = "tunnel"
    """Leads to a machine that could be anywhere."""
    PASTE = "paste"
    DYNAMIC_NAME = "dynamic_name"
    """A name for whatever address its owner has today."""
    CALLBACK = "callback"
    """Notes who calls: testers and attackers use it."""


HIDDEN = frozenset((Use.TUNNEL, Use.DYNAMIC_NAME, Use.CALLBACK))
"""Behind such a name may be anybody: it says no more than an address does."""


@cache
def uploads() -> Suffixes[Use]:
    """Load the table."""
    return suffixes([(row, Use(row["category"])) for row in rows("upload_hosts")])
