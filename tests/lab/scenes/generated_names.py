"""A program makes up names and tries them; or names do not exist for harmless reasons."""

import sys
from random import Random

from tests.lab.cast import GATEWAY
from tests.lab.practice import Practice
from tests.lab.scenes import work
from tests.lab.scenes.scene import Scene

_A, _MX, _TXT = 1, 15, 16
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_ENDINGS = ("com", "net", "org", "info", "biz")


def letters_by_lot(practice: Practice) -> None:
    """Forty names of twelve letters, from the day's date, as worms have made them."""
    _ask(practice, "surgery", [f"{_A}:{name}" for name in _drawn(20_251_124, 40, _LETTERS, 12)])


def numbers_in_hexadecimal(practice: Practice) -> None:
    """Fifteen checksums of eight signs, each with the endings there are."""
    _ask(practice, "surgery", [f"{_A}:{name}" for name in _drawn(7, 20, "0123456789abcdef", 8)])


def ordinary_work(practice: Practice) -> None:
    """Names that exist, and a few that are misspelt."""
    work.morning(practice)
    wrong = ("www.mutuele.example", "wwww.meteo.test", "gogle.fr.example", "doctolibb.example")
    _ask(practice, "reception", [f"{_A}:{name}" for name in wrong])


def browser_starts(practice: Practice) -> None:
    """A browser asks for three words of its own, to see whether somebody lies about names."""
    draw = Random(3)  # noqa: S311 - the same draw in each recording
    for _ in range(6):
        words = ["".join(draw.choices(_LETTERS, k=draw.randint(7, 15))) for _ in range(3)]
        asked = [name for word in words for name in (word, f"{word}.cabinet.lan")]
        _ask(practice, "reception", [f"{_A}:{name}" for name in asked])
        practice.later(60)


def search_suffix_is_added(practice: Practice) -> None:
    """A wrong setting adds a domain to all names, once, twice, three times."""
    sites = [f"{name}.com" for name in _drawn(9, 30, _LETTERS, 9)]
    suffix = ".ancien-cabinet.test"
    asked = [f"{_A}:{site}{suffix * times}" for site in sites for times in (1, 2, 3)]
    _ask(practice, "reception", asked)


def mail_is_checked(practice: Practice) -> None:
    """Senders on block lists, files at a reputation service, and who may send for a domain."""
    draw = Random(5)  # noqa: S311 - the same draw in each recording
    senders = [".".join(str(draw.randint(1, 254)) for _ in range(4)) for _ in range(30)]
    asked = [f"{_A}:{ip}.{of}" for ip in senders for of in ("zen.spamhaus.org", "bl.spamcop.net")]
    asked += [f"{_A}:{name}.e5.sk" for name in _drawn(11, 30, _LETTERS, 30)]
    asked += [f"{_MX}:{name}" for name in _drawn(13, 30, _LETTERS, 10)]
    asked += [f"{_TXT}:_dmarc.{name}" for name in _drawn(15, 30, _LETTERS, 10)]
    _ask(practice, "nas", asked)


def links_are_dead(practice: Practice) -> None:
    """A list of addresses of old: words of all kinds, and nobody is there any more."""
    words = ("dentiste", "cabinet", "sourire", "ortho", "implant", "clinique", "labo", "prothese")
    asked = [f"{_A}:www.{one}-{other}.test" for one in words for other in words if one != other]
    _ask(practice, "reception", asked)


def _drawn(seed: int, count: int, signs: str, length: int) -> list[str]:
    draw = Random(seed)  # noqa: S311 - the same draw in each recording
    return [
        f"{''.join(draw.choices(signs, k=length))}.{draw.choice(_ENDINGS)}" for _ in range(count)
    ]


def _ask(practice: Practice, who: str, questions: list[str]) -> None:
    program = [sys.executable, "-m", "tests.lab.programs.names", GATEWAY]
    practice.run(who, [*program, *questions], timeout=60, check=True)


SCENES = {
    "letters_by_lot": Scene(play=letters_by_lot),
    "numbers_in_hexadecimal": Scene(play=numbers_in_hexadecimal),
    "ordinary_work": Scene(play=ordinary_work, snaplen=200),
    "lookalike_browser_starts": Scene(play=browser_starts),
    "lookalike_search_suffix_is_added": Scene(play=search_suffix_is_added),
    "lookalike_mail_is_checked": Scene(play=mail_is_checked),
    "lookalike_links_are_dead": Scene(play=links_are_dead),
}
