"""Keeps the card on the mirror port silent: no address, no question, and whatever tries is dropped.

Which card that is, the installer's file or the pages say (``[capture] card``). It is silent once
another one is named for the pages (``[panel] management_card``); with one card for both there is
nothing to keep apart. Called before any network card is up, and again when that was set.
"""

import re
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from appliance import settings
from appliance.config_place import DIRECTORIES, INSTALLED, parse

NETWORKD = Path("/run/systemd/network/10-mirror-port.network")
AVAHI = Path("/etc/avahi/avahi-daemon.conf")

UNIT = """[Match]
Name={card}

[Link]
ARP=no
RequiredForOnline=no

[Network]
DHCP=no
LinkLocalAddressing=no
IPv6AcceptRA=no
LLDP=no
EmitLLDP=no
ConfigureWithoutCarrier=yes
"""
"""What systemd-networkd does on it: it is brought up."""

RULES = """table netdev mirror_port
delete table netdev mirror_port
table netdev mirror_port {{
  chain egress {{
    type filter hook egress device "{card}" priority filter; policy drop;
  }}
}}
"""
"""Also for what goes past addresses and routes, as raw sockets do."""

NO_RULES = "table netdev mirror_port\ndelete table netdev mirror_port\n"


def silent(config: Path = INSTALLED, pages: Path = DIRECTORIES["settings"]) -> str:
    """Give the name of the card on which nothing may be sent; empty when there is none."""
    document: Mapping[str, Any] = {}
    with suppress(OSError, ValueError):  # the parts of the box say so
        document = parse(config)
    with suppress(settings.UnusableSettings):  # likewise
        document = settings.joined(document, settings.load(pages / settings.FILE))
    card, management = (
        _text(document, "capture", "card"),
        _text(document, "panel", "management_card"),
    )
    return card if card and management and card != management else ""


def avahi(config: str, card: str) -> str:
    """Give avahi's *config* such that *card* is none of its."""
    without = re.sub(r"^#?deny-interfaces=.*\n", "", config, flags=re.MULTILINE)
    line = f"deny-interfaces={card}\n" if card else ""
    return without.replace("[server]\n", f"[server]\n{line}", 1)


def main() -> int:
    """Run as a unit of systemd."""
    again = "--again" in sys.argv
    card = silent()
    before = NETWORKD.read_text("ascii") if NETWORKD.exists() else ""
    now = UNIT.format(card=card) if card else ""
    if again and before == now:
        return 0
    rules = RULES.format(card=card) if card else NO_RULES
    subprocess.run(["/usr/sbin/nft", "-f", "-"], input=rules, text=True, check=True)
    NETWORKD.parent.mkdir(parents=True, exist_ok=True)
    NETWORKD.unlink(missing_ok=True)
    if now:
        NETWORKD.write_text(now, "ascii")
    AVAHI.write_text(avahi(AVAHI.read_text("utf-8"), card), "utf-8")
    if again:
        for words in (["networkctl", "reload"], ["systemctl", "try-restart", "avahi-daemon"]):
            subprocess.run([f"/usr/bin/{words[0]}", *words[1:]], check=True)  # noqa: S603 - constants
    return 0


def _text(document: Mapping[str, Any], table: str, key: str) -> str:
    found = document.get(table)
    value = found.get(key) if isinstance(found, dict) else None
    return (
        value if isinstance(value, str) and re.fullmatch(r"[\w.-]{1,15}", value, re.ASCII) else ""
    )


if __name__ == "__main__":
    sys.exit(main())
