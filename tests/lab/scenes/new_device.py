"""Somebody plugs something in."""

from dataclasses import replace

from tests.lab import services
from tests.lab.cast import GATEWAY
from tests.lab.namespaces import links
from tests.lab.practice import Practice
from tests.lab.scenes import work
from tests.lab.scenes.scene import Scene
from tests.lab.wiring import CARD

_OTHER_CARD = "3c:f0:11:10:00:42"
_DUID = "ff:11:10:00:42:00:01:00:01:2c:5a:11:e0:f8:bc:12:10:00:42"
"""Option 61 by RFC 4361: the number of the card, then what is the machine's own."""


def telephone_of_a_visitor(practice: Practice) -> None:
    """A telephone with a made-up hardware address joins and looks around."""
    work.browse(practice, "reception", "mail.example")
    practice.plug("visitor")
    work.browse(practice, "visitor", "www.reseau-social.example")
    practice.unplug("visitor")


def box_left_behind(practice: Practice) -> None:
    """A small machine with an address of its own choice appears, and only listens and pings."""
    work.browse(practice, "reception", "mail.example")
    practice.plug("attacker")
    work.greet(practice, "attacker", "router", "nas")
    practice.unplug("attacker")


def devices_known_for_long(practice: Practice) -> None:
    """Everybody starts work."""
    work.morning(practice)


def laptop_back_from_holiday(practice: Practice) -> None:
    """A known laptop comes back after six weeks; all the while others were at work."""
    work.browse(practice, "reception", "mail.example")
    practice.later(3000)
    practice.plug("laptop")
    work.browse(practice, "laptop", "mail.example")
    practice.run("laptop", ["ping", "-c", "1", GATEWAY], check=True)
    practice.unplug("laptop")


def computer_on_its_other_card(practice: Practice) -> None:
    """A known laptop is taken off its dock, and goes on by Wi-Fi: another hardware address."""
    practice.set_port("laptop", up=True)
    _ask(practice, "laptop", _DUID)
    work.browse(practice, "laptop", "mail.example")
    practice.unplug("laptop")
    practice.later(180)
    _change_card(practice, "laptop", _OTHER_CARD)
    practice.set_port("laptop", up=True)
    # The number of the card differs, the rest does not.
    _ask(practice, "laptop", _DUID.replace("ff:11", "ff:22"))
    work.browse(practice, "laptop", "mail.example")
    practice.run("laptop", ["ping", "-c", "1", practice.hosts["nas"].ip], check=True)


def machine_from_the_same_image(practice: Practice) -> None:
    """Beside a known computer a second one starts that was set up from a copy of its disk."""
    practice.set_port("laptop", up=True)
    _ask(practice, "laptop", _DUID)
    practice.set_port("attacker", up=True)
    _ask(practice, "attacker", _DUID.replace("ff:11", "ff:22"), like="laptop")
    for _ in range(7):
        for who in ("laptop", "attacker"):
            work.call(practice, who, "http://www.meteo.example/")
        practice.later(45)


def _ask(practice: Practice, who: str, client_id: str, like: str = "") -> None:
    """Let a machine ask for an address with an identity of its own, or that of another."""
    host = practice.hosts[like or who]
    services.take_addresses(practice, [replace(host, name=who, client_id=client_id)])


def _change_card(practice: Practice, who: str, mac: str) -> None:
    with links(practice.names[who]) as door:
        (index,) = door.link_lookup(ifname=CARD)
        door.link("set", index=index, state="down")
        door.link("set", index=index, address=mac)
        door.link("set", index=index, state="up")


SCENES = {
    "telephone_of_a_visitor": Scene(play=telephone_of_a_visitor, known=True),
    "box_left_behind": Scene(play=box_left_behind, known=True),
    "ordinary_morning": Scene(play=devices_known_for_long, known=True),
    "machine_from_the_same_image": Scene(play=machine_from_the_same_image, known=True),
    "lookalike_computer_on_its_other_card": Scene(play=computer_on_its_other_card, known=True),
    "lookalike_laptop_comes_back": Scene(play=laptop_back_from_holiday, known=True),
}
