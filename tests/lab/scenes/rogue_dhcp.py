"""Somebody else hands out addresses; or the right server does something unusual."""

from collections.abc import Iterator
from contextlib import contextmanager

from tests.lab import services
from tests.lab.namespaces import links, set_kernel
from tests.lab.practice import Practice
from tests.lab.scenes import work
from tests.lab.scenes.scene import Scene
from tests.lab.services import DNSMASQ
from tests.lab.wiring import CARD


def second_server(practice: Practice) -> None:
    """A dnsmasq on a strange machine offers addresses, with itself as the router."""
    practice.lease("reception")
    practice.plug("attacker")
    ip = practice.hosts["attacker"].ip
    rogue = (
        *(*DNSMASQ, f"--interface={CARD}", "--port=0", "--no-ping", "--dhcp-authoritative"),
        *("--dhcp-range=192.168.50.200,192.168.50.250,5m", f"--dhcp-option=option:router,{ip}"),
        f"--dhcp-leasefile={practice.folder / 'rogue.leases'}",
    )
    with practice.running("attacker", rogue):
        practice.await_ports("attacker", 67, kind="udp")
        practice.lease("surgery", "printer", anew=True)
    practice.unplug("attacker")


def second_router(practice: Practice) -> None:
    """A strange machine advertises itself as the IPv6 router, beside the practice's own."""
    with _advertises(practice, "router", "fd00:50::"):
        practice.plug("attacker")
        with _advertises(practice, "attacker", "fd00:66::"):
            work.browse(practice, "reception", "mail.example")
    practice.unplug("attacker")


@contextmanager
def _advertises(practice: Practice, who: str, prefix: str) -> Iterator[None]:
    """Have a machine send IPv6 router advertisements, at least one while the block runs."""
    set_kernel(practice.names[who], ipv6__conf__eth0__disable_ipv6=0)
    with links(practice.names[who]) as door:
        (index,) = door.link_lookup(ifname=CARD)
        door.addr("replace", index=index, address=f"{prefix}1", prefixlen=64)
    advertise = (
        *(*DNSMASQ, f"--interface={CARD}", "--port=0", "--enable-ra", "--bind-interfaces"),
        *(f"--dhcp-range={prefix},ra-only,64,10m", f"--ra-param={CARD},4,600"),
    )
    with practice.running(who, advertise):
        practice.run("reception", ["ping", "-c", "5", practice.hosts["nas"].ip])
        yield


def machines_start(practice: Practice) -> None:
    """Everybody asks the one server there is, and gets an answer."""
    practice.lease("reception", "surgery", "printer", "reader", anew=True)
    work.browse(practice, "reception", "mail.example")


def server_restarts(practice: Practice) -> None:
    """The router restarts having forgotten its leases, and the same machines ask again."""
    practice.lease("reception", "surgery")
    practice.stop(practice.router)
    practice.later(120)
    (practice.folder / "router.leases").unlink()
    practice.router = services.start_router(practice, practice.hosts.values())
    practice.await_ports("router", 67, kind="udp")
    practice.lease("reception", "surgery", "printer")


def visitor_asks_for_an_old_address(practice: Practice) -> None:
    """A laptop asks for the address it has at home, is refused by the server, and gets another."""
    practice.lease("reception")
    services.leases(practice.folder, "laptop").write_text(_LEASE_AT_HOME)
    practice.plug("laptop")
    work.browse(practice, "laptop", "mail.example")


_LEASE_AT_HOME = """lease {
  interface "eth0";
  fixed-address 192.168.1.23;
  option subnet-mask 255.255.255.0;
  option routers 192.168.1.254;
  option dhcp-server-identifier 192.168.1.254;
  renew never;
  rebind never;
  expire never;
}
"""

SCENES = {
    "second_server": Scene(play=second_server),
    "second_router": Scene(play=second_router),
    "ordinary_start": Scene(play=machines_start),
    "lookalike_server_restarts": Scene(play=server_restarts),
    "lookalike_old_address_refused": Scene(play=visitor_asks_for_an_old_address),
}
