"""What locks the backups of a box: a value, for those who have nothing to lock themselves.

The ciphers are in `appliance.backup.sealed`, and take memory that the pages have no need of.
"""

from dataclasses import dataclass

KEY = "key.age"
"""The file of `Lock.key`."""


@dataclass(frozen=True, slots=True)
class Lock:
    """What the box needs to write a backup, and not to read one."""

    recipient: str
    """The public half, in age's spelling."""
    key: bytes
    """The other half, encrypted with the pass-phrase."""
