"""A virtual dental practice: real programs in network namespaces, gone when the block ends.

    with Practice() as practice:
        practice.run("reception", ["curl", "http://www.mutuelle.example/"])

Needs root. Everything that happens stays between the namespaces: no card of this machine is
touched. Several practices may be open at once; each has names of its own.
"""

import subprocess
from collections.abc import Mapping
from time import time

from tests.lab import namespaces, services, wiring
from tests.lab.cast import GATEWAY, HOSTS, Host
from tests.lab.machines import Machines


class Practice(Machines):
    """See the module's text."""

    def __init__(self, hosts: Mapping[str, Host] = HOSTS) -> None:
        super().__init__(("switch", "internet", *hosts), resolver=GATEWAY)
        self.hosts = hosts
        self.leaps: list[tuple[float, float]] = []
        """See `later`: when each leap was asked for, and how many seconds it leaps over."""
        self._asking: dict[str, subprocess.Popen[bytes]] = {}

    def open(self) -> None:
        """Lay the cables, start the servers, then switch the other machines on."""
        wiring.lay(self.names, self.hosts.values())
        self.router = services.start_router(self, self.hosts.values())
        self.start_servers()
        self.lease(*(host.name for host in self.hosts.values() if host.dhcp and host.plugged))

    def start_servers(self) -> None:
        """Start what always runs, and wait until it does."""
        services.start(self)
        services.await_ready(self)

    def plug(self, name: str) -> None:
        """Put a cable in, and wait until the machine has its address."""
        self.set_port(name, up=True)
        if self.hosts[name].dhcp:
            self.lease(name)

    def unplug(self, name: str) -> None:
        """Pull a cable."""
        self.set_port(name, up=False)

    def lease(self, *names: str, anew: bool = False) -> None:
        """Let machines ask for a lease (again, as after a restart), and wait for it.

        *anew*: they have forgotten the one they had, and ask all servers there are.
        """
        self.stop(*(self._asking[name] for name in names if name in self._asking))
        for name in names if anew else ():
            services.leases(self.folder, name).unlink(missing_ok=True)
        clients = [self.hosts[name] for name in names]
        self._asking.update(zip(names, services.take_addresses(self, clients), strict=True))

    def set_port(self, name: str, *, up: bool) -> None:
        """Set the switch's port that the cable of a machine is in."""
        with namespaces.links(self.names["switch"]) as door:
            (index,) = door.link_lookup(ifname=wiring.port(name))
            door.link("set", index=index, state="up" if up else "down")

    def later(self, seconds: float) -> None:
        """Pretend that *seconds* pass: a recording leaves that gap here, nobody waits."""
        self.leaps.append((time(), seconds))
