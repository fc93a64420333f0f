"""Equipment that has no business outside calls there; or talks a lot, but inside."""

from tests.lab.cast import BOX, MAKER, MAKER_NAME
from tests.lab.practice import Practice
from tests.lab.scenes import work
from tests.lab.scenes.scene import Scene


def panoramic_calls_its_maker(practice: Practice) -> None:
    """The panoramic fetches something from a server of its maker."""
    work.take_image(practice)
    work.call(practice, "panoramic", f"http://{MAKER_NAME}/")


def panoramic_asks_the_time_outside(practice: Practice) -> None:
    """One packet to a time server, with no name ever asked; some seconds later, work goes on."""
    work.ask(practice, "panoramic", "time", MAKER)
    practice.later(5)
    work.greet(practice, "panoramic", "imaging")


def card_reader_calls_a_stranger(practice: Practice) -> None:
    """A card reader may call the health insurance, and nobody else."""
    work.call(practice, "reader", "https://services.sesam-vitale.fr/")
    work.call(practice, "reader", "https://www.autre-chose.example/")


def ordinary_work(practice: Practice) -> None:
    """Workstations go where they like, the card reader where it may, the panoramic nowhere."""
    work.browse(practice, "reception", *work.SITES)
    work.call(practice, "reader", "https://services.sesam-vitale.fr/")
    work.take_image(practice)


def panoramic_talks_inside(practice: Practice) -> None:
    """It sends images, asks the box for the time, and calls everybody by multicast."""
    work.take_image(practice)
    work.ask(practice, "panoramic", "time", BOX)
    work.ask(practice, "panoramic", "services")
    work.ask(practice, "panoramic", "name", "radio-pc")
    practice.run("panoramic", ["getent", "hosts", MAKER_NAME])


SCENES = {
    "panoramic_calls_its_maker": Scene(play=panoramic_calls_its_maker, known=True),
    "panoramic_asks_the_time_outside": Scene(play=panoramic_asks_the_time_outside, known=True),
    "card_reader_calls_a_stranger": Scene(play=card_reader_calls_a_stranger, known=True),
    "ordinary_work": Scene(play=ordinary_work, known=True),
    "lookalike_panoramic_talks_inside": Scene(play=panoramic_talks_inside, known=True),
}
