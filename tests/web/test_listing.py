"""The list of devices: its order, and what is asked for."""

import pytest

from tests.kit.people import IMAGING, NAS, RECEPTION, SERVER
from tests.kit.site import Site
from web.listing import SORTS, Asked, rows, wanted
from web.roster import roster


def order(opened: Site, sort: str) -> list[str]:
    with opened.app.test_request_context():
        return [each.device.name for each in wanted(roster(), Asked(sort=sort), str)]


def test_the_first_order_is_unknown_then_name(opened: Site) -> None:
    names = order(opened, "")
    assert names[1] == "Samsung-Galaxy-A12"
    assert names[2:] == sorted(names[2:], key=str.casefold)
    assert order(opened, "nonsense") == order(opened, "--") == names


@pytest.mark.parametrize("column", SORTS)
def test_every_column_goes_both_ways(opened: Site, column: str) -> None:
    up, down = order(opened, column), order(opened, f"-{column}")
    assert sorted(up) == sorted(down)
    assert up != down


def test_what_matters_comes_first(opened: Site) -> None:
    assert order(opened, "hygiene")[:2] == ["Samsung-Galaxy-A12", "Serveur"]
    assert order(opened, "age")[:2] == ["Sauvegardes", "Station d'imagerie"]
    assert order(opened, "place")[0] == "PC de l'accueil"
    first = set(order(opened, "-traffic")[:4])
    assert first == {"Sauvegardes", "Station d'imagerie", "PC de l'accueil", "Capteur panoramique"}


def test_a_heading_sorts_and_sorts_the_other_way_when_it_is_asked_again() -> None:
    plain = Asked(words="x")
    assert plain.by("name") == {"q": "x", "sort": "name"}
    assert plain.by("traffic") == {"q": "x", "sort": "-traffic"}, "the largest first"
    assert Asked(sort="name").by("name") == {"sort": "-name"}
    assert Asked(sort="-name").by("name") == {"sort": "name"}
    ways = [Asked(sort=sort).sorted_by("seen") for sort in ("", "name", "seen", "-seen")]
    assert ways == ["none", "none", "ascending", "descending"]


def test_an_order_alone_is_no_search() -> None:
    assert not Asked(sort="name").any
    assert Asked(sort="name", kind="nas").any


def test_a_row_has_traffic_hygiene_and_age(opened: Site) -> None:
    with opened.app.test_request_context():
        every = roster()
        told = {row.device.mac: row for row in rows(every.entries)}
        assert rows([]) == []
    assert told[RECEPTION].octets == told[IMAGING].octets == told[NAS].octets == 2_418_000
    assert told[SERVER].octets == 0
    assert told[SERVER].hygiene.what == "ended"
    assert told[SERVER].age is not None
    assert told[SERVER].age.due == "due"
