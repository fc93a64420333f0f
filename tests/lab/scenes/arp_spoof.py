"""Somebody claims an address that is in use; or rightly takes over one that is free."""

from contextlib import ExitStack
from socket import AF_INET

from tests.lab.cast import GATEWAY
from tests.lab.namespaces import links, set_kernel
from tests.lab.practice import Practice
from tests.lab.scenes import work
from tests.lab.scenes.scene import Scene
from tests.lab.wiring import CARD

_LAPTOP_WIFI = "3c:f0:11:10:00:42"


def arpspoof_between_gateway_and_reception(practice: Practice) -> None:
    """arpspoof (dsniff) in both directions, while the reception works through the thief."""
    reception = practice.hosts["reception"].ip
    _spoof(practice, ("-t", reception, GATEWAY), ("-t", GATEWAY, reception))


def arpspoof_to_everybody(practice: Practice) -> None:
    """arpspoof as the gateway, broadcast to all."""
    _spoof(practice, (GATEWAY,))


def _spoof(practice: Practice, *orders: tuple[str, ...]) -> None:
    practice.plug("attacker")
    set_kernel(practice.names["attacker"], ipv4__ip_forward=1, ipv4__conf__all__send_redirects=0)
    set_kernel(practice.names["attacker"], ipv4__conf__eth0__send_redirects=0)
    work.browse(practice, "reception", "mail.example")
    with ExitStack() as running:
        for order in orders:
            argv = ("arpspoof", "-i", CARD, *order)
            running.enter_context(practice.running("attacker", argv))
        for _ in range(4):
            practice.run("reception", ["ping", "-c", "3", GATEWAY])
            work.call(practice, "reception", "http://www.meteo.example/")
    practice.unplug("attacker")


def ordinary_questions(practice: Practice) -> None:
    """Everybody has forgotten everybody and asks anew, several times."""
    for _ in range(3):
        for who in ("reception", "surgery", "imaging", "nas"):
            _forget_all(practice, who)
            others = {"router", "nas", "imaging", "printer"} - {who}
            work.greet(practice, who, *sorted(others))
    work.use_share(practice, "surgery")


def _forget_all(practice: Practice, who: str) -> None:
    with links(practice.names[who]) as door:
        (index,) = door.link_lookup(ifname=CARD)
        for neighbour in list(door.get_neighbours(family=AF_INET, ifindex=index)):
            door.neigh("del", ifindex=index, dst=neighbour.get("dst"))


def standby_takes_over(practice: Practice) -> None:
    """The file server dies; its stand-by takes its address and tells everybody, three times."""
    work.use_share(practice, "reception")
    practice.unplug("nas")
    _take(practice, "imaging", practice.hosts["nas"].ip)
    practice.run("reception", ["ping", "-c", "2", practice.hosts["nas"].ip], check=True)


def laptop_moves_to_wireless(practice: Practice) -> None:
    """A laptop with a fixed address is unplugged and goes on by Wi-Fi: another hardware address."""
    laptop = practice.hosts["laptop"]
    practice.plug("laptop")
    work.browse(practice, "laptop", "mail.example")
    practice.unplug("laptop")
    with links(practice.names["laptop"]) as door:
        (index,) = door.link_lookup(ifname=CARD)
        door.link("set", index=index, state="down")
        door.link("set", index=index, address=_LAPTOP_WIFI)
        door.link("set", index=index, state="up")
    practice.set_port("laptop", up=True)
    _take(practice, "laptop", laptop.ip)
    with links(practice.names["laptop"]) as door:
        door.route("replace", dst="default", gateway=GATEWAY)
    work.browse(practice, "laptop", "mail.example")


def _take(practice: Practice, who: str, ip: str) -> None:
    """Let *who* use *ip*, and announce it three times as systems do."""
    with links(practice.names[who]) as door:
        (index,) = door.link_lookup(ifname=CARD)
        door.addr("replace", index=index, address=ip, prefixlen=24)
    practice.run(who, ["arping", "-U", "-P", "-c", "3", "-i", CARD, "-S", ip, ip])


SCENES = {
    "arpspoof_between_gateway_and_reception": Scene(play=arpspoof_between_gateway_and_reception),
    "arpspoof_to_everybody": Scene(play=arpspoof_to_everybody),
    "ordinary_questions": Scene(play=ordinary_questions),
    "lookalike_standby_takes_over": Scene(play=standby_takes_over),
    "lookalike_laptop_moves_to_wireless": Scene(play=laptop_moves_to_wireless),
}
