"""What a device may be for, and what that lets it do outside (``data/roles.toml``)."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources


class Outside(StrEnum):
    """Whether a role may talk to the internet."""

    ANY = "any"
    LISTED = "listed"
    NEVER = "never"


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A role's policy."""

    outside: Outside
    hosts: tuple[str, ...] = ()
    """Names that a LISTED role may reach, with all names below them."""

    def allows(self, name: str, more: tuple[str, ...] = ()) -> bool:
        """Tell whether the role lets a device talk to *name*; *more* are its own extra hosts."""
        if self.outside is Outside.ANY:
            return True
        return any(name == host or name.endswith("." + host) for host in (*self.hosts, *more))


@cache
def roles() -> Mapping[str, Role]:
    """Give every role by its key; the key is also that of its name in the texts."""
    table = resources.files("appliance.data").joinpath("roles.toml").read_text("utf-8")
    return {
        key: Role(outside=Outside(row["outside"]), hosts=tuple(row.get("hosts", ())))
        for key, row in tomllib.loads(table).items()
    }
