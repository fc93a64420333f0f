"""What stops when the uplink is cut."""

from dataclasses import replace

from appliance.model import Table
from tests.kit.machines import RECEPTION, contact, devices
from web.reliance import SHOWN, reliances

PARK = {device.mac: device for device in devices()}


def test_a_device_depends_on_what_it_was_seen_to_call() -> None:
    found = reliances((PARK[RECEPTION],))
    assert [(each.category, each.owner, each.cuts) for each in found] == [
        ("booking", "Doctolib", ("agenda_lost",)),
        ("health_service", "CNAM", ("services_lost",)),
        ("fse_mail", "SESAM-Vitale / SCOR", ("queued",)),
    ]


def test_the_whole_practice_is_told_by_service_with_who_uses_it() -> None:
    several = [
        replace(
            PARK[RECEPTION],
            given_name=f"PC {number}",
            contacts=(contact(Table.PRACTICE, "doctolib.fr", days=number),),
        )
        for number in range(SHOWN + 2)
    ]
    (one,) = reliances(several)
    assert one.devices == tuple(f"PC {number}" for number in range(SHOWN + 2))
    assert one.named == one.devices[:SHOWN]
    assert one.last_at == max(each.contacts[0].last_at for each in several)


def test_of_what_is_not_known_nothing_is_claimed() -> None:
    unknown = replace(PARK[RECEPTION], contacts=(contact(Table.PRACTICE, "ameli.fr"),))
    assert reliances((unknown,))[0].cuts == ()


def test_updates_and_hosts_of_another_version_are_left_out() -> None:
    others = (
        contact(Table.HYGIENE, "doctolib.fr"),
        contact(Table.PRACTICE, "host.of.another.version.example"),
    )
    assert reliances((replace(PARK[RECEPTION], contacts=others),)) == []
