"""The lab's switch as a managed one: Debian's SNMP agent in its namespace, whose ports are real.

What the agent shuts is the link that the cable of the router is in. It has an address of its own on
the bridge, like a switch that is managed in the practice's network.
"""

import json
import subprocess
from dataclasses import asdict
from pathlib import Path

from appliance.config_switch import Switch
from tests.kit.real_snmpd import command, configured
from tests.lab import namespaces
from tests.lab.practice import Practice
from tests.lab.wiring import port

ADDRESS = "192.168.50.250"
PORT = 161


def manage(practice: Practice) -> Switch:
    """Give the switch its address and its user; give how it is asked."""
    with namespaces.links(practice.names["switch"]) as door:
        (bridge,) = door.link_lookup(ifname="lan")
        door.addr("add", index=bridge, address=ADDRESS, prefixlen=24)
    folder: Path = practice.folder / "managed"
    folder.mkdir()
    return configured(folder, ADDRESS, PORT, uplink=port("router"))


def start(practice: Practice) -> subprocess.Popen[bytes]:
    """Start the agent, and wait until it listens."""
    agent = practice.start("switch", command(practice.folder / "managed"), log="snmpd.log")
    practice.await_ports("switch", PORT, kind="udp")
    return agent


def written(switch: Switch) -> str:
    """Give *switch* as a table of the configuration."""
    told = (
        f"{name} = {json.dumps(value)}" for name, value in asdict(switch).items() if value != ""
    )
    return "\n".join(("[switch]", *told)) + "\n"
