"""The part of the configuration that says which port of a managed switch is shut with a cut.

SNMP version 3 with authentication and privacy (RFC 3414, RFC 3826, RFC 7860) is the usual way.
Version 2c sends its word in clear, and whoever hears it may shut ports: it is for switches that
know nothing better. Secrets are in files of their own, which the configuration names.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from appliance.config_option import number, option


@dataclass(frozen=True, slots=True, kw_only=True)
class Switch:
    """A managed switch whose uplink port is shut by SNMP when the line is cut."""

    address: str = option(
        "", "the switch's own address; empty: no switch is asked", holds="own_address"
    )
    port: int = number(161, "UDP port of its SNMP agent", minimum=1, maximum=65_535)
    uplink: str = option(
        "",
        "the port that leads to the router: its number (ifIndex), or its name as the switch says it"
        " (ifName, ifDescr or ifAlias)",
    )
    version: str = option(
        "3",
        "version of SNMP: 3, signed and encrypted, or 2c, whose community anybody on the way reads",
        among=("3", "2c"),
    )
    user: str = option("", "version 3: name of the user, who needs to write this port only")
    auth: str = option(
        "sha256", "version 3: how messages are signed", among=("sha256", "sha512", "sha")
    )
    auth_file: str = option("", "version 3: file that holds the password for that")
    privacy: str = option(
        "aes",
        "version 3: how messages are encrypted; des is broken, for switches without aes",
        among=("aes", "aes256", "des"),
    )
    privacy_file: str = option("", "version 3: file that holds the password for that")
    community_file: str = option("", "version 2c: file that holds the community")


_OF_3 = ("user", "auth_file", "privacy_file")
_OF_2C = ("community_file",)


def mistakes(switch: Switch, relay_kind: str) -> Iterator[tuple[str, str]]:
    """Yield what is wrong between settings: the table, and the end of a sentence."""
    if not switch.address:
        # Files alone are the installer's part of it: the rest may come from the pages.
        given = [name for name in ("uplink", "user") if getattr(switch, name)]
        if given:
            yield "switch", f"{given[0]} is set and address is not: no switch is asked"
        if relay_kind == "none":
            yield "panel", 'relay_kind = "none" needs a [switch]: nothing else would cut the line'
        return
    needed, useless = (_OF_3, _OF_2C) if switch.version == "3" else (_OF_2C, _OF_3)
    for name in ("uplink", *needed):
        if not getattr(switch, name):
            yield "switch", f"{name} must be set"
    for name in useless:
        if getattr(switch, name):
            other = "2c" if switch.version == "3" else "3"
            yield "switch", f'{name} is of version {other}; version is "{switch.version}"'
