"""The cables: a switch with a mirrored port, a host at each other port, an internet behind.

Every port of the switch passes a copy of each frame that enters it to the port ``span``, whose
cable ends in the box: what a mirror port of a real switch does. So each frame is seen once.
"""

from collections.abc import Iterable

from pyroute2 import IPRoute
from pyroute2.protocols import ETH_P_ALL

from tests.lab import namespaces
from tests.lab.cast import BAD, BESIDE_BAD, GATEWAY, MAKER, NAMESERVER, STRANGER, WEB, Host

CAPTURE_CARD = "mirror"
"""The box's card on the mirrored port: no address, nothing is ever sent."""
CARD = "eth0"
"""The card of every host; of the box, the one it is managed by."""

_INGRESS = 0xFFFF0000
NEAR, FAR = "192.0.2.1", "192.0.2.2"
"""Ends of the link between the router and the internet."""


def port(host: str) -> str:
    """Name the switch's port that the cable of *host* is in."""
    return f"p-{host}"


def lay(name: dict[str, str], hosts: Iterable[Host]) -> None:
    """Lay every cable; *name* gives each machine's namespace, with ``switch`` and ``internet``."""
    namespaces.set_kernel(name["switch"], ipv6__conf__default__disable_ipv6=1)
    namespaces.set_kernel(name["router"], ipv4__ip_forward=1)
    with namespaces.links(name["switch"]) as switch:
        switch.link("add", ifname="lan", kind="bridge", br_mcast_snooping=0, br_stp_state=0)
        bridge = _up(switch, "lan")
        switch.link("add", ifname="span", kind="veth", peer=_end(CAPTURE_CARD, name["box"]))
        span = _up(switch, "span")
        for host in hosts:
            _connect(switch, host, name[host.name], bridge, span)
    _configure_box(name["box"])
    for host in hosts:
        _configure(host, name[host.name])
    _connect_internet(name["router"], name["internet"])


def _connect(switch: IPRoute, host: Host, namespace: str, bridge: int, span: int) -> None:
    """Put the cable of *host* into its port of the mirrored switch."""
    ifname = port(host.name)
    switch.link(
        "add", ifname=ifname, kind="veth", peer={**_end(CARD, namespace), "address": host.mac}
    )
    index = _index(switch, ifname)
    switch.link("set", index=index, master=bridge, state="up" if host.plugged else "down")
    switch.tc("add", "ingress", index)
    switch.tc(
        "add-filter",
        "u32",
        index,
        parent=_INGRESS,
        protocol=ETH_P_ALL,
        target=0,
        keys=["0x0/0x0+0"],
        action={"kind": "mirred", "direction": "egress", "action": "mirror", "ifindex": span},
    )


def _configure(host: Host, namespace: str) -> None:
    """Give *host* its address, unless it asks for one by DHCP."""
    if not host.ipv6:
        namespaces.set_kernel(namespace, ipv6__conf__eth0__disable_ipv6=1)
    if host.windows:
        namespaces.set_kernel(namespace, ipv4__ip_default_ttl=128, ipv4__tcp_timestamps=0)
    namespaces.send_whole_packets(namespace, CARD)
    with namespaces.links(namespace) as door:
        index = _up(door, CARD)
        if host.dhcp:
            return
        door.addr("add", index=index, address=host.ip, prefixlen=24)
        if host.ip != GATEWAY:
            door.route("add", dst="default", gateway=GATEWAY)


def _configure_box(namespace: str) -> None:
    """Make the box's capture card hear all, and say nothing."""
    namespaces.set_kernel(namespace, ipv6__conf__default__disable_ipv6=1)
    namespaces.set_kernel(namespace, ipv6__conf__mirror__disable_ipv6=1)
    with namespaces.links(namespace) as door:
        # Without this the kernel answers here, too, when somebody asks for the box's address.
        door.link("set", index=_index(door, CAPTURE_CARD), arp=False)
        _up(door, CAPTURE_CARD)


def _connect_internet(router: str, internet: str) -> None:
    """Put an internet behind the router, with the few addresses that the scenes call."""
    with namespaces.links(router) as door:
        door.link("add", ifname="wan", kind="veth", peer=_end("wan", internet))
        door.addr("add", index=_up(door, "wan"), address=NEAR, prefixlen=30)
        door.route("add", dst="default", gateway=FAR)
    namespaces.send_whole_packets(router, "wan")
    namespaces.send_whole_packets(internet, "wan")
    with namespaces.links(internet) as door:
        door.addr("add", index=_up(door, "wan"), address=FAR, prefixlen=30)
        door.route("add", dst="192.168.50.0/24", gateway=NEAR)
        for address in (WEB, BAD, BESIDE_BAD, MAKER, NAMESERVER, STRANGER):
            door.addr("add", index=1, address=address, prefixlen=32)


def _end(card: str, namespace: str) -> dict[str, str]:
    return {"ifname": card, "net_ns_fd": namespace}


def _index(door: IPRoute, ifname: str) -> int:
    (index,) = door.link_lookup(ifname=ifname)
    return int(index)


def _up(door: IPRoute, ifname: str) -> int:
    index = _index(door, ifname)
    door.link("set", index=index, state="up")
    return index
