"""A machine calls a name or an address that is listed; or one that only looks like it."""

from tests.lab.cast import BAD, BAD_NAME, BESIDE_BAD, LOOKALIKE_NAMES
from tests.lab.practice import Practice
from tests.lab.scenes import work
from tests.lab.scenes.scene import Scene

LISTED = (BAD_NAME, BAD)
PROGRAM = "t13d3112h2_e8f1e7e78f70_b26ce05bbdd6"
"""How curl opens TLS with the OpenSSL of Debian 12 (JA4): here it stands for a hostile program."""


def listed_name(practice: Practice) -> None:
    """A workstation looks the name up and calls it over TLS."""
    work.call(practice, "reception", f"https://{BAD_NAME}/")


def below_a_listed_name(practice: Practice) -> None:
    """A name below the listed one is asked for, and nothing more."""
    practice.run("surgery", ["getent", "hosts", f"cdn.{BAD_NAME}"])


def listed_address(practice: Practice) -> None:
    """A workstation calls the address, with no name."""
    work.call(practice, "surgery", f"http://{BAD}/")


def listed_program(practice: Practice) -> None:
    """A program whose way to open TLS is listed calls a name that is not."""
    work.call(practice, "reception", "https://agenda.logiciel.example/")


def ordinary_browsing(practice: Practice) -> None:
    """Pages that are on no list."""
    work.browse(practice, "reception", *work.SITES)
    work.browse(practice, "surgery", *work.SITES)


def names_that_contain_it(practice: Practice) -> None:
    """Names that contain the listed one without being below it, and the address beside."""
    for name in LOOKALIKE_NAMES:
        work.call(practice, "reception", f"http://{name}/")
    work.call(practice, "surgery", f"http://{BESIDE_BAD}/")


SCENES = {
    "listed_name": Scene(play=listed_name, bad=LISTED),
    "below_a_listed_name": Scene(play=below_a_listed_name, bad=LISTED),
    "listed_address": Scene(play=listed_address, bad=LISTED),
    "listed_program": Scene(play=listed_program, bad=(PROGRAM,)),
    "ordinary_browsing": Scene(play=ordinary_browsing, bad=LISTED),
    "lookalike_names_that_contain_it": Scene(play=names_that_contain_it, bad=LISTED),
}
