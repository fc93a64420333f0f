"""Network namespaces of this machine: made, entered and removed by the thread that calls.

pyroute2's own `netns.create` and `IPRoute(netns=…)` fork this process for it; a test run has
threads, and later Pythons warn of a fork among threads. Entering with one thread needs no fork.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pyroute2 import IPRoute, netns
from pyroute2.ethtool import Ethtool

RUN = Path("/run/netns")
ETC = Path("/etc/netns")
"""`ip netns exec NAME` lays what is in the folder NAME over /etc: each host its own resolver."""

_HERE = "/proc/thread-self/ns/net"
_SEGMENTATION = ("tx-tcp-segmentation", "tx-tcp6-segmentation", "tx-generic-segmentation")
_OFFLOADS = (*_SEGMENTATION, "rx-gro", "tx-checksum-ip-generic")


@contextmanager
def inside(name: str, *, create: bool = False) -> Iterator[None]:
    """Let this thread be in the namespace *name*: what it opens meanwhile belongs there."""
    before = os.open(_HERE, os.O_RDONLY)
    try:
        netns.setns(name, flags=os.O_CREAT | os.O_EXCL if create else 0, fork=False)
        yield
    finally:
        netns.setns(before)
        os.close(before)


@contextmanager
def links(name: str) -> Iterator[IPRoute]:
    """Give a door to the links, addresses and routes of the namespace *name*."""
    with inside(name):
        door = IPRoute()
    with door:
        yield door


def make(name: str, resolver: str) -> None:
    """Make the namespace *name*, whose programs ask *resolver* for names."""
    folder = ETC / name
    folder.mkdir(parents=True)
    (folder / "resolv.conf").write_text(f"nameserver {resolver}\noptions timeout:1 attempts:2\n")
    with inside(name, create=True), IPRoute() as door:
        door.link("set", index=1, state="up")


def remove(name: str) -> None:
    """Remove the namespace *name* and what `make` made for it; what is gone already is fine."""
    folder = ETC / name
    (folder / "resolv.conf").unlink(missing_ok=True)
    with suppress(FileNotFoundError):
        folder.rmdir()
    with suppress(OSError):
        ETC.rmdir()  # only when this was its last folder
    with suppress(FileNotFoundError):
        netns.remove(name)


def set_kernel(name: str, **settings: int) -> None:
    """Set kernel parameters (``ipv4__ip_forward=1``) of the namespace *name*."""
    with inside(name):
        for key, value in settings.items():
            path = Path("/proc/sys/net").joinpath(*key.split("__"))
            path.write_text(f"{value}\n")


def send_whole_packets(name: str, card: str) -> None:
    """Switch off what makes veth pairs pass on packets that no cable would carry."""
    with inside(name), Ethtool() as tool:
        features = tool.get_features(card)
        for offload in features.features.keys() & set(_OFFLOADS):
            features.features[offload].enable = False
        tool.set_features(card, features)


def number(name: str) -> int:
    """Give the number by which the kernel knows the namespace *name*."""
    return (RUN / name).stat().st_ino


def processes(numbers: set[int]) -> list[int]:
    """Give the processes that live in the namespaces with these *numbers*."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            with suppress(OSError):
                if (entry / "ns/net").stat().st_ino in numbers:
                    found.append(int(entry.name))
    return found


def listening(name: str, kind: str) -> set[int]:
    """Give the ports (*kind* ``tcp`` or ``udp``) that programs in the namespace listen on."""
    state = {"tcp": "0A", "udp": "07"}[kind]
    with inside(name):
        tables = [Path(f"/proc/thread-self/net/{kind}{version}") for version in ("", "6")]
        rows = [row.split() for table in tables for row in table.read_text().splitlines()[1:]]
    return {int(row[1].rpartition(":")[2], 16) for row in rows if row[3] == state}
