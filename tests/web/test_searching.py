"""Searching everything."""

import pytest

from appliance.incidents import Origin
from tests.kit.people import IMAGING, NAS, RECEPTION, SENSOR, TECHNICIAN
from tests.kit.site import Site
from tests.kit.story import tell_story
from web.roster import roster
from web.searching import SHOWN, Found, search
from web.wording import Names


def found(opened: Site, words: str, language: str = "fr") -> Found:
    with opened.app.test_request_context():
        every = roster()
        return search(words, every, language, Names.of(every.devices))


@pytest.mark.parametrize(
    ("words", "mac"),
    [
        ("sauvegardes", NAS),
        ("192.168.1.40", NAS),
        ("02-00-00-00-00-0D", NAS),
        ("synology", NAS),
        ("dürr salle", SENSOR),
        ("acquisition", IMAGING),
        ("doctolib", RECEPTION),
    ],
)
def test_a_device_is_found_by_name_address_maker_kind_and_host(
    opened: Site, words: str, mac: str
) -> None:
    assert [entry.device.mac for entry in found(opened, words).devices] == [mac]


def test_what_is_called_exactly_so_comes_first(opened: Site) -> None:
    """Also where other names begin alike."""
    told = found(opened, "serveur").devices
    assert told[0].device.name == "Serveur"
    assert len(told) > 1


def test_an_outside_host_is_told_with_who_called_it(opened: Site) -> None:
    (host,) = found(opened, "ameli").hosts
    assert (host.name, [device.mac for device in host.devices]) == (
        "services-ps.ameli.fr",
        [RECEPTION],
    )


def test_an_outside_address_is_told_with_who_talked_to_it(opened: Site) -> None:
    told = found(opened, "93.184.216.34")
    assert told.devices == ()
    (host,) = told.hosts
    assert [device.mac for device in host.devices] == [RECEPTION]
    assert found(opened, "192.168.1.20").hosts == (), "that of a device is no host outside"


def test_alerts_are_found_by_device_host_address_and_title(opened: Site) -> None:
    def ids(words: str) -> set[str]:
        return {alert.id for alert, _ in found(opened, words).alerts}

    assert ids("updates.example") == {"a-sensor"}
    assert ids("capteur panoramique") == {"a-sensor"}
    assert "a-phone" in ids("samsung")
    assert "a-phone" in ids("inconnu")
    assert "a-spoof" in ids("192.168.1.66")
    assert ids("nothing like it") == set()


def test_cases_and_incidents_are_found(opened: Site) -> None:
    tell_story(opened.state)
    opened.office.open_incident(author=TECHNICIAN, origin=Origin.HAND, why="Rançon affichée")
    assert [case.id for case, _ in found(opened, "pc de l'accueil").cases] == ["c-story"]
    (incident,) = found(opened, "rançon").incidents
    assert incident.why == "Rançon affichée"
    assert found(opened, "incident").incidents
    assert not found(opened, "rançon").nothing


def test_of_many_the_first_are_shown_and_the_others_counted(opened: Site) -> None:
    told = found(opened, "02:00")
    assert len(told.devices) == SHOWN
    assert told.more_devices == 0 or len(told.devices) + told.more_devices > SHOWN


@pytest.mark.parametrize("words", ["", "%", "'", '"', "\\", "\x00", "\ud800", "a" * 500, "( OR 1"])
def test_odd_words_find_little_and_break_nothing(opened: Site, words: str) -> None:
    assert isinstance(found(opened, words), Found)
