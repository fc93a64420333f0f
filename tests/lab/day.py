"""The practice day: a working morning, played in half a minute and spread over five hours.

Ordinary work of all devices that belong to the practice; at 9:42 a telephone that nobody knows,
which then looks around; at 10:17 the panoramic calls its maker. Nothing else is to be told.
"""

from collections.abc import Callable
from time import time

from tests.lab.cast import LAN, MAKER_NAME
from tests.lab.practice import Practice
from tests.lab.scenes import work
from tests.lab.scenes.scene import Scene

START = 1_763_967_600.0
"""Monday 24 November 2025, 8:00 in Paris."""


def play(practice: Practice) -> None:
    """Live through the morning."""
    began = time()
    for at, happens in _MORNING:
        hours, minutes = map(int, at.split(":"))
        passed = time() - began + sum(seconds for _, seconds in practice.leaps)
        practice.later(max(0.0, (hours - 8) * 3600 + minutes * 60 - passed))
        happens(practice)


def _opens(practice: Practice) -> None:
    work.announce(practice)
    practice.lease("reception", "printer", anew=True)
    work.browse(practice, "reception", *work.SITES)
    work.ask(practice, "reception", "time", "203.0.113.10")
    work.ask(practice, "reception", "services")


def _surgery_starts(practice: Practice) -> None:
    practice.lease("surgery", "reader", anew=True)
    work.ask(practice, "surgery", "name", "nas")
    work.use_share(practice, "surgery")
    work.browse(practice, "surgery", work.SITES[1])


def _patient(practice: Practice) -> None:
    work.call(practice, "reader", "https://services.sesam-vitale.fr/")
    work.take_image(practice)
    work.use_share(practice, "reception")


def _letters(practice: Practice) -> None:
    work.browse(practice, "reception", "mail.example", work.SITES[0])
    work.greet(practice, "reception", "printer", "nas")


def _telephone(practice: Practice) -> None:
    practice.plug("visitor")
    work.browse(practice, "visitor", "www.reseau-social.example", "mail.example")


def _telephone_looks_around(practice: Practice) -> None:
    practice.run("visitor", ["nmap", "-n", "-sn", LAN], timeout=30, check=True)
    practice.unplug("visitor")


def _panoramic_calls(practice: Practice) -> None:
    work.call(practice, "panoramic", f"http://{MAKER_NAME}/")


def _dentist(practice: Practice) -> None:
    practice.plug("laptop")
    work.browse(practice, "laptop", *work.SITES[:2])
    work.use_share(practice, "laptop")


def _noon(practice: Practice) -> None:
    practice.lease("reception", "surgery")
    work.announce(practice)
    work.browse(practice, "reception", work.SITES[2])


_MORNING: tuple[tuple[str, Callable[[Practice], None]], ...] = (
    ("8:00", _opens),
    ("8:06", _surgery_starts),
    ("8:21", _patient),
    ("8:47", _letters),
    ("9:09", _patient),
    ("9:42", _telephone),
    ("9:44", _telephone_looks_around),
    ("9:51", _patient),
    ("10:17", _panoramic_calls),
    ("10:33", _letters),
    ("10:58", _patient),
    ("11:30", _dentist),
    ("12:04", _letters),
    ("12:52", _noon),
)

SCENE = Scene(play=play, known=True)
