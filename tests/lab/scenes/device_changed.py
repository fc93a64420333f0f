"""Somebody takes a known machine's hardware address; or that machine itself does something new."""

from dataclasses import replace

from tests.lab import services
from tests.lab.namespaces import links, set_kernel
from tests.lab.practice import Practice
from tests.lab.scenes import work
from tests.lab.scenes.scene import Scene
from tests.lab.wiring import CARD

_WHILE = 4000
"""Seconds after which a device is no longer new."""
_WINDOWS_11 = (
    "subnet-mask, routers, domain-name-servers, domain-name, router-discovery, static-routes, "
    "vendor-encapsulated-options, netbios-name-servers, netbios-node-type, netbios-scope, "
    "domain-search, classless-routes, windows-routes, proxy-script"
)
_START = "subnet-mask, routers, host-name, vendor-encapsulated-options"
_INSTALLER = "subnet-mask, routers, domain-name-servers, host-name, domain-name, ntp-servers"


def stranger_in_the_place_of_the_reception(practice: Practice) -> None:
    """The reception's computer is unplugged, and a stranger goes on under its address."""
    _work_for_long(practice)
    practice.unplug("reception")
    _take_over(practice)
    work.browse(practice, "attacker", "mail.example")
    work.use_share(practice, "attacker")


def stranger_beside_the_reception(practice: Practice) -> None:
    """The stranger uses the address at the same time as the reception."""
    _work_for_long(practice)
    _take_over(practice)
    for _ in range(3):
        work.call(practice, "attacker", "http://www.meteo.example/")
        work.call(practice, "reception", "http://www.meteo.example/")
        practice.later(700)
        practice.lease("reception", anew=True)
        _ask(practice, "attacker")


def ordinary_days(practice: Practice) -> None:
    """The end of a day's work, a night with everybody switched off, and the next day."""
    _work_for_long(practice)
    practice.later(50_000)
    work.morning(practice)
    practice.later(_WHILE)
    practice.lease("reception", "surgery", "printer")
    work.use_share(practice, "surgery")


def system_is_installed(practice: Practice) -> None:
    """The reception's computer starts from the network, and a program looks after its disk."""
    _work_for_long(practice)
    _ask(practice, "reception", "PXEClient:Arch:00007:UNDI:003016", _START, "pc")
    _ask(practice, "reception", "udhcp 1.36.1", _INSTALLER, "debian")
    _look_like_linux(practice, "reception")
    work.browse(practice, "reception", "mail.example")
    practice.later(600)
    _look_like_windows(practice, "reception")
    practice.lease("reception", anew=True)
    work.use_share(practice, "reception")


def system_is_brought_up_to_date(practice: Practice) -> None:
    """After the night the reception's computer asks the DHCP server as the next Windows does."""
    _work_for_long(practice)
    for _ in range(3):
        practice.later(_WHILE)
        host = practice.hosts["reception"]
        _ask(practice, "reception", host.vendor_class, _WINDOWS_11, host.hostname)
        work.browse(practice, "reception", "mail.example")


def _work_for_long(practice: Practice) -> None:
    _look_like_windows(practice, "reception")
    practice.lease("reception", anew=True)
    work.browse(practice, "reception", "mail.example")
    practice.later(_WHILE)
    practice.lease("reception")
    work.use_share(practice, "reception")


def _look_like_windows(practice: Practice, who: str) -> None:
    set_kernel(practice.names[who], ipv4__ip_default_ttl=128, ipv4__tcp_timestamps=0)


def _look_like_linux(practice: Practice, who: str) -> None:
    set_kernel(practice.names[who], ipv4__ip_default_ttl=64, ipv4__tcp_timestamps=1)


def _take_over(practice: Practice) -> None:
    """Give the stranger's card the reception's hardware address, and let it ask for an address."""
    with links(practice.names["attacker"]) as door:
        (index,) = door.link_lookup(ifname=CARD)
        door.flush_addr(index=index)
        door.link("set", index=index, state="down")
        door.link("set", index=index, address=practice.hosts["reception"].mac)
        door.link("set", index=index, state="up")
    practice.set_port("attacker", up=True)
    _ask(practice, "attacker")


def _ask(
    practice: Practice, who: str, vendor_class: str = "", parameters: str = "", hostname: str = ""
) -> None:
    """Let *who* ask for an address with other words than its own; without any, with its own."""
    host = practice.hosts[who]
    if parameters:
        host = replace(host, vendor_class=vendor_class, parameters=parameters, hostname=hostname)
    services.leases(practice.folder, who).unlink(missing_ok=True)
    practice.stop(*services.take_addresses(practice, [host]))


SCENES = {
    "stranger_in_the_place_of_the_reception": Scene(play=stranger_in_the_place_of_the_reception),
    "stranger_beside_the_reception": Scene(play=stranger_beside_the_reception),
    "ordinary_days": Scene(play=ordinary_days, snaplen=600),
    "lookalike_system_is_installed": Scene(play=system_is_installed),
    "lookalike_system_is_brought_up_to_date": Scene(play=system_is_brought_up_to_date),
}
