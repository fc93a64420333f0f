"""Somebody plugs something in."""

from tests.lab.cast import GATEWAY
from tests.lab.practice import Practice
from tests.lab.scenes import work
from tests.lab.scenes.scene import Scene


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


SCENES = {
    "telephone_of_a_visitor": Scene(play=telephone_of_a_visitor, known=True),
    "box_left_behind": Scene(play=box_left_behind, known=True),
    "ordinary_morning": Scene(play=devices_known_for_long, known=True),
    "lookalike_laptop_comes_back": Scene(play=laptop_back_from_holiday, known=True),
}
