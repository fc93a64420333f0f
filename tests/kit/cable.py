"""A small real network in namespaces: a switch, the box, the gateway and a computer (root only)."""

import ctypes
import os
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from socket import AF_INET, SOCK_DGRAM, socket

from tests.kit.front_panel import GATEWAY, PC

BOX = "192.168.1.5"
GATEWAY_V6 = "fd00:1::1"
_ADDRESSES = {"box": (BOX,), "gateway": (GATEWAY, GATEWAY_V6), "pc": (PC,)}
_CLONE_NEWNET = 0x40000000


class Cable:
    """The namespaces, each with one card called ``eth0``, on one switch."""

    def __init__(self) -> None:
        self._name = f"vigie{os.getpid()}-"

    def space(self, who: str) -> str:
        """Give the name of the namespace of ``box``, ``gateway``, ``pc`` or ``switch``."""
        return self._name + who

    def cut_command(self, state: str = "down") -> str:
        """Give the command that pulls the gateway's plug, or plugs it in again (``up``)."""
        return f"ip -n {self.space('switch')} link set gateway {state}"

    def plug(self, who: str, state: str) -> None:
        """Pull (``down``) or put (``up``) somebody's plug."""
        run(f"ip -n {self.space('switch')} link set {who} {state}")

    def pc_speaks(self) -> None:
        """Let the computer look for a machine that is not there: all hear its question."""
        with self.inside("pc"), socket(AF_INET, SOCK_DGRAM) as voice:
            voice.sendto(b"", ("192.168.1.250", 9))

    @contextmanager
    def inside(self, who: str) -> Iterator[None]:
        """Be in somebody's namespace for a while: sockets opened there stay there."""
        with (
            Path("/proc/thread-self/ns/net").open("rb") as home,
            Path(f"/run/netns/{self.space(who)}").open("rb") as there,
        ):
            _enter(there.fileno())
            try:
                yield
            finally:
                _enter(home.fileno())


@contextmanager
def cable() -> Iterator[Cable]:
    """Build the network, and take it down again."""
    built = Cable()
    switch = built.space("switch")
    with ExitStack() as cleaning:
        for who in ("switch", *_ADDRESSES):
            run(f"ip netns add {built.space(who)}")
            cleaning.callback(run, f"ip netns del {built.space(who)}")
        run(f"ip -n {switch} link add lan type bridge")
        run(f"ip -n {switch} link set lan up")
        for who, addresses in _ADDRESSES.items():
            space = built.space(who)
            run(f"ip -n {switch} link add {who} type veth peer name eth0 netns {space}")
            run(f"ip netns exec {space} sysctl -qw net.ipv6.conf.eth0.accept_dad=0")
            run(f"ip -n {switch} link set {who} master lan up")
            for address in addresses:
                length = "64 nodad" if ":" in address else "24"
                run(f"ip -n {space} address add {address}/{length} dev eth0")
            run(f"ip -n {space} link set eth0 up")
        yield built


def run(command: str) -> None:
    """Run *command*; raises CalledProcessError with what it said."""
    subprocess.run(command.split(), check=True, capture_output=True)


def _enter(space: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.setns(space, _CLONE_NEWNET):
        raise OSError(ctypes.get_errno(), "setns")
